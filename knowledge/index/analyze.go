package index

import (
	"strings"
	"unicode/utf8"

	"refbot/knowledge/language"
)

// form is a word as a text writes it, with the numbers of its terms.
type form struct {
	stem, cut Term
	long      bool // it has a cut
	met       int  // how often it stands in the documents
}

// form returns the terms under which a word of a text in a language is indexed.
func (b *builder) form(folded string, code language.Code) *form {
	code = stemmer(folded, code)
	if f, ok := b.forms[code][folded]; ok {
		return f
	}
	stem := language.Stem(folded, code)
	if stem == "" {
		stem = folded
	}
	f := &form{stem: b.term(Word, stem)}
	if c, ok := cut(folded); ok {
		f.cut, f.long = b.term(Cut, c), true
	}
	b.forms[code][strings.Clone(folded)] = f
	return f
}

// term numbers a term.
func (b *builder) term(kind TermKind, name string) Term {
	name = key(kind, name)
	if t, ok := b.numbers[name]; ok {
		return t
	}
	t := Term(len(b.names))
	name = strings.Clone(name)
	b.numbers[name] = t
	b.names = append(b.names, name)
	return t
}

// stemmer chooses the stemmer of a word by its script first: a Latin word in a Russian text is taken
// for English, a Cyrillic word in an English text for Russian.
func stemmer(folded string, code language.Code) language.Code {
	r, _ := utf8.DecodeRuneInString(folded)
	latin := r < 0x250
	switch {
	case latin:
		return language.English
	case code == language.Kazakh:
		return language.Kazakh
	}
	return language.Russian
}

// values returns the typed terms a token is indexed and looked up by: a full date is also its day and
// its year, a percentage also its bare number.
func values(t *language.Token) []string {
	if t.Value == "" {
		return nil
	}
	list := []string{t.Value}
	kind, rest, _ := strings.Cut(t.Value, ":")
	switch kind {
	case "d":
		if len(rest) == len("2026-03-15") {
			list = append(list, "d:"+rest[5:], "y:"+rest[:4])
		}
	case "p":
		list = append(list, "n:"+rest)
	}
	return list
}

// cutLength is how many letters of a word its cut keeps: as many as tell most words apart whatever
// their endings, so that a stem that lost too much does not have to.
const cutLength = 6

// cut returns the first letters of a long Cyrillic word; false for any other: English has few endings
// and a good stemmer.
func cut(folded string) (string, bool) {
	if stemmer(folded, language.Russian) == language.English {
		return "", false
	}
	letters := 0
	for i := range folded {
		if letters == cutLength {
			return folded[:i], true
		}
		letters++
	}
	return folded, letters >= cutLength-1
}
