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

// accuracy is one line of the accuracy table.
type accuracy struct {
	name  string
	lang  string
	write func(string) string
	floor [len(lengths)]float64 // least share of right answers by length
}

// accuracies lists the ways of writing. Those marked * were kept from the training.
func accuracies() []accuracy {
	same := func(s string) string { return s }
	sure := [...]float64{0.90, 0.98, 1, 1}
	out := []accuracy{
		{"kk", "kk", same, [...]float64{0.96, 1, 1, 1}},
		{"kk-plain", "kk", spelling.Plain().Write, [...]float64{0.93, 0.99, 1, 1}},
		{"ru", "ru", same, [...]float64{0.96, 1, 1, 1}},
		{"en", "en", same, sure},
	}
	for _, s := range append(spelling.Kazakh(), spelling.Russian()...) {
		a := accuracy{s.Name, s.Name[:2], s.Write, sure}
		if !s.Seen {
			a.name, a.floor = s.Name+"*", [...]float64{0.70, 0.88, 0.96, 1}
		}
		out = append(out, a)
	}
	return out
}

// TestIdentifyAccuracy prints and asserts the accuracy on held-out sentences by way of writing and length.
func TestIdentifyAccuracy(t *testing.T) {
	var table strings.Builder
	fmt.Fprintf(&table, "%-15s", "class \\ words")
	for _, l := range lengths {
		fmt.Fprintf(&table, "%8s", l.name)
	}
	for _, a := range accuracies() {
		fmt.Fprintf(&table, "\n%-15s", a.name)
		for i, l := range lengths {
			var n tally
			for _, s := range snippets(heldOut(t, a.lang), l.from, l.to) {
				n.all++
				if Identify(a.write(s)).Code == Code(a.lang) {
					n.right++
				}
			}
			fmt.Fprintf(&table, "%8.3f", n.share())
			if n.share() < a.floor[i] {
				t.Errorf("%s, %s words: %.3f right, want %.3f", a.name, l.name, n.share(), a.floor[i])
			}
		}
	}
	t.Log("\n" + table.String())
}

func TestIdentify(t *testing.T) {
	for _, tt := range []struct {
		in    string
		class Class
		mixed bool
	}{
		{"халық кеңесі деген не", KK, false},
		{"халык кенеси деген не", KKPlain, false},
		{"kurultaida kansha deputat", KKLatin, false},
		{"qurylta'ida qansha deputat bolady", KKLatin, false},
		{"кто назначает членов народного совета", RU, false},
		{"skolko procentov za novuyu konstituciyu", RULatin, false},
		{"who can be vice prezident", EN, false},
		{"кто назначает членов халық кеңесі", RU, true},
		{"what is халық кеңесі", EN, true},
		{"2026", Unknown, false},
		{"", Unknown, false},
		{"?!", Unknown, false},
		{"投票", Unknown, false},
	} {
		got := Identify(tt.in)
		if got.Class != tt.class || got.Mixed != tt.mixed || got.Code != tt.class.Code() {
			t.Errorf("Identify(%q) = %s %s mixed %v, want %s mixed %v", tt.in, got.Code, got.Class, got.Mixed, tt.class, tt.mixed)
		}
		if (got.Confidence > 0) != (got.Code != "") {
			t.Errorf("Identify(%q): confidence %v in %q", tt.in, got.Confidence, got.Code)
		}
	}
}

func FuzzIdentify(f *testing.F) {
	for _, s := range []string{"халық кеңесі", "who", "a'", "''", "\xff", "İı", "кто what", "投票", strings.Repeat("ы", 500)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id := Identify(s)
		sum := 0.0
		for c, score := range id.Scores {
			if score < 0 || score > 1.000001 {
				t.Fatalf("score %v of %v in %q", score, Class(c), s)
			}
			sum += score
		}
		if id.Code == "" && sum != 0 || id.Code != "" && (sum < 0.999 || sum > 1.001 || id.Confidence < 0.33) {
			t.Fatalf("%+v for %q", id, s)
		}
	})
}

func TestNamesDoNotOutweighTheSentence(t *testing.T) {
	for text, want := range map[string]Class{
		"where did Elvira Azimova study":   EN,
		"what did Nurlan Abdirov say":      EN,
		"gde uchilas Elvira Azimova":       RULatin,
		"Elvira Azimova qaida oqydy":       KKLatin,
		"how many Kazakhs voted in Berlin": EN,
	} {
		if got := Identify(text).Class; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
