package knowledge

import (
	"testing"

	"refbot/knowledge/language"
)

func TestInterimTurnout(t *testing.T) {
	for text, want := range map[string]bool{
		"По данным ЦИК на 20:30 явка – 73,24 %.":                                  true,
		"По состоянию на 12:00 проголосовало 35 % избирателей.":                   true,
		"By 19:00, 9,050 people had voted.":                                       true,
		"Сағат 14:00-ге қарай 5 млн адам дауыс берді.":                            true,
		"Участки работают с 07:00 до 20:00, явку назовут утром.":                  false,
		"Өтініш 15 наурызда сағат 12:00-ге дейін қабылданады.":                    false,
		"Явка составила 73,12 %.":                                                 false,
		"Voting at the embassy is open from 07:00 to 20:00 Moscow time, then 9 %": false,
	} {
		if got := interim(language.Tokenize(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
