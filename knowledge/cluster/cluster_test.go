package cluster

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"refbot/knowledge"
	"refbot/knowledge/reform2026"
)

var engine = sync.OnceValue(func() *knowledge.Engine {
	pack, err := reform2026.Pack()
	if err != nil {
		panic(err)
	}
	e, err := knowledge.Build(pack)
	if err != nil {
		panic(err)
	}
	return e
})

// asked are questions that no statement of the starter pack answers, each in several wordings: three languages,
// slips, without Kazakh letters, in Latin ones, in the wrong keyboard layout.
var asked = [][]string{
	{
		"какой будет зарплата депутатов курултая", "зарплата депутата курултая сколько", "какую зарплату назначат депутатам Курултая?",
		"зарплта депутатов куралтая какая будет", "құрылтай депутаттарының жалақысы қандай болады", "курылтай депутаттарынын жалакысы канша",
		"Құрылтай депутаттары қанша жалақы алады?", "qurultay deputattarynyn zhalaqysy qansha", "what will be the salary of kurultai deputies",
		"how much will Kurultai deputies be paid, what salary", "kurultai deputy salray", "kakaya zarplata u deputatov kurultaya",
		"rfrfz ,eltn pfhgkfnf ltgenfnjd reheknfz",
	},
	{
		"будут ли выдавать подарки на участках", "дадут ли подарки за голосование на участке", "учаскеде сыйлық беріле ме",
		"will there be gifts at polling stations", "подарки на избирательном участке будут?", "сыйлык береди ме учаскеде",
	},
	{
		"пенсионный возраст изменится по новой конституции?", "поменяется ли пенсионный возраст", "пенсионый возрост поднимут?",
	},
	{
		"где парковка у участка", "есть ли парковка возле избирательного участка", "is there parking near the polling station",
	},
	{
		"какого цвета бюллетень", "бюллетень какого цвета будет", "what colour is the ballot",
	},
	{
		"какая зарплата будет у учителей после реформы", "поднимут ли зарплату учителям", "мұғалімдердің жалақысы өсе ме", "will teachers get a higher salary",
	},
	{
		"сколько получает председатель цик", "какая зарплата у председателя цик",
	},
	{
		"пенсия депутатов курултая какая", "құрылтай депутаттарының зейнетақысы қандай",
	},
	{
		"сколько помощников будет у депутата курултая",
	},
	{
		"где живут депутаты курултая, дадут ли им квартиры", "құрылтай депутаттарына пәтер беріле ме",
	},
	{
		"какие налоги поднимут после новой конституции", "жаңа конституциядан кейін қандай салық көтеріледі", "which taxes will rise after the new constitution",
	},
}

// TestWordings groups the wordings in many orders: the thirteen of the first question come into one group
// whatever the order, labelled with one of them, and hardly any question comes into a group of others.
func TestWordings(t *testing.T) {
	type item struct {
		text     string
		vector   Vector
		question int
	}
	var items []item
	for question, wordings := range asked {
		for _, w := range wordings {
			items = append(items, item{w, Read(engine(), w), question})
		}
	}
	const orders = 20
	var mean Scores
	for seed := range uint64(orders) {
		random := rand.New(rand.NewPCG(seed, 1))
		random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		groups, numbers, first := NewGroups(0), make([]uint32, len(items)), map[uint32]int{}
		for i := range items {
			numbers[i] = groups.Add(items[i].text, items[i].vector)
			if items[i].question == 0 {
				first[numbers[i]]++
			}
		}
		s := Score(numbers, func(i, j int) bool { return items[i].question == items[j].question })
		mean.Precision, mean.Recall = mean.Precision+s.Precision/orders, mean.Recall+s.Recall/orders
		for number := range first {
			if len(first) > 1 || groups.Get(number).Size > len(asked[0])+2 || !slices.Contains(asked[0], groups.Get(number).Label) {
				t.Errorf("order %d: the wordings of %q are in groups %v, of %d, labelled %q", seed, asked[0][0], first, groups.Get(number).Size, groups.Get(number).Label)
			}
		}
	}
	t.Logf("B³ precision %.3f, recall %.3f", mean.Precision, mean.Recall)
	if mean.Precision < .95 || mean.Recall < .93 {
		t.Errorf("B³ precision %.3f, recall %.3f: want .95 and .93", mean.Precision, mean.Recall)
	}
}

func TestNothingSaid(t *testing.T) {
	groups := NewGroups(0)
	for _, text := range []string{"", "?", "а и но"} {
		if n := groups.Add("x", Read(engine(), text)); n != 0 {
			t.Errorf("%q is in group %d", text, n)
		}
	}
}

// TestRestart stores groups and reads them back: what comes then joins them as it would have before.
func TestRestart(t *testing.T) {
	before, after := NewGroups(7), NewGroups(0)
	for _, wordings := range asked {
		for _, w := range wordings[:1] {
			before.Add(w, Read(engine(), w))
		}
	}
	for n := uint32(8); before.Get(n) != nil; n++ {
		g := *before.Get(n)
		for _, v := range []*Vector{&g.Sum, &g.LabelSum} {
			data, err := v.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			if err := v.UnmarshalBinary(data); err != nil {
				t.Fatal(err)
			}
		}
		after.Put(g)
	}
	for _, wordings := range asked {
		for _, w := range wordings[1:] {
			v := Read(engine(), w)
			if a, b := before.Add(w, v), after.Add(w, v); a != b || before.Get(a).Label != after.Get(b).Label {
				t.Errorf("%q is in group %d, after a restart in %d", w, a, b)
			}
		}
	}
	if before.Len() != after.Len() || after.Len() < len(asked)-1 {
		t.Errorf("%d groups, after a restart %d", before.Len(), after.Len())
	}
}

func TestDrop(t *testing.T) {
	groups := NewGroups(0)
	v := Read(engine(), asked[0][0])
	first := groups.Add("a", v)
	groups.Drop(first)
	groups.Drop(first)
	if second := groups.Add("b", v); second == first || groups.Len() != 1 || len(groups.having[v[0].Name]) != 1 {
		t.Errorf("after group %d was dropped: group %d, %d groups", first, second, groups.Len())
	}
}

func TestScore(t *testing.T) {
	parity := func(i, j int) bool { return i%2 == j%2 }
	for name, test := range map[string]struct {
		groups []uint32
		want   Scores
	}{
		"right": {[]uint32{1, 2, 1, 2}, Scores{1, 1, 1}},
		"one":   {[]uint32{1, 1, 1, 1}, Scores{.5, 1, 2. / 3}},
		"alone": {[]uint32{1, 2, 3, 4}, Scores{1, .5, 2. / 3}},
		"none":  {nil, Scores{}},
	} {
		if got := Score(test.groups, parity); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func FuzzVector(f *testing.F) {
	data, _ := Read(engine(), asked[0][0]).MarshalBinary()
	f.Add(data)
	f.Add([]byte("123456789012"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var v Vector
		if v.UnmarshalBinary(data) != nil {
			return
		}
		again, err := v.MarshalBinary()
		if err != nil || string(again) != string(data) {
			t.Errorf("%x came back as %x, %v", data, again, err)
		}
		groups := NewGroups(0)
		groups.Put(Group{Number: 1, Size: 1, Sum: v})
		groups.Add("x", v)
	})
}

// crowd makes questions: a subject of many, in words no list knows, an aspect of some, and a way to ask, with a slip
// in every tenth.
func crowd(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	ways := []string{"какой будет %s %s", "скажите пожалуйста %s %s", "%s %s какой", "подскажите про %s %s", "%s %s қандай болады", "what about %s %s", "когда объявят %s %s"}
	syllables := strings.Fields("ба ве го ду жи за ка ле мо ну по ра си ту фа хо ца чу ша эл")
	word := func(n int) string {
		var b strings.Builder
		for range 3 {
			b.WriteString(syllables[n%len(syllables)])
			n /= len(syllables)
		}
		return b.String()
	}
	aspects := []string{"зарплата", "пенсия", "налог", "отпуск", "жалақы", "салық", "salary", "tax", "срок", "бюджет", "депутат", "акимат"}
	list := make([]string, n)
	for i := range list {
		subject := int(float64(8000) * random.Float64() * random.Float64())
		words := word(subject) + " " + word(subject/3) + " " + word(subject*7+1)
		q := fmt.Sprintf(ways[random.IntN(len(ways))], aspects[random.IntN(len(aspects))], words)
		if runes := []rune(q); i%10 == 0 {
			at := random.IntN(len(runes) - 1)
			runes[at], runes[at+1] = runes[at+1], runes[at]
			q = string(runes)
		}
		list[i] = q
	}
	return list
}

// BenchmarkAdd100000 reads and groups 100,000 questions as they come.
func BenchmarkAdd100000(b *testing.B) {
	questions := crowd(100_000)
	engine()
	for b.Loop() {
		groups := NewGroups(0)
		for _, q := range questions {
			groups.Add(q, Read(engine(), q))
		}
		b.ReportMetric(float64(groups.Len()), "groups")
	}
	b.ReportMetric(float64(b.N*len(questions))/b.Elapsed().Seconds(), "questions/s")
}
