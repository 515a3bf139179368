package typo_test

import (
	"strings"
	"testing"
	"unicode"

	"refbot/knowledge/benchmark/typo"
)

var questions = []string{
	"Когда состоится референдум?", "Құрылтайда қанша депутат болады?", "Who can be Vice President?",
	"ааааа", "x-ray: 15 марта 2026", "ЪЪЪЪЪЪ Ёлочка",
}

// distance is the optimal string alignment distance: insertions, deletions, replacements and swaps of
// neighbours count one each.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
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

func TestOneSlip(t *testing.T) {
	for _, q := range questions {
		for seed := range uint64(500) {
			got, ok := typo.Make(q, seed)
			lower := func(s string) []rune { return []rune(strings.ToLower(s)) }
			if !ok || distance(lower(q), lower(got)) != 1 {
				t.Fatalf("Make(%q, %d) = %q, %v; want one slip", q, seed, got, ok)
			}
		}
	}
}

func TestSameSeedSameSlip(t *testing.T) {
	different := map[string]bool{}
	for seed := range uint64(200) {
		first, _ := typo.Make(questions[0], seed)
		second, _ := typo.Make(questions[0], seed)
		if first != second {
			t.Fatalf("seed %d gave %q and %q", seed, first, second)
		}
		different[first] = true
	}
	if len(different) < 50 {
		t.Errorf("200 seeds gave only %d different slips", len(different))
	}
}

func TestShortWordsAndNumbersStay(t *testing.T) {
	for _, q := range []string{"", "а кто за нас", "2026 145000 ст9999", "🙂🙂🙂🙂🙂🙂"} {
		if got, ok := typo.Make(q, 1); ok || got != q {
			t.Errorf("Make(%q) = %q, %v; want it unchanged", q, got, ok)
		}
	}
	for seed := range uint64(200) {
		got, _ := typo.Make("кто за референдум 2026", seed)
		if !strings.HasPrefix(got, "кто за ") || !strings.HasSuffix(got, " 2026") {
			t.Fatalf("seed %d touched another word: %q", seed, got)
		}
	}
}

func TestBesideStaysInScript(t *testing.T) {
	for _, letter := range "qwertyuiopasdfghjklzxcvbnmйцукенгшщзхъфывапролджэячсмитьбюәіңғүұқөһ" {
		near := typo.Beside(letter)
		if len(near) == 0 {
			t.Errorf("no key beside %c", letter)
		}
		for _, r := range near {
			if r == letter || unicode.Is(unicode.Latin, r) != unicode.Is(unicode.Latin, letter) {
				t.Errorf("%c lies beside %c", r, letter)
			}
		}
	}
	if near := typo.Beside('ё'); len(near) != 0 {
		t.Errorf("ё has no fixed place, got %q", near)
	}
}
