package evaluation

import (
	"sort"
	"time"

	"refbot/knowledge"
)

// Report sums up a run. Shares and means lie in [0,1].
type Report struct {
	Questions      int                `json:"questions"`
	Success        float64            `json:"success"`
	Recall1        float64            `json:"recall_at_1"`
	Recall5        float64            `json:"recall_at_5"`
	MRR            float64            `json:"mrr_at_10"`
	NDCG           float64            `json:"ndcg_at_10"`
	TrueAbstain    float64            `json:"abstain_true_positives"`
	FalseRefusal   float64            `json:"false_refusals"`
	Verdicts       map[string]float64 `json:"verdicts"` // expected decision → share decided so
	ByLanguage     []Slice            `json:"by_language"`
	ByType         []Slice            `json:"by_type"`
	ByStyle        []Slice            `json:"by_style"` // with the success of the same questions clean
	Reliability    []Bin              `json:"reliability"`
	CalibrationErr float64            `json:"expected_calibration_error"`
	P50            float64            `json:"p50_ms"`
	P99            float64            `json:"p99_ms"`
	Faults         []Failed           `json:"faults"`

	outcomes []Outcome
}

// Slice is the report of the questions that share a language, a type or a style.
type Slice struct {
	Name    string  `json:"name"`
	N       int     `json:"questions"`
	Success float64 `json:"success"`
	Verdict float64 `json:"verdict"` // right decisions
	MRR     float64 `json:"mrr_at_10"`
	NDCG    float64 `json:"ndcg_at_10"`
	// Clean is the success of those among them that have clean turns, asked clean, and Dirty that of
	// the same questions as typed; Pairs counts them.
	Pairs int     `json:"pairs,omitempty"`
	Clean float64 `json:"clean_success,omitempty"`
	Dirty float64 `json:"typed_success,omitempty"`
}

// Bin holds the answers whose confidence falls between From and To.
type Bin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	N          int     `json:"questions"`
	Confidence float64 `json:"mean_confidence"`
	Accuracy   float64 `json:"right_verdicts"`
}

// Failed names a question that failed and why.
type Failed struct {
	ID    string             `json:"id"`
	Fault Fault              `json:"fault"`
	Got   knowledge.Decision `json:"decision"`
}

// NewReport sums up outcomes.
func NewReport(outcomes []Outcome) *Report {
	all := summarize("", outcomes)
	r := &Report{
		Questions: all.N, Success: all.Success, MRR: all.MRR, NDCG: all.NDCG,
		Recall1: recall(outcomes, 1), Recall5: recall(outcomes, 5),
		Verdicts:   verdicts(outcomes),
		ByLanguage: group(outcomes, func(o *Outcome) string { return string(o.Question.Lang) }),
		ByType:     group(outcomes, func(o *Outcome) string { return o.Question.Type }),
		ByStyle:    group(outcomes, func(o *Outcome) string { return o.Question.Style }),
		outcomes:   outcomes,
	}
	r.TrueAbstain = r.Verdicts[string(knowledge.DecideAbstain)]
	if right, ok := r.Verdicts[string(knowledge.DecideAnswer)]; ok {
		r.FalseRefusal = 1 - right
	}
	r.Reliability, r.CalibrationErr = reliability(outcomes)
	took := make([]time.Duration, len(outcomes))
	for i, o := range outcomes {
		took[i] = o.Took
		if o.Fault != NoFault {
			r.Faults = append(r.Faults, Failed{o.Question.ID, o.Fault, o.Answer.Decision})
		}
	}
	r.P50, r.P99 = percentile(took, 0.50), percentile(took, 0.99)
	return r
}

// Outcomes returns the questions in the order they were asked.
func (r *Report) Outcomes() []Outcome { return r.outcomes }

func summarize(name string, outcomes []Outcome) Slice {
	s := Slice{Name: name, N: len(outcomes)}
	var success, verdict, clean, dirty, rr, gain float64
	answered := 0
	for i := range outcomes {
		o := &outcomes[i]
		success += count(o.Fault == NoFault)
		verdict += count(o.Answer.Decision == o.Question.Expected)
		if o.CleanAsked {
			s.Pairs++
			clean += count(o.CleanFault == NoFault)
			dirty += count(o.Fault == NoFault)
		}
		if o.Question.answered() {
			answered++
			rr += reciprocalRank(o.ranked(), o.Question.grades(), Full, 10)
			gain += ndcg(o.ranked(), o.Question.grades())
		}
	}
	s.Success, s.Verdict = mean(success, s.N), mean(verdict, s.N)
	s.Clean, s.Dirty = mean(clean, s.Pairs), mean(dirty, s.Pairs)
	s.MRR, s.NDCG = mean(rr, answered), mean(gain, answered)
	return s
}

func group(outcomes []Outcome, key func(*Outcome) string) []Slice {
	parts := map[string][]Outcome{}
	for i := range outcomes {
		k := key(&outcomes[i])
		parts[k] = append(parts[k], outcomes[i])
	}
	slices := make([]Slice, 0, len(parts))
	for name, part := range parts {
		slices = append(slices, summarize(name, part))
	}
	sort.Slice(slices, func(i, j int) bool {
		if slices[i].N != slices[j].N {
			return slices[i].N > slices[j].N
		}
		return slices[i].Name < slices[j].Name
	})
	return slices
}

func recall(outcomes []Outcome, k int) float64 {
	var hits float64
	n := 0
	for i := range outcomes {
		if o := &outcomes[i]; o.Question.answered() {
			n++
			hits += count(hitAt(o.ranked(), o.Question.grades(), Full, k))
		}
	}
	return mean(hits, n)
}

func verdicts(outcomes []Outcome) map[string]float64 {
	right, n := map[string]float64{}, map[string]int{}
	for i := range outcomes {
		expected := string(outcomes[i].Question.Expected)
		n[expected]++
		right[expected] += count(outcomes[i].Answer.Decision == outcomes[i].Question.Expected)
	}
	for decision := range n {
		right[decision] = mean(right[decision], n[decision])
	}
	return right
}

// reliability returns five bins of confidence and the expected calibration error: the mean distance
// of confidence and accuracy over the bins, weighted by their questions (Naeini et al. 2015).
func reliability(outcomes []Outcome) ([]Bin, float64) {
	edges := []float64{0, 0.5, 0.7, 0.8, 0.9, 1}
	bins := make([]Bin, len(edges)-1)
	for i := range bins {
		bins[i].From, bins[i].To = edges[i], edges[i+1]
	}
	for i := range outcomes {
		a := &outcomes[i].Answer
		at := sort.SearchFloat64s(edges[1:len(edges)-1], a.Confidence)
		bins[at].N++
		bins[at].Confidence += a.Confidence
		bins[at].Accuracy += count(a.Decision == outcomes[i].Question.Expected)
	}
	var off float64
	for i := range bins {
		b := &bins[i]
		b.Confidence, b.Accuracy = mean(b.Confidence, b.N), mean(b.Accuracy, b.N)
		off += float64(b.N) * max(b.Confidence-b.Accuracy, b.Accuracy-b.Confidence)
	}
	return bins, mean(off, len(outcomes))
}

func count(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
