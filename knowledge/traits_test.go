package knowledge

import (
	"testing"

	"refbot/knowledge/intent"
	"refbot/knowledge/language"
)

// What was done is an event, what is done as a rule or has to be done is none.
func TestEvent(t *testing.T) {
	r := intent.NewReader()
	for text, want := range map[string]bool{
		"министр назначен вчера":                 true,
		"төраға сайланды":                        true,
		"выборы должны быть назначены":           false,
		"төраға сайланады":                       false,
		"Құрылтай сайлауын Президент жариялайды": false,
	} {
		if tokens := language.Tokenize(text); event(tokens, r.Read(tokens)) != want {
			t.Errorf("%q is an event: %v, want %v", text, !want, want)
		}
	}
}
