package thesaurus

import (
	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// longWord is the length, in bytes, from which a word is none.
const longWord = 120

// lookup gathers those keys of a token that a thesaurus knows.
type lookup struct {
	*Thesaurus
	key   []byte
	found keys
}

// known returns the numbers of the keys of a token that any pattern knows.
func (t *Thesaurus) known(token *language.Token) keys {
	var buf [2 * longWord]byte
	l := &lookup{Thesaurus: t, key: buf[:0]}
	if token.Value != "" {
		l.value(token)
	} else {
		l.word(token.Folded)
	}
	return l.found
}

// look notes the key of a mark and a text, if it is known.
func (l *lookup) look(mark, text string) {
	l.key = append(append(l.key[:0], mark...), text...)
	l.lookUp()
}

func (l *lookup) lookUp() {
	if n, ok := l.keys.FindBytes(l.key); ok {
		l.found.own, l.found.ownBits = append(l.found.own, int32(n)), l.found.ownBits|bit(int32(n))
	}
	if l.base == nil {
		return
	}
	if n, ok := l.base.keys.FindBytes(l.key); ok {
		l.found.base, l.found.baseBits = append(l.found.base, int32(n)), l.found.baseBits|bit(int32(n))
	}
}

// word looks up every key a word answers to.
func (l *lookup) word(folded string) {
	l.look(byWord, folded)
	if len(folded) > longWord {
		return
	}
	if index.Latin(folded) {
		l.look(byStem+"en", language.Stem(folded, language.English))
		l.beginnings(byPrefix, folded)
		skeleton := language.Skeleton(folded)
		l.look(bySkel, skeleton)
		l.beginnings(bySkelPr, skeleton)
		return
	}
	for _, code := range []language.Code{language.Russian, language.Kazakh} {
		stem := language.Stem(folded, code)
		l.look(byStem+string(code), stem)
		if stem != folded {
			l.look(byWord, stem)
		}
	}
	l.beginnings(byPrefix, folded)
}

// value looks up a typed term: its value, and the sign of its kind, so that the word «процент» is found in
// "87.15 %" and «статья» in «ст. 9».
func (l *lookup) value(t *language.Token) {
	l.look(byWord, t.Value)
	switch t.Kind {
	case language.Percent:
		l.look(byWord, "%")
	case language.Article:
		l.look(byWord, "§")
	}
}

// beginnings looks up every beginning of a word of at least two letters.
func (l *lookup) beginnings(mark, folded string) {
	l.key = append(append(l.key[:0], mark...), folded...)
	whole, letters := l.key, 0
	for i := range folded {
		if letters >= 2 {
			l.key = whole[:len(mark)+i]
			l.lookUp()
		}
		letters++
	}
	l.key = whole
	l.lookUp()
}
