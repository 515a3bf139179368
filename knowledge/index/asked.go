package index

import (
	"strings"

	"refbot/knowledge/language"
)

// Asked is the kind of value a question asks for.
type Asked uint8

// The kinds.
const (
	AsksAnything Asked = iota
	AsksNumber         // how many, what share
	AsksTime           // when, until what date
	AsksHour           // at what time of the day
	AsksPerson         // who
	AsksPlace          // where
	AsksReason         // why
)

var askedWords = map[string]Asked{
	"скок": AsksNumber, "скока": AsksNumber, "скоко": AsksNumber, "када": AsksTime,
	"кимдер": AsksPerson, "кимди": AsksPerson, "кимнин": AsksPerson, "кому": AsksPerson, "whom": AsksPerson, "whose": AsksPerson,
	"сколько": AsksNumber, "скольки": AsksNumber, "скольких": AsksNumber, "канша": AsksNumber, "неше": AsksNumber,
	"нешеу": AsksNumber, "нешеде": AsksNumber, "нешеден": AsksNumber, "нешеге": AsksNumber, "каншадан": AsksNumber, "кансха": AsksNumber, "many": AsksNumber, "much": AsksNumber,
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
			switch {
			case a == AsksNumber && asksHour(tokens, i):
				return AsksHour
			case a == AsksPerson && asksMeaning(tokens, i):
				return AsksAnything
			}
			return a
		}
		if i > 0 {
			if a, ok := timeWords[[2]string{tokens[i-1].Folded, tokens[i].Folded}]; ok {
				return a
			}
		}
	}
	return AsksAnything
}

// asksMeaning reports whether a word for "who" asks what somebody is for: «кто такой омбудсмен», «омбудсмен деген кім».
func asksMeaning(tokens []language.Token, i int) bool {
	return i+1 < len(tokens) && suchWords[tokens[i+1].Folded] || i > 0 && tokens[i-1].Folded == "деген"
}

var suchWords = map[string]bool{"такой": true, "такая": true, "такие": true}

// timeWords are pairs of folded words that ask when, or at what hour.
var timeWords = map[[2]string]Asked{
	{"what", "time"}: AsksHour, {"what", "date"}: AsksTime, {"which", "date"}: AsksTime, {"what", "day"}: AsksTime, {"which", "day"}: AsksTime,
	{"какого", "числа"}: AsksTime, {"какой", "день"}: AsksTime, {"какое", "число"}: AsksTime, {"какую", "дату"}: AsksTime, {"какая", "дата"}: AsksTime,
	{"кай", "куни"}: AsksTime, {"кандай", "куни"}: AsksTime, {"кай", "уакытта"}: AsksHour,
}

// asksHour reports whether a word for "how many" asks for an hour: «во сколько», «до скольки», «сағат нешеде»; but
// not «во сколько раз», «во сколько обошёлся» nor «со скольки лет».
func asksHour(tokens []language.Token, i int) bool {
	if hourWords[tokens[i].Folded] {
		return true
	}
	before, behind := "", ""
	if i > 0 {
		before = tokens[i-1].Folded
	}
	if i+1 < len(tokens) {
		behind = tokens[i+1].Folded
	}
	switch tokens[i].Folded {
	case "сколько":
		return before == "во" && behind != "раз" && !strings.HasPrefix(behind, "обо")
	case "скольки":
		return (before == "до" || before == "с" || before == "со") && behind != "лет" && behind != "годов"
	case "неше":
		return before == "сагат"
	}
	return false
}

// hourWords ask for an hour by themselves.
var hourWords = map[string]bool{"нешеде": true, "нешеден": true, "нешеге": true}

// Valued reports whether a kind of value answers: a number, a date or an hour.
func (a Asked) Valued() bool { return a.holds() != 0 }

// holds returns the kinds of values that answer.
func (a Asked) holds() uint8 {
	switch a {
	case AsksNumber:
		return holdsNumber
	case AsksTime:
		return holdsTime
	case AsksHour:
		return holdsHour
	}
	return 0
}
