package language

import (
	"strings"
	"unicode/utf8"
)

// verbLeast is how many letters a word has at least that its ending tells for a verb.
const verbLeast = 5

// verbEndings end folded words that are hardly anything but verbs.
var verbEndings = strings.Fields(`
	ться тся ают яют уют еют ает яет ует еет ешь ишь лась лись лся лось вать ивать нуть ать ять ить али или ели ыли яли ало ило
	ады еди йды йди ган ген ып ип амын емин сам сем саныз сениз дыныз диниз лады леди
	ing ed`)

// Verbal reports whether a folded word looks like a verb by its ending. It misses many, and English ones most.
func Verbal(folded string) bool {
	if utf8.RuneCountInString(folded) < verbLeast {
		return false
	}
	for _, ending := range verbEndings {
		if strings.HasSuffix(folded, ending) {
			return true
		}
	}
	return false
}
