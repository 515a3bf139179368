package index

import "refbot/knowledge/language"

// Asked is the kind of value a question asks for.
type Asked uint8

// The kinds.
const (
	AsksAnything Asked = iota
	AsksNumber         // how many, what share
	AsksTime           // when, until what date
	AsksPerson         // who
	AsksPlace          // where
	AsksReason         // why
)

var askedWords = map[string]Asked{
	"сколько": AsksNumber, "скольки": AsksNumber, "скольких": AsksNumber, "канша": AsksNumber, "неше": AsksNumber,
	"нешеу": AsksNumber, "каншадан": AsksNumber, "кансха": AsksNumber, "many": AsksNumber, "much": AsksNumber,
	"long": AsksNumber, "far": AsksNumber, "kansha": AsksNumber, "qansha": AsksNumber, "neshe": AsksNumber, "skolko": AsksNumber, "percentage": AsksNumber,
	"когда": AsksTime, "кашан": AsksTime, "when": AsksTime, "kashan": AsksTime, "qashan": AsksTime, "kogda": AsksTime,
	"кто": AsksPerson, "ким": AsksPerson, "who": AsksPerson, "кем": AsksPerson, "кого": AsksPerson, "kim": AsksPerson, "kto": AsksPerson,
	"где": AsksPlace, "кайда": AsksPlace, "where": AsksPlace, "gde": AsksPlace, "kaida": AsksPlace, "qaida": AsksPlace,
	"почему": AsksReason, "зачем": AsksReason, "неге": AsksReason, "why": AsksReason, "nege": AsksReason,
}

// asks returns the kind of value asked for by the first question word that names one.
func asks(tokens []language.Token) Asked {
	for i := range tokens {
		if a, ok := askedWords[tokens[i].Folded]; ok {
			return a
		}
	}
	return AsksAnything
}

// holds returns the kinds of values that answer.
func (a Asked) holds() uint8 {
	switch a {
	case AsksNumber:
		return holdsNumber
	case AsksTime:
		return holdsTime
	}
	return 0
}
