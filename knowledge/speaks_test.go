package knowledge_test

import (
	"testing"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Words that Kazakh and Russian texts share are answered in the language the person speaks; a sentence, or a
// word of one language alone, in its own.
func TestSharedWordsFollowTheConversation(t *testing.T) {
	e := embedded(t)
	for _, c := range []struct {
		text         string
		speaks, want language.Code
	}{
		{"вице президент", language.Russian, language.Russian},
		{"конституция", language.Russian, language.Russian},
		{"Президент", language.Kazakh, language.Kazakh},
		{"халық кеңесі", language.Kazakh, language.Kazakh},
		{"[fks0 rt4tc3", language.Kazakh, language.Kazakh},
		{"халық кеңесі", language.Russian, language.Russian},
		{"referendum", language.Kazakh, language.Kazakh},
		{"referendum", language.English, language.English},
		{"қандай құжат керек?", language.Russian, language.Kazakh},
		{"когда референдум?", language.Kazakh, language.Russian},
		{"явка?", language.Kazakh, language.Russian},
		{"turnout?", language.Russian, language.English},
		{"15.03", language.Kazakh, language.Kazakh},
		{"курултай", language.English, language.Russian},
	} {
		if got := e.Ask(knowledge.Question{Text: c.text, Speaks: c.speaks}).Language; got != c.want {
			t.Errorf("%q to somebody who speaks %s: %s, want %s", c.text, c.speaks, got, c.want)
		}
	}
}

// A question that was redacted is understood without the marks.
func TestRedactedQuestion(t *testing.T) {
	e := embedded(t)
	for _, q := range []string{"какая была явка на референдуме?", "когда референдум?"} {
		marked, found := language.Redact(q + " мой номер +7 701 123 45 67, ИИН 990101300123")
		want, got := e.Ask(knowledge.Question{Text: q}), e.Ask(knowledge.Question{Text: marked})
		if len(found) != 2 || got.Decision != want.Decision || got.Confidence != want.Confidence && got.Hits[0].Statement != want.Hits[0].Statement {
			t.Errorf("%q: %s, want %s", marked, got.Decision, want.Decision)
		}
	}
}

// TestStatementsInTheReadersLanguage wants every statement shown in the language of the reply that has a version in it.
func TestStatementsInTheReadersLanguage(t *testing.T) {
	e := embedded(t)
	for _, text := range []string{"явка", "когда референдум", "Құрылтайда неше депутат болады", "who can vote abroad", "бюллетень"} {
		for _, lang := range language.Codes() {
			for _, h := range e.Ask(knowledge.Question{Text: text, Language: lang}).Ranked {
				for _, v := range e.Versions(h.Statement.Key) {
					if v.Language == lang && h.Statement.Language != lang {
						t.Errorf("%q in %s: %s, though there is %s", text, lang, h.Statement.ID, v.ID)
					}
				}
			}
		}
	}
}
