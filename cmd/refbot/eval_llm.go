package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"refbot/bot"
	"refbot/config"
	"refbot/knowledge"
)

// phrasedRun answers questions as the bot does, with an LLM where one is asked for.
type phrasedRun struct {
	ctx     context.Context //nolint:containedctx // of one command, for a callback that has none
	engine  *knowledge.Engine
	phraser *bot.Phraser         // nil: answers quote
	near    knowledge.Neighbours // nil: words alone
	price   price
	list    []bot.Phrasing
}

// price is what a million tokens cost, in any currency.
type price struct{ in, out float64 }

// newPhrasedRun finds the LLM that --llm asks for.
func newPhrasedRun(ctx context.Context, w *World, o evalOptions, engine *knowledge.Engine) (*phrasedRun, error) {
	run := &phrasedRun{ctx: ctx, engine: engine}
	if !o.llm && !o.embeddings {
		return run, nil
	}
	var err error
	if run.price, err = readPrice(o.price); err != nil {
		return nil, err
	}
	settings, err := config.LoadLLM(w.Getenv)
	if err != nil {
		return nil, err
	}
	if o.embeddings {
		if err := run.embed(w, o, settings); err != nil || !o.llm {
			return run, err
		}
	}
	writer := newWriter(settings)
	if writer == nil {
		return nil, usagef("--llm: which one? Set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server")
	}
	run.phraser = &bot.Phraser{Writer: writer}
	return run, nil
}

// embed makes the vectors that --embeddings asks for.
func (run *phrasedRun) embed(w *World, o evalOptions, settings config.LLM) error {
	if settings.Embedding == "" || !settings.Enabled() {
		return usagef("--embeddings: by which model? Set OPENAI_EMBEDDING_MODEL, and OPENAI_API_KEY or OPENAI_BASE_URL")
	}
	path, err := packPath(w, o.kb)
	if err != nil {
		return err
	}
	run.near, err = nearOf(run.ctx, w, settings, path, run.engine)
	return err
}

// readPrice reads IN/OUT.
func readPrice(value string) (price, error) {
	if value == "" {
		return price{}, nil
	}
	in, out, _ := strings.Cut(value, "/")
	a, errIn := strconv.ParseFloat(in, 64)
	b, errOut := strconv.ParseFloat(out, 64)
	if errIn != nil || errOut != nil || a < 0 || b < 0 {
		return price{}, usagef("--price takes what a million tokens cost, in and out, for example 0.15/0.60")
	}
	return price{a, b}, nil
}

// respond answers one question. The hits it returns are those the reply has room to cite.
func (run *phrasedRun) respond(q knowledge.Question) (knowledge.Answer, string) {
	answer := run.engine.Refine(run.ctx, run.near, q, run.engine.Ask(q), run.engine.Ask)
	reply := bot.Compose(run.engine, answer)
	if run.phraser != nil && answer.Decision == knowledge.DecideAnswer {
		p := run.phraser.Phrase(run.ctx, bot.ToPhrase{Engine: run.engine, Answer: answer, Question: q.Text, Now: q.Now})
		run.list = append(run.list, p)
		if p.Sentences != nil {
			reply = bot.ComposePhrased(run.engine, answer, p.Sentences)
		}
	}
	answer.Hits = reply.Statements
	return answer, bot.PlainText(reply)
}

// phrasedReport sums up what an LLM did. Shares lie in [0,1].
type phrasedReport struct {
	Answers      int                `json:"answers"`
	Pass         float64            `json:"pass"`     // first draft
	Repaired     float64            `json:"repaired"` // second draft
	Fallback     float64            `json:"fallback"` // quoted
	Endings      map[bot.Ending]int `json:"endings"`
	Reasons      map[string]int     `json:"reasons"` // of the gate, by drafts
	P50          int64              `json:"p50_ms"`
	P99          int64              `json:"p99_ms"`
	TokensIn     float64            `json:"tokens_in"`  // an answer
	TokensOut    float64            `json:"tokens_out"` // an answer
	CostThousand float64            `json:"cost_per_1000"`
}

func (run *phrasedRun) report() phrasedReport {
	r := phrasedReport{Answers: len(run.list), Endings: map[bot.Ending]int{}, Reasons: map[string]int{}}
	if r.Answers == 0 {
		return r
	}
	each := 1 / float64(r.Answers)
	took := make([]int64, 0, r.Answers)
	for i := range run.list {
		p := &run.list[i]
		r.Endings[p.Ending]++
		switch {
		case p.Sentences == nil:
			r.Fallback += each
		case len(p.Drafts) > 1:
			r.Repaired += each
		default:
			r.Pass += each
		}
		for _, reason := range p.Reasons {
			r.Reasons[string(reason)]++
		}
		took = append(took, p.Millis)
		r.TokensIn += each * float64(p.Usage.In)
		r.TokensOut += each * float64(p.Usage.Out)
	}
	slices.Sort(took)
	r.P50, r.P99 = took[len(took)/2], took[len(took)*99/100]
	r.CostThousand = 1000 * (r.TokensIn*run.price.in + r.TokensOut*run.price.out) / 1e6
	return r
}

func (r phrasedReport) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(t, format+"\n", args...) }
	p("\nanswers an LLM phrased\t%d", r.Answers)
	p("passed at once / repaired\t%.1f %% / %.1f %%", 100*r.Pass, 100*r.Repaired)
	p("quoted instead\t%.1f %%", 100*r.Fallback)
	for _, e := range bot.Endings() {
		if n := r.Endings[e]; n > 0 {
			p("  ended %s\t%d", e, n)
		}
	}
	for _, reason := range sortedKeys(r.Reasons) {
		p("  gate: %s\t%d", reason, r.Reasons[reason])
	}
	p("time p50 / p99\t%v / %v", time.Duration(r.P50)*time.Millisecond, time.Duration(r.P99)*time.Millisecond)
	p("tokens an answer, in / out\t%.0f / %.0f", r.TokensIn, r.TokensOut)
	if r.CostThousand > 0 {
		p("cost of 1,000 answers\t%.2f", r.CostThousand)
	}
	return t.Flush()
}

func sortedKeys(m map[string]int) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
