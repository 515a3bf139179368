package gate

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"refbot/knowledge/language"
)

// BenchmarkCheck measures an answer of three sentences over three statements: known ones were cited before, new
// ones never.
func BenchmarkCheck(b *testing.B) {
	for _, lang := range language.Codes() {
		sources, answer := answerOf(b, lang)
		g := theGate()
		if v := g.Check(lang, sources, answer); !v.Pass() {
			b.Fatal(describe(v))
		}
		b.Run(string(lang)+"/known", func(b *testing.B) {
			for b.Loop() {
				g.Check(lang, sources, answer)
			}
		})
		b.Run(string(lang)+"/prepared", func(b *testing.B) {
			n := 0
			for b.Loop() {
				b.StopTimer()
				n++
				for i := range sources {
					sources[i].URL = strconv.Itoa(n)
				}
				g.Prepare(lang, sources)
				b.StartTimer()
				g.Check(lang, sources, answer)
			}
		})
		b.Run(string(lang)+"/new", func(b *testing.B) {
			n := 0
			for b.Loop() {
				n++
				for i := range sources {
					sources[i].URL = strconv.Itoa(n)
				}
				g.Check(lang, sources, answer)
			}
		})
	}
}

// answerOf is an answer of the usual size.
func answerOf(t testing.TB, lang language.Code) ([]Source, []Sentence) {
	t.Helper()
	texts := map[language.Code][3]string{
		language.Russian: {
			"За новую Конституцию проголосовали 7 954 667 человек, это 87,15 %.",
			"Голосование проходило 15 марта с 7:00 до 20:00 по местному времени.",
			"За рубежом работал 71 участок в 54 странах.",
		},
		language.Kazakh: {
			"Қолдап 7 954 667 адам дауыс берді, бұл – 87,15 пайыз.",
			"Дауыс беру 15 наурызда жергілікті уақытпен 7:00-ден 20:00-ге дейін өтеді.",
			"Шетелде 54 елде 71 учаске жұмыс істейді.",
		},
		language.English: {
			"7,954,667 people (87.15%) voted in favour of the new Constitution.",
			"Voting on 15 March is from 07:00 to 20:00 local time.",
			"There are 71 polling stations in 54 countries.",
		},
	}
	var sources []Source
	var answer []Sentence
	for i, id := range []string{"s058", "s303", "s221"} {
		sources = append(sources, sourceOf(t, id, lang))
		answer = append(answer, Sentence{texts[lang][i], []int{i + 1}})
	}
	return sources, answer
}

// FuzzCheck feeds the gate what a server may send: it must not fail, and must stop what cites nothing.
func FuzzCheck(f *testing.F) {
	f.Add("Референдум пройдёт 15 марта.", "ru", 1)
	f.Add("«[fks0 rt4tc3» 12,482,613 \u202e % 2/3", "kk", 7)
	f.Add("\xff\x00 <b>15.03.2026</b> not n't", "en", -3)
	f.Add(strings.Repeat("не 1 и ", 60), "ru", 2)
	f.Fuzz(func(t *testing.T, text, lang string, cited int) {
		sources := []Source{
			{Language: language.Russian, Text: text, Title: "не менее 12,5 % до 1 марта", Date: time.Unix(0, 0)},
			sourceOf(t, "s058", language.Kazakh),
		}
		for _, code := range []language.Code{language.Code(lang), language.Kazakh, language.Russian, language.English} {
			v := theGate().Check(code, sources, []Sentence{{text, []int{cited}}, {text, []int{1, 2}}})
			if cited != 1 && cited != 2 && v.Pass() {
				t.Fatalf("passes without a statement: %q", text)
			}
			v = theGate().Check(code, []Source{{Language: code, Text: text}}, []Sentence{{text + " 9876543", []int{1}}})
			if v.Pass() && !strings.Contains(text, "9876543") {
				t.Fatalf("an invented number passes: %q", text)
			}
		}
	})
}

func TestAnswersAsAWhole(t *testing.T) {
	g := theGate()
	if v := g.Check(language.Russian, nil, nil); v.Pass() || v.Reasons()[0] != Empty {
		t.Errorf("no sentence: %v", v.Reasons())
	}
	sources := []Source{sourceOf(t, "s404", language.Russian)}
	one := Sentence{"Республиканский референдум проходит 15 марта 2026 года.", []int{1}}
	many := make([]Sentence, MaxSentences+1)
	for i := range many {
		many[i] = one
	}
	if v := g.Check(language.Russian, sources, many); v.Pass() || v.Reasons()[0] != TooLong {
		t.Errorf("too many sentences: %v", v.Reasons())
	}
	if v := g.Check(language.Russian, sources, many[:1]); !v.Pass() {
		t.Errorf("the sentence itself: %s", describe(v))
	}
}
