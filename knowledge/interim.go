package knowledge

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

// Figures of turnout that hold for an hour of the day of the vote («на 12:00 явка…», "by 19:00, 9,050 people had
// voted") are overtaken by those of the next hour and by the final ones.

// hourBefore stand right before the hour at which a figure was read, hourBehind close behind it, whole words
// and folded.
var (
	hourBefore = []string{"на", "к", "состоянию", "by", "of", "at"}
	hourBehind = []string{"карай", "жагдай", "жагдайы", "жагдайга", "малимет", "малиметтер", "дейин"}
)

// turnoutWords begin the folded words that tell that people have voted.
var turnoutWords = []string{"явк", "проголосова", "голосовал", "turnout", "voted", "катысу", "катысты", "берди", "келди"}

// aroundHour is how many words lie at most between the hour and the turnout.
const aroundHour = 8

// interim reports whether a text gives a turnout as of an hour.
func interim(tokens []language.Token) bool {
	for i := range tokens {
		if tokens[i].Kind == language.Time && readAt(tokens, i) &&
			slices.ContainsFunc(tokens[max(0, i-aroundHour):min(len(tokens), i+aroundHour+1)], tellsTurnout) {
			return true
		}
	}
	return false
}

// readAt reports whether the hour at place i is one at which something was read.
func readAt(tokens []language.Token, i int) bool {
	if i > 0 && slices.Contains(hourBefore, tokens[i-1].Folded) {
		return true
	}
	return slices.ContainsFunc(tokens[i+1:min(len(tokens), i+3)], func(t language.Token) bool {
		return slices.Contains(hourBehind, t.Folded)
	})
}

func tellsTurnout(t language.Token) bool {
	return t.Kind == language.Word && slices.ContainsFunc(turnoutWords, func(w string) bool { return strings.HasPrefix(t.Folded, w) })
}
