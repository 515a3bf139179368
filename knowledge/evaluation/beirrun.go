package evaluation

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"refbot/knowledge/index"
	"refbot/knowledge/thesaurus"
)

// Retrieval is the report of a search over a test collection.
type Retrieval struct {
	Name      string  `json:"name"`
	Passages  int     `json:"passages"`
	Questions int     `json:"questions"` // with at least one relevant passage
	NDCG      float64 `json:"ndcg_at_10"`
	MRR       float64 `json:"mrr_at_10"`
	Recall1   float64 `json:"recall_at_1"`
	Recall5   float64 `json:"recall_at_5"`
	// AUC is the chance that an answerable question's best score, normalised by the highest the
	// question could reach, exceeds an unanswerable one's; 0 where the collection has none.
	AUC   float64 `json:"answerable_auc,omitempty"`
	Build float64 `json:"build_ms"`
	P50   float64 `json:"p50_ms"`
	P99   float64 `json:"p99_ms"`

	lines []Line
}

// depth is how many passages a question is ranked to.
const depth = 10

// RunBEIR indexes the collection's titles and texts as the product indexes statements (with the common
// thesaurus, where o names none) and searches every question, those too that no passage answers. It
// ends early, with what was asked so far, when ctx ends.
func RunBEIR(ctx context.Context, b *BEIR, o index.Options, progress func(done, total int)) *Retrieval {
	if o.Thesaurus == nil {
		o.Thesaurus = thesaurus.New(nil)
	}
	start := time.Now()
	x := index.Build(documents(b.Passages), o)
	r := &Retrieval{Name: b.Name, Passages: len(b.Passages), Build: milliseconds(time.Since(start))}
	var took []time.Duration
	var yes, no []float64
	for i := range b.Queries {
		if ctx.Err() != nil {
			break
		}
		q := &b.Queries[i]
		line, best, spent := retrieve(x, b, q)
		took = append(took, spent)
		r.lines = append(r.lines, line)
		r.add(line, b.Relevant[q.ID])
		if q.Answerable != nil {
			if *q.Answerable {
				yes = append(yes, best)
			} else {
				no = append(no, best)
			}
		}
		if progress != nil {
			progress(i+1, len(b.Queries))
		}
	}
	r.NDCG, r.MRR = mean(r.NDCG, r.Questions), mean(r.MRR, r.Questions)
	r.Recall1, r.Recall5 = mean(r.Recall1, r.Questions), mean(r.Recall5, r.Questions)
	if len(no) > 0 {
		r.AUC = auc(yes, no)
	}
	r.P50, r.P99 = percentile(took, .50), percentile(took, .99)
	return r
}

func documents(passages []Passage) []index.Document {
	docs := make([]index.Document, len(passages))
	for i, p := range passages {
		docs[i].Parts = []index.Part{{Field: index.Text, Text: p.Text}}
		if p.Title != "" {
			docs[i].Parts = append(docs[i].Parts, index.Part{Field: index.Title, Text: p.Title})
		}
	}
	return docs
}

func retrieve(x *index.Index, b *BEIR, q *Query) (Line, float64, time.Duration) {
	start := time.Now()
	query := x.Parse(q.Text)
	matches := x.Search(query, depth)
	spent := time.Since(start)
	line := Line{ID: q.ID, Understood: q.Text, Millis: milliseconds(spent)}
	for _, m := range matches {
		line.Ranked = append(line.Ranked, Scored{b.Passages[m.Doc].ID, float64(m.Score)})
	}
	return line, float64(query.Sure(matches)), spent
}

func (r *Retrieval) add(line Line, grades map[string]int) {
	if len(grades) == 0 {
		return
	}
	r.Questions++
	list := ids(line.Ranked)
	r.NDCG += ndcg(list, grades)
	r.MRR += reciprocalRank(list, grades, 1, 10)
	r.Recall1 += recallAt(list, grades, 1)
	r.Recall5 += recallAt(list, grades, 5)
}

// WriteRun writes one JSON line a question.
func (r *Retrieval) WriteRun(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range r.lines {
		if err := enc.Encode(&r.lines[i]); err != nil {
			return fmt.Errorf("write run: %w", err)
		}
	}
	return nil
}

// Print writes the report in one line a figure.
func (r *Retrieval) Print(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%s: %d passages, %d questions\nnDCG@10 %.3f  MRR@10 %.3f  recall@1 %.3f  recall@5 %.3f\n",
		r.Name, r.Passages, r.Questions, r.NDCG, r.MRR, r.Recall1, r.Recall5)
	if err == nil && r.AUC > 0 {
		_, err = fmt.Fprintf(w, "answerable against not: AUC %.3f\n", r.AUC)
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "build %.0f ms, p50 %.3f ms, p99 %.3f ms\n", r.Build, r.P50, r.P99)
	}
	return err
}
