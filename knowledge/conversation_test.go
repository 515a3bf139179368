package knowledge_test

import (
	"regexp"
	"slices"
	"testing"

	"refbot/knowledge"
	"refbot/knowledge/reform2026"
)

func embedded(t testing.TB) *knowledge.Engine {
	t.Helper()
	pack, err := reform2026.Pack()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

func cited(a knowledge.Answer) []string {
	var ids []string
	for _, h := range a.Hits {
		ids = append(ids, h.Statement.ID)
	}
	return ids
}

// TestSubjectChanges wants a question that names its subject answered as if nothing had been asked before.
func TestSubjectChanges(t *testing.T) {
	engine := embedded(t)
	for _, turns := range [][]string{
		{"когда референдум?", "какие документы нужны, чтобы проголосовать за границей?", "что такое халық кеңесі?"},
		{"какая была явка?", "қандай құжат керек?", "when is the referendum?"},
		{"какая была явка?", "қандай құжат керек?"},
		{"что такое курултай?", "какая явка на референдуме?"},
		{"сколько депутатов в курултае?", "можно ли продавать землю иностранцам?"},
		{"когда референдум?", "явка?"},
		{"қайда дауыс беремін?", "Құрылтайда неше депутат болады?"},
		{"референдум қашан?", "Халық Кеңесі деген не?"},
		{"Халық Кеңесі деген не?", "жаңа Конституция қашан күшіне енеді?"},
		{"how many deputies will the Kurultai have?", "where can I vote abroad?"},
		{"what was the turnout?", "is it true that land will be sold to foreigners?"},
		{"who can vote?", "what will happen to the Russian language?"},
		{"какая была явка?", "when does the new constitution come into force?"},
		{"where can I vote abroad?", "сколько лет будет срок президента?"},
		{"что изменится по языку?", "кто такой вице-президент?"},
		{"что такое курултай?", "что такое миранда?"},
		{"явка?", "шетелде қалай дауыс беруге болады?"},
		{"когда референдум?", "погода в Астане завтра"},
		{"можно ли продавать землю иностранцам?", "Сколько депутатов в Курултае и как их выбирают?"},
	} {
		last := len(turns) - 1
		alone := engine.Ask(knowledge.Question{Text: turns[last]})
		after := engine.Ask(knowledge.Question{Text: turns[last], Previous: turns[:last]})
		if after.Decision != alone.Decision || after.Language != alone.Language || !slices.Equal(cited(after), cited(alone)) {
			t.Errorf("%q: %s %s %v, alone %s %s %v", turns, after.Decision, after.Language, cited(after),
				alone.Decision, alone.Language, cited(alone))
		}
		if alone.Decision == knowledge.DecideAbstain {
			t.Errorf("%q abstains", turns[last])
		}
	}
}

// TestFollowUpsCarryTheSubject wants the first statement cited to say what the conversation asks for.
func TestFollowUpsCarryTheSubject(t *testing.T) {
	engine := embedded(t)
	for _, c := range []struct {
		want  string
		turns []string
	}{
		{`42|126|этно`, []string{"что такое халық кеңесі?", "а кто туда входит?"}},
		{`126`, []string{"Халық Кеңесі деген не?", "онда неше адам?"}},
		{`126`, []string{"что такое Народный Совет?", "сколько там человек?"}},
		{`898`, []string{"what was the turnout?", "and how many voted against?"}},
		{`87[.,]15`, []string{"what was the turnout?", "and how many voted yes?"}},
		{`73[.,]12`, []string{"какие итоги референдума?", "а явка?"}},
		{`68[.,]0[56]`, []string{"какая была явка на референдуме?", "а в 2022?"}},
		{`Дуба|ОАЭ|Эмират|приостанов`, []string{"можно голосовать за границей?", "в дубае тоже?"}},
		{`73[.,]12`, []string{"what was the result?", "and the turnout?"}},
		{`президент|Мемлекет басшысы`, []string{"Халық Кеңесі деген не?", "оның мүшелерін кім тағайындайды?"}},
		{`пять|5`, []string{"сколько депутатов в курултае?", "а на какой срок?"}},
		{`145`, []string{"что такое курултай?", "а сколько там депутатов?"}},
		{`пять|5`, []string{"сколько депутатов будет в Курултае?", "а на сколько лет их выбирают?"}},
		{`100`, []string{"ТМД-дан байқаушылар келе ме?", "олар қанша адам?"}},
		{`12 фев|12 ақп|12 Feb`, []string{"When does the campaigning start?", "and when does it have to stop?"}},
		{`145`, []string{"Құрылтай деген не?", "онда неше депутат болады?"}},
		{`145`, []string{"what is the Kurultai?", "how many deputies are there?"}},
		{`898`, []string{"Референдум нәтижесі қандай?", "ал қарсы болғандар ше?"}},
		{`68[.,]0[56]`, []string{"what was the turnout at the referendum?", "and in 2022?"}},
		{`Отыншиев`, []string{"Что говорил аким Алматы о реформе?", "А председатель маслихата?"}},
		{`898`, []string{"какая была явка?", "а сколько против?"}},
		{`60[.,]36`, []string{"какая явка в Алматы?", "а в Астане?"}},
		{`60[.,]36`, []string{"What was the turnout in Almaty this time?", "and in Astana?"}},
		{`18[.,]66`, []string{"сколько процентов поддержали изменения на референдуме 2022 года?", "а сколько было против?"}},
	} {
		last := len(c.turns) - 1
		a := engine.Ask(knowledge.Question{Text: c.turns[last], Previous: c.turns[:last]})
		if len(a.Hits) == 0 || !regexp.MustCompile("(?i)"+c.want).MatchString(a.Hits[0].Statement.Text+a.Hits[0].Statement.Speaker) {
			t.Errorf("%q: %s %v, want %s", c.turns, a.Decision, cited(a), c.want)
		}
	}
}
