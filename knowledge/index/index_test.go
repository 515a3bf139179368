package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"refbot/knowledge/language"
)

// shelf is a small library in three languages.
var shelf = []string{
	"Референдум назначен на 15 марта 2026 года, участки открыты с 7:00 до 20:00.",
	"За рубежом голосуют по паспорту гражданина в посольствах и консульствах.",
	"Явка на участках составила 73,12 процента избирателей.",
	"Шетелде дауыс беру үшін жарамды паспорт керек.",
	"The Kurultai will have 145 deputies elected by party lists.",
	"Природные ресурсы принадлежат народу Казахстана, говорит статья 8.",
	"Құрылтай депутаттары бес жылға сайланады.",
}

func build(texts []string, o Options) *Index {
	docs := make([]Document, len(texts))
	for i, text := range texts {
		docs[i] = Document{Parts: []Part{{Field: Text, Text: text}}}
	}
	return Build(docs, o)
}

func TestSearchFindsWhatIsMeant(t *testing.T) {
	x := build(shelf, Options{})
	for _, c := range []struct {
		question string
		want     uint32
	}{
		{"когда референдум", 0},
		{"какая была явка", 2},
		{"сколько процентов избирателей", 2},
		{"шетелде дауыс беру", 3},
		{"шетелде дауыс беруге кандай паспорт", 3},
		{"how many deputies", 4},
		{"kurultai deputies", 4},
		{"курылтай депутаттары неше жылга", 6},
		{"ст. 8", 5},
		{"8-бап", 5},
		{"March 15", 0},
		{"15.03", 0},
		{"парспорт в посолстве", 1}, // two slips of the finger
	} {
		got := x.Search(x.Parse(c.question), 3)
		if len(got) == 0 || got[0].Doc != c.want {
			t.Errorf("%q: got %v, want document %d", c.question, got, c.want)
		}
	}
}

func TestSearchOfNothing(t *testing.T) {
	for _, x := range []*Index{build(nil, Options{}), build(shelf, Options{})} {
		for _, question := range []string{"", " ?!", "zzzzqqq"} {
			if got := x.Search(x.Parse(question), 5); len(got) != 0 {
				t.Errorf("%q finds %v", question, got)
			}
		}
	}
}

// pairs is a thesaurus of notions named by single folded words.
type pairs map[string]string

func (p pairs) Mentions(tokens []language.Token) []Mention {
	var list []Mention
	for i, token := range tokens {
		if notion := p[token.Folded]; notion != "" {
			list = append(list, Mention{Notion: notion, From: i, To: i + 1, Weight: 1})
		}
	}
	return list
}

func (p pairs) Light(string) bool { return false }

func TestNotionsCrossLanguages(t *testing.T) {
	x := build(shelf, Options{Thesaurus: pairs{"turnout": "turnout", "явка": "turnout", "катысу": "turnout"}})
	for _, question := range []string{"turnout", "катысу"} {
		if got := x.Search(x.Parse(question), 1); len(got) != 1 || got[0].Doc != 2 {
			t.Errorf("%q: %v, want document 2", question, got)
		}
	}
	if n := x.Lookup(Notion, "turnout"); n != 1 {
		t.Errorf("the notion stands in %d documents, want 1", n)
	}
}

func TestFieldsAndEvidence(t *testing.T) {
	x := Build([]Document{
		{Parts: []Part{{Field: Text, Text: "Аким говорил о бюджете."}, {Field: Speaker, Text: "Дархан Сатыбалды"}}},
		{Parts: []Part{{Field: Text, Text: "О Дархане Сатыбалды и бюджете писали газеты."}}},
	}, Options{})
	q := x.Parse("Сатыбалды бюджет космос")
	e := x.Evidence(q, 0)
	if !e.Groups[0].Fields.Has(Speaker) || e.Groups[0].Fields.Has(Text) {
		t.Errorf("the name stands in %08b, want the speaker's field only", e.Groups[0].Fields)
	}
	if e.Groups[2].By != -1 {
		t.Error("finds a word the document lacks")
	}
	if e.Share <= 0 || e.Share >= 1 {
		t.Errorf("share %v, want part of the question", e.Share)
	}
}

// TestPruningChangesNothing compares the search with one that reads every posting.
func TestPruningChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 300)
	for i := range words {
		words[i] = fmt.Sprintf("w%c%c%d", 'a'+i%26, 'a'+i/26, i)
	}
	texts := make([]string, 3000)
	for i := range texts {
		var b strings.Builder
		for range 20 {
			fmt.Fprintf(&b, "%s ", words[int(float64(len(words))*random.Float64()*random.Float64())])
		}
		texts[i] = b.String()
	}
	x := build(texts, Options{})
	for range 50 {
		q := x.Parse(strings.Join([]string{words[random.IntN(300)], words[random.IntN(300)], words[0], words[1], words[2]}, " "))
		for i := range q.Groups { // spellings that look alike are no part of this test
			q.Groups[i].Variants = q.Groups[i].Variants[:min(1, len(q.Groups[i].Variants))]
		}
		want := exhaustive(x, q)
		got := x.Search(q, secondLook)
		for i := range got {
			if diff := got[i].Words - want[got[i].Doc]; diff > 1e-4 || diff < -1e-4 {
				t.Fatalf("document %d scores %v, want %v", got[i].Doc, got[i].Words, want[got[i].Doc])
			}
		}
		if least, most := leastOf(got), bestOutside(got, want); most > least*1.0001 {
			t.Fatalf("left out a document that scores %v, least kept %v", most, least)
		}
	}
}

func exhaustive(x *Index, q *Query) map[uint32]float32 {
	all := map[uint32]float32{}
	for d := range uint32(x.Size()) {
		for i := range q.Groups {
			score, _, _ := x.bestVariant(&q.Groups[i], d)
			all[d] += score
		}
	}
	return all
}

func leastOf(list []Match) float32 {
	least := list[0].Words
	for _, m := range list {
		least = min(least, m.Words)
	}
	return least
}

func bestOutside(list []Match, all map[uint32]float32) (best float32) {
	for d, score := range all {
		if !slices.ContainsFunc(list, func(m Match) bool { return m.Doc == d }) {
			best = max(best, score)
		}
	}
	return best
}

func TestRetuneSharesPostings(t *testing.T) {
	x := build(shelf, Options{})
	tuned := Measured()
	tuned.Kind = 10
	y := x.Retune(tuned)
	q := y.Parse("сколько избирателей")
	if got := y.Search(q, 1); len(got) == 0 || got[0].Kind == 0 {
		t.Errorf("%v: the kind of value asked for should count now", got)
	}
	if got := x.Search(x.Parse("явка"), 1); got[0].Doc != 2 {
		t.Error("the index itself has changed")
	}
}

func TestOneSlip(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"referendum", "referendum"}: false, {"referendum", "refrendum"}: true, {"refreendum", "referendum"}: true, {"referendun", "referendum"}: true,
		{"referendumy", "referendum"}: true, {"rferednum", "referendum"}: false, {"", "a"}: true, {"", ""}: false, {"ab", "ba"}: true, {"abc", "cab"}: false,
	} {
		if got := oneSlip(pair[0], pair[1]); got != want {
			t.Errorf("%v: %v", pair, got)
		}
	}
}

func TestNumbersInWordsAreNumbers(t *testing.T) {
	x := build([]string{"Құрылтайда 145 депутат болады.", "Учаскелер 15 наурызда ашылады.", "Участков 45."}, Options{})
	for question, want := range map[string]uint32{"сто сорок пять": 0, "жүз қырық бес": 0, "пятнадцатого марта": 1, "the fifteenth of March": 1} {
		if got := x.Search(x.Parse(question), 1); len(got) != 1 || got[0].Doc != want {
			t.Errorf("%s: %v; want document %d", question, got, want)
		}
	}
}

func TestCoversFollowSentences(t *testing.T) {
	text := "Явка была высокой. Бюллетень на двух языках."
	x := Build([]Document{{Parts: []Part{{Field: Title, Text: "Итоги"}, {Field: Text, Text: text}}}}, Options{})
	reader := x.Reader(x.Parse("на скольких языках бюллетень"))
	defer reader.Close()
	covers := reader.Covers(0)
	if sentences := AppendSentences(nil, text, language.Tokenize(text)); len(covers) != len(sentences)+1 {
		t.Fatalf("%d covers for the title and %d sentences", len(covers), len(sentences))
	}
	if covers[2] <= covers[1] || covers[1] < 0 {
		t.Errorf("covers %v: the last sentence answers", covers)
	}
}

func TestProfiles(t *testing.T) {
	x := build([]string{"За 7 954 667, это 87,15 %.", "In favour 7,954,667 (87.15%).", "Погода ясная."}, Options{})
	a, b, c := x.Profile(0), x.Profile(1), x.Profile(2)
	if same := a.Likeness(a); same < .999 || same > 1.001 {
		t.Errorf("a document is like itself to %v", same)
	}
	if a.Likeness(b) <= a.Likeness(c) || a.Likeness(c) != 0 {
		t.Errorf("numbers should tie documents across languages: %v, %v", a.Likeness(b), a.Likeness(c))
	}
}

func TestCyrillic(t *testing.T) {
	for latin, want := range map[string]string{
		"halyq": "халык", "qurultai": "курултай", "novuyu": "новую", "konstitucia": "конституция", "zhana": "жана",
		"kogda": "когда", "şetelde": "шетелде", "": "",
	} {
		if got := Cyrillic(latin); got != want {
			t.Errorf("Cyrillic(%q) = %q, want %q", latin, got, want)
		}
	}
}

func TestCarry(t *testing.T) {
	x := build(shelf, Options{})
	q, earlier := x.Parse("а явка"), x.Parse("явка на референдум")
	n := len(q.Groups)
	q.Carry(earlier, func(*Group) float32 { return .5 })
	for _, g := range q.Groups[n:] {
		if g.Token.Folded == "явка" {
			t.Error("carries over a word the question has itself")
		}
	}
	if len(q.Groups) == n {
		t.Error("carries nothing over")
	}
}

// Kinship takes a short way to what profiles say: no bit of the figures may differ, where no term is too common to be kept.
func TestKinshipIsTheLikenessOfProfiles(t *testing.T) {
	x := Build(library(t), Options{})
	k, docs := x.kinship(1), make([]uint32, x.Size())
	for d := range docs {
		docs[d] = uint32(d)
	}
	for from := 0; from < len(docs); from += Leads {
		leads := docs[from:min(from+Leads, len(docs))]
		rows := k.Among(leads, docs, nil)
		for _, d := range docs {
			for j, lead := range leads {
				want := x.Profile(int(d)).Likeness(x.Profile(int(lead)))
				if d != lead && (rows[d][j] != want || k.Likeness(d, lead) != want) {
					t.Fatalf("documents %d and %d: %v among others, %v alone, want %v", d, lead, rows[d][j], k.Likeness(d, lead), want)
				}
			}
		}
	}
}

func FuzzSearch(f *testing.F) {
	x := build(shelf, Options{Thesaurus: pairs{"явка": "turnout"}})
	for _, text := range shelf {
		f.Add(text)
	}
	f.Add("\x01n:8 \x02turnout \x03парла")
	f.Fuzz(func(t *testing.T, question string) {
		q := x.Parse(question)
		r := x.Reader(q)
		defer r.Close()
		for _, m := range x.Search(q, 3) {
			if m.Score != m.Score || int(m.Doc) >= x.Size() {
				t.Fatalf("%q: %v", question, m)
			}
			x.Evidence(q, m.Doc)
			r.Covers(m.Doc)
			r.Counted(0, m.Doc)
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	x := build(slices.Repeat(shelf, 100), Options{})
	b.ReportAllocs()
	for b.Loop() {
		x.Search(x.Parse("шетелде дауыс беруге кандай паспорт керек"), 10)
	}
}

func BenchmarkBuild(b *testing.B) {
	texts := slices.Repeat(shelf, 100)
	b.ReportAllocs()
	for b.Loop() {
		build(texts, Options{})
	}
}

func TestSureComparesQuestions(t *testing.T) {
	x := build(shelf, Options{})
	sure := func(question string) float32 {
		q := x.Parse(question)
		return q.Sure(x.Search(q, 5))
	}
	if known, part, none := sure("явка на участках"), sure("явка космонавтов вчера"), sure("zzzzqqq"); known <= part || part <= none || none != 0 {
		t.Errorf("sure %v of an answer, %v of part of one, %v of none", known, part, none)
	}
}

// TestRepeatedQuestionsFindTheSame asks from many goroutines, so that words are remembered meanwhile.
func TestRepeatedQuestionsFindTheSame(t *testing.T) {
	x := Build(library(t), Options{Thesaurus: pairs{"явка": "turnout"}})
	questions := lines(t, "questions.txt")
	want := make([][]Match, len(questions))
	for i, question := range questions {
		want[i] = x.Search(x.Parse(question), 10)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i, question := range questions {
				if got := x.Search(x.Parse(question), 10); !slices.Equal(got, want[i]) {
					t.Errorf("%q finds something else the second time", question)
				}
			}
		})
	}
	group.Wait()
}

// TestRerankSkipsOnlyTheWeak compares the best three with those of a search that reads every candidate.
func TestRerankSkipsOnlyTheWeak(t *testing.T) {
	x := Build(library(t), Options{})
	for _, question := range lines(t, "questions.txt") {
		q := x.Parse(question)
		all := x.Search(q, secondLook)
		if got := x.Search(q, 3); !slices.Equal(got, all[:min(3, len(all))]) {
			t.Errorf("%q: %v, reading all %v", question, got, all[:min(3, len(all))])
		}
	}
}

func TestLanguageOfDocuments(t *testing.T) {
	for text, want := range map[string]language.Code{
		"Құрылтай депутаттары бес жылға сайланады.":                language.Kazakh,
		"Референдум назначен на 15 марта 2026 года.":               language.Russian,
		"The Kurultai will have 145 deputies.":                     language.English,
		"Курылтай депутаттары бес жылга сайланады деп айтты олар.": language.Kazakh,
	} {
		if got := languageOf(&Document{Parts: []Part{{Text: text}}}); got != want {
			t.Errorf("%q is in %q, want %q", text, got, want)
		}
	}
}
