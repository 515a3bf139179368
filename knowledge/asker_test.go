package knowledge

import "testing"

func TestAgesOfPeopleAreNoNumbersOfStatements(t *testing.T) {
	for in, want := range map[string]string{
		"мне 17 можно голосовать?":        "мне возраст  можно голосовать?",
		"можно голосовать? мне 17 лет":    "можно голосовать? мне возраст  лет",
		"мне 2 бюллетеня дали":            "мне 2 бюллетеня дали",
		"мен 17 жастамын, дауыс бере ала": "мен жас  жастамын, дауыс бере ала",
		"I'm 17, can I vote":              "I'm age , can I vote",
		"сколько будет 17":                "сколько будет 17",
		"мне 15 марта прийти?":            "мне 15 марта прийти?",
		"в 2026 году мне 17":              "в 2026 году мне возраст ",
		"5 марта мне 8 лет":               "5 марта мне возраст  лет",
		"мне 170 лет":                     "мне 170 лет",
	} {
		if got := ageless(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestEverydayBeginningsLeaveKnownWordsAlone(t *testing.T) {
	e := engine(t, library())
	for text, light := range map[string]bool{"журналистов": false, "турции": false, "вообще": true} {
		if g := e.understand(Question{Text: text}).query.Groups[0]; (g.Light || g.Stop) != light {
			t.Errorf("%q: light %v, stop %v", text, g.Light, g.Stop)
		}
	}
}
