package gate

import (
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	t.Helper()
	e := sourceOf(t, os.Getenv("K"), "kk")
	if os.Getenv("L") != "" {
		e = sourceOf(t, os.Getenv("K"), "ru")
	}
	ev := theGate().evidenceOf(&e, e.Language)
	r := theGate().read(os.Getenv("S"), e.Language)
	for i, x := range []*reading{r, ev.text, ev.title, ev.bureau} {
		t.Log(i, "cues", x.cues)
		for _, n := range x.negated {
			t.Log("neg", x.words[n.at].Text, x.phrase(n.scope.from, n.scope.to))
		}
	}
}
