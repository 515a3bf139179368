package language

import (
	"fmt"
	"strings"
	"testing"

	"refbot/knowledge/language/internal/lid"
	"refbot/knowledge/language/internal/spelling"
)

func TestSkeletonJoinsSpellings(t *testing.T) {
	for _, same := range []string{
		"құрылтайда qurylta'ida kurıltaıda qūryltaida курултайда kurultaida kurultayda kurultajda",
		"конституция konstituciya konstitutsiya konstitutsia konstitucia konstitutsiia КОНСТИТУЦИЯ",
		"жаңа jana zhana jaña janga",
		"көзі kozi kózi közı", "көрмейтіндер kormeitinder kormeytinder", "халық halyq khalyk xalyk halıq",
		"шешім sheshim şeşım šešim", "комиссия komissiya komisia komissia", "новый novyj novyi novyy noviy",
		"заявление zayavlenie zaiavlenie zayavleniye", "бюллетень byulleten biulleten bülleten",
		"здесь zdes zdes'", "ещё еще yeshche eshche",
	} {
		words := strings.Fields(same)
		for _, w := range words[1:] {
			if a, b := Skeleton(words[0]), Skeleton(w); a != b {
				t.Errorf("Skeleton(%q) = %q, Skeleton(%q) = %q", words[0], a, w, b)
			}
		}
	}
}

// TestSkeletonRecall writes held-out words in every spelling scheme and counts those that meet their
// Cyrillic original again, and the different words that share a skeleton.
func TestSkeletonRecall(t *testing.T) {
	// Spellings that give one letter two meanings cannot all meet: j is ж for most and й for some.
	hard := map[string]float64{"kk-2017": 0.80, "kk-turkic": 0.85, "ru-chat-j": 0.80, "ru-iso9": 0.83}
	var table strings.Builder
	for _, lang := range []string{"kk", "ru"} {
		words := map[string]bool{}
		for _, w := range lid.Words(nil, strings.Join(heldOut(t, lang), " ")) {
			words[w] = true
		}
		for _, s := range append(spelling.Kazakh(), spelling.Russian()...) {
			if s.Name[:2] != lang {
				continue
			}
			var n tally
			for w := range words {
				n.all++
				if Skeleton(s.Write(w)) == Skeleton(w) {
					n.right++
				}
			}
			fmt.Fprintf(&table, "%-15s recall %.3f\n", s.Name, n.share())
			floor, ok := hard[s.Name]
			if !ok {
				floor = 0.99
			}
			if n.share() < floor {
				t.Errorf("%s: recall %.3f, want %.3f", s.Name, n.share(), floor)
			}
		}
		folded, keys := map[string]bool{}, map[string]bool{}
		for w := range words {
			folded[Fold(w)] = true
			keys[Skeleton(w)] = true
		}
		fmt.Fprintf(&table, "%-15s %d words, %d skeletons\n", lang, len(folded), len(keys))
		if merged := len(folded) - len(keys); 100*merged > len(folded) {
			t.Errorf("%s: %d of %d words share a skeleton", lang, merged, len(folded))
		}
	}
	t.Log("\n" + table.String())
}

func FuzzSkeleton(f *testing.F) {
	for _, s := range []string{"құрылтайда", "qurylta'ida", "shch", "тс", "jj", "\xff", "投票", "iou", "чю", "ngg"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := Skeleton(s)
		if key != Skeleton(Fold(s)) {
			t.Fatalf("%q has another skeleton when folded", s)
		}
		if len(key) > 3*len(Fold(s)) {
			t.Fatalf("%q grew to %q", s, key)
		}
		for _, g := range Grams(key, 4) {
			if !strings.Contains("_"+key+"_", g) {
				t.Fatalf("gram %q of %q", g, key)
			}
		}
	})
}

func TestGrams(t *testing.T) {
	for _, tt := range []struct {
		word string
		n    int
		want string
	}{
		{"бап", 3, "_ба бап ап_"},
		{"бап", 4, "_бап бап_"},
		{"бап", 5, "_бап_"},
		{"ел", 9, "_ел_"},
		{"", 3, ""},
		{"ел", 0, ""},
	} {
		if got := strings.Join(Grams(tt.word, tt.n), " "); got != tt.want {
			t.Errorf("Grams(%q, %d) = %q, want %q", tt.word, tt.n, got, tt.want)
		}
	}
}

// TestSkeletonMerges counts the different folded words of the statements that share a skeleton with another
// of the same script. Words of two scripts that meet are what a skeleton is for.
func TestSkeletonMerges(t *testing.T) {
	words, merged := statementWords(t), 0
	seen := map[string]bool{}
	for w := range words {
		script := "latin "
		if spelling.Cyrillic(w) {
			script = "cyrillic "
		}
		if key := script + Skeleton(w); seen[key] {
			merged++
		} else {
			seen[key] = true
		}
	}
	t.Logf("%d of %d words share a skeleton within their script", merged, len(words))
	if 50*merged > len(words) {
		t.Errorf("%d of %d words share a skeleton", merged, len(words))
	}
}
