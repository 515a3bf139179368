package language

import (
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"unicode/utf8"
)

// statementWords counts the folded words of the statements the model is trained on.
func statementWords(t testing.TB) map[string]int {
	t.Helper()
	words := map[string]int{}
	for _, lang := range []string{"kk", "ru", "en"} {
		data, err := os.ReadFile("internal/lid/train/text/" + lang + "-statements.txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, tok := range Tokenize(string(data)) {
			if tok.Kind == Word {
				words[tok.Folded]++
			}
		}
	}
	return words
}

func newCorrector(t testing.TB, words map[string]int) *Corrector {
	t.Helper()
	c, err := NewCorrector(words)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCorrect(t *testing.T) {
	c := newCorrector(t, map[string]int{
		"референдум": 9, "бюллетень": 5, "явка": 7, "комиссия": 4, "комиссии": 9, "конституция": 8, "халык": 5,
		"участок": 3, "участки": 3, "turnout": 4, "сейлау": 1, "сайлау": 30,
	})
	for _, tt := range []struct {
		in, want string
		ok       bool
	}{
		{"реферндум", "референдум", true},     // a letter left out
		{"рефренедум", "референдум", true},    // swapped
		{"бюлетень", "бюллетень", true},       // double letter single
		{"коимссии", "комиссии", true},        // swapped, not комиссия
		{"канституцыя", "конституция", true},  // two slips in a long word
		{"trunout", "turnout", true},          //
		{"явка", "явка", false},               // known
		{"явк", "явк", false},                 // too short
		{"сейлау", "сейлау", false},           // known, however rare
		{"участок2", "участок2", false},       // never numbers
		{"абракадабра", "абракадабра", false}, // nothing near
		{"", "", false},
	} {
		if got, ok := c.Correct(tt.in); got != tt.want || ok != tt.ok {
			t.Errorf("Correct(%q) = %q, %v; want %q, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

// typo makes one slip in a word: half of the wrong letters are neighbours of the right ones.
func typo(r *rand.Rand, word string) string {
	letters := []rune("абвгдежзиклмнопрстуфхчшыьэюя")
	if word[0] < utf8.RuneSelf {
		letters = []rune("abcdefghijklmnoprstuvwxyz")
	}
	w := []rune(word)
	i := 1 + r.IntN(len(w)-1)
	switch r.IntN(4) {
	case 0:
		return string(slices.Delete(w, i, i+1))
	case 1:
		return string(slices.Insert(w, i, letters[r.IntN(len(letters))]))
	case 2:
		if i == len(w)-1 {
			i--
		}
		w[i], w[i+1] = w[i+1], w[i]
	default:
		c := letters[r.IntN(len(letters))]
		for range 3 * r.IntN(2) * len(letters) {
			if neighbours[[2]rune{c, w[i]}] {
				break
			}
			c = letters[r.IntN(len(letters))]
		}
		w[i] = c
	}
	return string(w)
}

func TestCorrectTypos(t *testing.T) {
	words := statementWords(t)
	c := newCorrector(t, words)
	var vocabulary []string
	for w := range words {
		if utf8.RuneCountInString(w) >= 5 && !hasDigit(w) {
			vocabulary = append(vocabulary, w)
		}
	}
	slices.Sort(vocabulary)
	r := rand.New(rand.NewPCG(1, 2))
	var n tally
	for range 4000 {
		word := vocabulary[r.IntN(len(vocabulary))]
		bad := typo(r, word)
		if c.Known(bad) {
			continue
		}
		n.all++
		if got, _ := c.Correct(bad); got == word {
			n.right++
		}
	}
	t.Logf("%d words, %d typos: %.3f right at first", len(words), n.all, n.share())
	if n.share() < 0.95 {
		t.Errorf("%.3f of the typos mended, want 0.95", n.share())
	}
}

// TestCorrectIsExact compares the search over the automaton with the distance to every word.
func TestCorrectIsExact(t *testing.T) {
	words := statementWords(t)
	c := newCorrector(t, words)
	r := rand.New(rand.NewPCG(3, 4))
	all := slices.Sorted(maps.Keys(words))
	for range 60 {
		word := all[r.IntN(len(all))]
		if utf8.RuneCountInString(word) < 4 || hasDigit(word) {
			continue
		}
		bad := typo(r, typo(r, word))
		for limit := 1; limit <= 2; limit++ {
			found := map[string]bool{}
			it, err := c.fst.Search(newAutomaton(bad, limit), nil, nil)
			for ; err == nil; err = it.Next() {
				key, _ := it.Current()
				found[string(key)] = true
			}
			for _, w := range all {
				if want := distance([]rune(bad), []rune(w)) <= limit; want != found[w] {
					t.Errorf("%q within %d of %q: found %v", w, limit, bad, found[w])
				}
			}
		}
	}
}

// distance is the plain optimal string alignment distance.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestCorrectorConcurrent(t *testing.T) {
	c := newCorrector(t, map[string]int{"референдум": 1, "бюллетень": 1})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got, ok := c.Correct("реферндум"); !ok || got != "референдум" {
					t.Errorf("Correct = %q, %v", got, ok)
				}
			}
		})
	}
	group.Wait()
}

func FuzzCorrect(f *testing.F) {
	c, err := NewCorrector(map[string]int{"референдум": 3, "халык": 1, "turnout": 2, "\xff\xfe\xfd\xfc": 1, "": 5, "never": -1})
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"реферндум", "халк", "\xff\xfe\xfd\xfb", "trunout", "𐍈𐍈𐍈𐍈"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := c.Correct(s)
		if ok && (!c.Known(got) || c.Known(s)) || !ok && got != s {
			t.Fatalf("Correct(%q) = %q, %v", s, got, ok)
		}
	})
}

func TestOtherWordsAreNoSlips(t *testing.T) {
	c, err := NewCorrector(map[string]int{"пошел": 3, "примут": 2, "запретили": 2, "warn": 2, "выборы": 5, "участок": 4})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"вошел", "заплатили", "earn"} {
		if got, ok := c.Correct(word); ok {
			t.Errorf("%q became %q", word, got)
		}
	}
	for typed, want := range map[string]string{"выбопы": "выборы", "учсаток": "участок", "пршел": "пошел", "запертили": "запретили"} {
		if got, _ := c.Correct(typed); got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
}
