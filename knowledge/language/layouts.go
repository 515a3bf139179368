package language

import (
	"strings"

	"refbot/knowledge/language/recent"
)

// Layouts repairs texts typed on the wrong keyboard layout with the help of the words a knowledge base
// uses: a known word is never retyped, and a retyped word that is known is trusted. It remembers how it read
// the pieces of texts, and is safe for concurrent use.
type Layouts struct {
	known   func(folded string) bool
	typed   *recent.Words[chunk]
	retyped *recent.Words[[2]reading] // by the layouts of its keys
}

// chunk is a piece of text between spaces as it was typed.
type chunk struct {
	reading
	short bool // an abbreviation, unless the whole text is in capitals
}

// NewLayouts returns a Layouts for the words that known reports, which must always say the same of a folded
// word and be safe for concurrent use.
func NewLayouts(known func(folded string) bool) *Layouts {
	return &Layouts{known, recent.New[chunk](remembered), recent.New[[2]reading](remembered)}
}

// unaided knows no words.
var unaided = NewLayouts(func(string) bool { return false })

// layoutsOf are the layouts that text on some keys may have been meant for.
var layoutsOf = [...][2]map[rune]rune{
	latinKeys:    {englishToRussian, englishToKazakh},
	cyrillicKeys: {russianToEnglish, kazakhToEnglish},
}

// read measures a chunk as typed.
func (l *Layouts) read(text string) chunk {
	if c, ok := l.typed.Get(text); ok {
		return c
	}
	text = strings.Clone(text) // which is a part of a question, and may be kept
	c := chunk{read(text, l.known), abbreviation(text)}
	if len(text) <= longestWord {
		l.typed.Put(text, c)
	}
	return c
}

// retype measures a chunk retyped on the layouts of its keys.
func (l *Layouts) retype(text string, keys alphabet) [2]reading {
	if r, ok := l.retyped.Get(text); ok {
		return r
	}
	text = strings.Clone(text)
	var r [2]reading
	for n, m := range layoutsOf[keys] {
		r[n] = retypeChunk(text, m, l.known)
	}
	if len(text) <= longestWord {
		l.retyped.Put(text, r)
	}
	return r
}
