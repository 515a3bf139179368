package knowledge

import (
	"refbot/knowledge/intent"
	"refbot/knowledge/language"
)

// courtesy reports whether a message is nothing but a courtesy.
func courtesy(r *intent.Reading) bool {
	return r.Saw("talk") && r.Courtesy > 0 && r.Plain == 0 && r.Words-r.Courtesy <= 2
}

// courtesies in the order they are looked for: an insult among thanks is an insult, and a request for
// a language is one however politely it is put.
var courtesies = []struct {
	cue  string
	kind SmalltalkKind
	lang language.Code
}{
	{"insult", Insult, ""},
	{"to-ru", SwitchLanguage, language.Russian},
	{"to-kk", SwitchLanguage, language.Kazakh},
	{"to-en", SwitchLanguage, language.English},
	{"who", WhoAreYou, ""},
	{"help", WhatCanYou, ""},
	{"thanks", Thanks, ""},
	{"farewell", Farewell, ""},
	{"greeting", Greeting, ""},
	{"greeting2", Greeting, ""},
	{"ack", Acknowledge, ""},
}

// smalltalk answers a courtesy.
func smalltalk(r *intent.Reading, a *Answer) {
	a.Decision = DecideSmalltalk
	for _, c := range courtesies {
		if r.SawCue("talk", c.cue) {
			a.Smalltalk = c.kind
			if c.lang != "" {
				a.Language = c.lang
			}
			return
		}
	}
	a.Smalltalk = Greeting
}
