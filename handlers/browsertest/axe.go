package browsertest

import (
	"fmt"
	"strings"
	"testing"
)

// finding is one rule of axe-core that the page breaks.
type finding struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Nodes  []string `json:"nodes"`
}

// axeRun keeps of axe's report what a person needs to find the element.
const axeRun = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
	.then(r => r.violations.map(v => ({id: v.id, impact: v.impact, help: v.help,
		nodes: v.nodes.map(n => n.target.join(" ") + "  " + (n.any[0]?.message ?? n.failureSummary ?? ""))})))`

// Axe checks the page as it is now against WCAG 2.2 A and AA and axe-core's
// best practices. It fails t for every serious or critical finding and logs
// the lesser ones.
func (p *Page) Axe(t testing.TB) {
	t.Helper()
	source, err := findAxe()
	if err != nil {
		missing(t, err)
	}
	Eval[bool](p, "(() => {"+source+"\n})(), true")
	for _, f := range Eval[[]finding](p, axeRun) {
		text := fmt.Sprintf("axe %s (%s): %s\n  %s", f.ID, f.Impact, f.Help, strings.Join(f.Nodes, "\n  "))
		if f.Impact == "serious" || f.Impact == "critical" {
			t.Error(text)
		} else {
			t.Log(text)
		}
	}
}
