package language

import (
	"strings"
	"testing"
)

func TestTokenizeTerms(t *testing.T) {
	for value, texts := range map[string][]string{
		"d:03-15":      {"15 марта", "15 наурыз", "15 наурызда", "15-го марта", "March 15", "15 March", "15th of March", "March 15th", "15.03", "15 мартта", "15 Марта"},
		"d:2026-03-15": {"15 марта 2026 года", "15.03.2026", "15/03/2026", "2026-03-15", "2026 жылғы 15 наурыз", "2026 жылы 15 наурызда", "March 15, 2026", "15 March 2026", "15 наурыз 2026 жыл", "15 марта 2026 г."},
		"d:2026-03":    {"март 2026 года", "2026 жылғы наурыз", "March 2026", "наурыз 2026"},
		"d:05-01":      {"1 мая", "1 мамыр", "May 1", "1 May"},
		"y:2026":       {"2026", "2026-жылы", "в 2026"},
		"art:9":        {"ст. 9", "ст.9", "статья 9", "статьи 9", "статье № 9", "9-бап", "9-бабы", "9-бабында", "9 бап", "бап 9", "Article 9", "art. 9", "9-я статья", "9 статья"},
		"art:70-2":     {"ст. 70-2", "70-2-бап", "Article 70-2", "статья 70-2"},
		"n:12482613":   {"12 482 613", "12,482,613", "12.482.613", "12482613", "12 482 613", "12'482'613"},
		"n:12400000":   {"12,4 млн", "12.4 million", "12,4 миллиона", "12,4 миллион"},
		"n:15000":      {"15 000", "15 тысяч", "15 тыс.", "15 мың", "15 thousand", "15,000"},
		"n:0.5":        {"0,5", "0.5", "0.50"},
		"n:7":          {"7", "07"},
		"p:87.15":      {"87,15 %", "87.15%", "87,15 процента", "87,15 пайыз", "87.15 per cent", "87,15 пайызы", "87.15 percent", "87,150 %"},
		"p:50":         {"50%", "50 %", "50 процентов", "50 пайыздан"},
		"t:07:00":      {"07:00", "7:00", "7:00-ден", "7 утра", "7 a.m.", "7 am", "7.00", "таңғы 7-де", "7:00 утра"},
		"t:20:00":      {"20:00", "20.00", "8 p.m.", "8 pm", "8:00 PM", "сағат 20", "кешкі 8", "8 вечера", "кешкі сағат 8"},
		"o:3":          {"3-й", "3-го", "третий", "3-ші", "үшінші", "3rd", "third", "третьего"},
	} {
		for _, s := range texts {
			tokens := Tokenize(s)
			got := ""
			for _, tok := range tokens {
				if tok.Kind != Word {
					got += tok.Value + " "
				}
			}
			if strings.TrimSpace(got) != value {
				t.Errorf("Tokenize(%q) gives %q, want %q: %+v", s, strings.TrimSpace(got), value, tokens)
			}
		}
	}
}

func TestTokenizeNoTerm(t *testing.T) {
	for _, s := range []string{"статьи поменяли", "may I vote", "march on", "маска", "майский", "article about", "бабушка", "дня", "am I"} {
		for _, tok := range Tokenize(s) {
			if tok.Kind != Word || tok.Value != "" {
				t.Errorf("Tokenize(%q) has %v %q", s, tok.Kind, tok.Value)
			}
		}
	}
}

func TestTokenizeWords(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Что такое «Халық кеңесі»?", "что такое халык кенеси"},
		{"ТМД-дан келді", "тмд келди"},
		{"«Аманат»-тың үміткері", "аманат умиткери"},
		{"онлайн-голосование", "онлайн голосование"},
		{"people's qurylta'ida", "people's qurylta'ida"},
		{"замо́к и йод", "замок и йод"},
		{"ре\u00adфе\u200bрендум", "референдум"},
		{"(явка)…", "явка"},
		{"2026-жылы", "2026 жылы"},
		{"3-тен", "3"},
		{"", ""},
		{"?!", ""},
	} {
		var got []string
		for _, tok := range Tokenize(tt.in) {
			got = append(got, tok.Folded)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("Tokenize(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// checkTokens asserts what every tokenization has: order, offsets that match the text, folded words.
func checkTokens(t *testing.T, s string) {
	t.Helper()
	end := 0
	for _, tok := range Tokenize(s) {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) {
			t.Fatalf("token at %d to %d behind %d in %q", tok.Start, tok.End, end, s)
		}
		end = tok.End
		if s[tok.Start:tok.End] != tok.Text {
			t.Fatalf("text %q is not at its offsets in %q", tok.Text, s)
		}
		if tok.Folded != Fold(tok.Text) || tok.Folded == "" {
			t.Fatalf("folded %q of %q in %q", tok.Folded, tok.Text, s)
		}
		if (tok.Kind == Word) != (tok.Value == "") {
			t.Fatalf("%v has value %q in %q", tok.Kind, tok.Value, s)
		}
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{
		"15 марта 2026 года, ст. 70-2; 12 482 613 чел., 87,15 %", "2026 жылғы 15 наурызда сағат 7:00-ден", "qurylta'ida",
		"9-я статья", "\xff\xfeа\u0306", "1.2.3.4", "0", "𝟙𝟚", "½ №5", "may 5", "5 per", "7 a.", "00.00", "сағат", "a\u200d'b",
	} {
		f.Add(s)
	}
	f.Fuzz(checkTokens)
}
