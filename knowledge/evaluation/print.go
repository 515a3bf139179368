package evaluation

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Print writes the report as aligned plain text.
func (r *Report) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(t, format+"\n", args...) }
	p("questions\t%d", r.Questions)
	p("success\t%s", percent(r.Success))
	p("recall@1 / @5\t%s / %s", percent(r.Recall1), percent(r.Recall5))
	p("MRR@10\t%.3f", r.MRR)
	p("nDCG@10\t%.3f", r.NDCG)
	p("true abstentions\t%s", percent(r.TrueAbstain))
	p("false refusals\t%s", percent(r.FalseRefusal))
	for _, d := range decisions {
		if share, ok := r.Verdicts[string(d)]; ok {
			p("verdict %s\t%s", d, percent(share))
		}
	}
	p("p50 / p99\t%.2f / %.2f ms", r.P50, r.P99)
	printSlices(p, "language", r.ByLanguage)
	printSlices(p, "type", r.ByType)
	printSlices(p, "style", r.ByStyle)
	p("\nconfidence\tquestions\tmean\tright verdicts")
	for _, b := range r.Reliability {
		p("%.1f–%.1f\t%d\t%.2f\t%.2f", b.From, b.To, b.N, b.Confidence, b.Accuracy)
	}
	p("expected calibration error\t%.3f", r.CalibrationErr)
	if len(r.Faults) > 0 {
		p("\nfailed\tfault\tdecision")
	}
	for _, f := range r.Faults {
		p("%s\t%s\t%s", f.ID, f.Fault, f.Got)
	}
	return t.Flush()
}

func printSlices(p func(string, ...any), name string, slices []Slice) {
	p("\n%s\tquestions\tsuccess\tverdict\tMRR@10\tnDCG@10\ttyped / clean", name)
	for _, s := range slices {
		pairs := ""
		if s.Pairs > 0 {
			pairs = fmt.Sprintf("%s / %s (%d)", percent(s.Dirty), percent(s.Clean), s.Pairs)
		}
		p("%s\t%d\t%s\t%s\t%.3f\t%.3f\t%s", s.Name, s.N, percent(s.Success), percent(s.Verdict), s.MRR, s.NDCG, pairs)
	}
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }
