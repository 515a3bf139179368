package index

import "refbot/knowledge/dictionary"

// Term is the number of a term in the vocabulary.
type Term = uint32

// TermKind says what a term is.
type TermKind uint8

// The kinds of terms.
const (
	Word TermKind = iota
	Value
	Notion
	Cut // the first letters of a long word
)

// Values, notions and cuts are kept apart from words by a first byte no word can start with.
const (
	valueMark  = '\x01'
	notionMark = '\x02'
	cutMark    = '\x03'
)

// vocabulary holds the terms, and by term what is asked of them most: their kind, and the kinds of
// values they are.
type vocabulary struct {
	*dictionary.Dictionary
	traits []uint8
}

// Traits of a term: its kind in the lowest bits, then the kinds of values it is.
const (
	kindBits    = 3
	holdsNumber = 1 << 2
	holdsTime   = 1 << 3
	holdsHour   = 1 << 4
)

func newVocabulary(names []string) *vocabulary {
	v := &vocabulary{Dictionary: dictionary.Of(names), traits: make([]uint8, len(names))}
	for t := range names {
		name := v.Name(Term(t))
		v.traits[t] = uint8(kindOf(name)) | valueOf(name)
	}
	return v
}

func (v *vocabulary) kind(t Term) TermKind { return TermKind(v.traits[t] & kindBits) }

func kindOf(name string) TermKind {
	switch name[0] {
	case valueMark:
		return Value
	case notionMark:
		return Notion
	case cutMark:
		return Cut
	}
	return Word
}

// numberWord is the notion of numbers written as words.
const numberWord = string(notionMark) + "number-word"

// valueOf returns the kinds of values a term is.
func valueOf(name string) uint8 {
	if name == numberWord {
		return holdsNumber
	}
	if name[0] != valueMark {
		return 0
	}
	switch name[1] {
	case 'n', 'p':
		return holdsNumber
	case 'd', 'y':
		return holdsTime
	case 't':
		return holdsTime | holdsHour
	}
	return 0
}

// show returns a term as people read it.
func (v *vocabulary) show(t Term) string {
	if v.kind(t) == Word {
		return v.Name(t)
	}
	return v.Name(t)[1:]
}

// key is the name of a term of a kind.
func key(kind TermKind, name string) string {
	switch kind {
	case Value:
		return string(valueMark) + name
	case Notion:
		return string(notionMark) + name
	case Cut:
		return string(cutMark) + name
	}
	return name
}
