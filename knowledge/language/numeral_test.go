package language

import (
	"slices"
	"strings"
	"testing"
)

func TestNumerals(t *testing.T) {
	for text, want := range map[string]string{
		"правки касаются семидесяти семи статей":       "n:77",
		"сто сорок пять депутатов":                     "n:145",
		"двести двадцать человек":                      "n:220",
		"три тысячи двести":                            "n:3200",
		"двадцать первая статья":                       "art:21",
		"Седьмая статья Конституции":                   "art:7",
		"статья девяносто шестая":                      "art:96",
		"пятнадцатого марта":                           "d:03-15",
		"тридцать первого января":                      "d:01-31",
		"две тысячи двадцать шестого года":             "y:2026",
		"один депутат":                                 "",
		"две статьи":                                   "",
		"семь лет":                                     "",
		"жобаның жиырма бірінші бабы":                  "art:21",
		"тоғызыншы бапта":                              "art:9",
		"олардың 9,12 миллионы":                        "n:9120000",
		"ақпанның екісінде":                            "d:02-02",
		"тамыздың отызынан наурыздың он бесіне":        "d:08-30 d:03-15",
		"төрт жүз адам":                                "n:400",
		"жүз қырық бес депутат":                        "n:145",
		"он екі ай":                                    "n:12",
		"онда бес адам":                                "",
		"Article twenty-one":                           "art:21",
		"the twenty-first article":                     "art:21",
		"the fifteenth of March":                       "d:03-15",
		"March the fifteenth":                          "d:03-15",
		"one hundred and forty-five deputies":          "n:145",
		"two thousand five hundred":                    "n:2500",
		"three of the five":                            "",
		"one, two, three":                              "",
		"in March one deputy":                          "",
		"девятнадцать статей из ста четырёх":           "n:104",
		"twenty five thousand three hundred and seven": "n:25307",
	} {
		var got []string
		for _, token := range Numerals(text, Tokenize(text)) {
			if token.Value != "" && token.Kind != Ordinal || strings.Contains(token.Text, " ") {
				got = append(got, token.Value)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q; want %q", text, got, want)
		}
	}
}

func FuzzNumerals(f *testing.F) {
	for _, text := range []string{"сто сорок пять статей, наурыздың он бесі", "twenty-first of March and Article two hundred", "он он он жүз жүз мың мың"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokenize(text)
		joined := Numerals(text, tokens)
		if !slices.IsSortedFunc(joined, func(a, b Token) int { return a.Start - b.Start }) {
			t.Fatalf("%q: out of order: %v", text, joined)
		}
		if len(tokens) > 0 && (len(joined) == 0 || joined[0].Start != tokens[0].Start || joined[len(joined)-1].End != tokens[len(tokens)-1].End) {
			t.Fatalf("%q: %v of %v", text, joined, tokens)
		}
	})
}
