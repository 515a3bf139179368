package language

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"refbot/knowledge/language/internal/lid"
	"refbot/knowledge/language/internal/spelling"
)

// heldOut reads the sentences the model never saw.
func heldOut(t testing.TB, lang string) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/identify/" + lang + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// lengths are the rows of the accuracy table: from and to words.
var lengths = [...]struct {
	name     string
	from, to int
}{{"1", 1, 1}, {"2-3", 2, 3}, {"4-8", 4, 8}, {"9+", 9, 99}}

// snippets cuts sentences into pieces of the given number of words; the longest row joins two sentences.
func snippets(sentences []string, from, to int) []string {
	var out []string
	for i, s := range sentences {
		w := lid.Words(nil, s)
		if from > 8 {
			w = append(w, lid.Words(nil, sentences[(i+1)%len(sentences)])...)
		}
		for start := 0; start+from <= len(w); start += to {
			out = append(out, strings.Join(w[start:min(start+to, len(w))], " "))
		}
	}
	return out
}

// tally is the share of right answers.
type tally struct{ right, all int }

func (t tally) share() float64 { return float64(t.right) / float64(max(t.all, 1)) }

func TestIdentifyAccuracy(t *testing.T) {
	type column struct {
		name  string
		lang  string
		code  Code
		write func(string) string
		floor [len(lengths)]float64
	}
	same := func(s string) string { return s }
	columns := []column{
		{"kk", "kk", Kazakh, same, [...]float64{0, 0, 0, 0}},
		{"kk-plain", "kk", Kazakh, spelling.Plain().Write, [...]float64{0, 0, 0, 0}},
		{"ru", "ru", Russian, same, [...]float64{0, 0, 0, 0}},
		{"en", "en", English, same, [...]float64{0, 0, 0, 0}},
	}
	for _, s := range append(spelling.Kazakh(), spelling.Russian()...) {
		c := column{name: s.Name, lang: s.Name[:2], code: Code(s.Name[:2]), write: s.Write}
		if !s.Seen {
			c.name += "*"
		}
		columns = append(columns, c)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-15s", "class \\ words")
	for _, l := range lengths {
		fmt.Fprintf(&b, "%8s", l.name)
	}
	b.WriteString("\n")
	for _, c := range columns {
		fmt.Fprintf(&b, "%-15s", c.name)
		for i, l := range lengths {
			var n tally
			for _, s := range snippets(heldOut(t, c.lang), l.from, l.to) {
				n.all++
				if Identify(c.write(s)).Code == c.code {
					n.right++
				}
			}
			fmt.Fprintf(&b, "%8.3f", n.share())
			if n.share() < c.floor[i] {
				t.Errorf("%s, %s words: %.3f right, want %.3f", c.name, l.name, n.share(), c.floor[i])
			}
		}
		b.WriteString("\n")
	}
	t.Log("\n" + b.String())
}
