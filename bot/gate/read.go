package gate

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refbot/knowledge/language"
)

// reading is a text cut into words with what they mean.
type reading struct {
	lang    language.Code
	words   []word
	cues    []cue
	clauses []span // parted by commas and brackets too
	periods []span // parted by full stops, semicolons and colons
	amounts []amount
	negated []negation
	heading int // words in front of the first colon, which say who speaks; 0 where no colon follows them
}

// span is a range of words.
type span struct{ from, to int }

// word is a word or typed term of a reading.
type word struct {
	language.Token
	keys     []string // what it has in common with words that mean the same
	mask     uint64   // a bit for each key: words without a common bit have no common key
	skeleton string   // how it sounds, whatever the script; "" for typed terms
	content  bool     // it carries meaning that support and alignment count
	capital  bool     // begins with a capital letter
	opens    bool     // first of a sentence or a quotation
	quoted   bool     // between quotation marks
	unit     bool     // what a number counts
	plain    bool     // plain speech that brings no fact of its own
	clause   int
	period   int
}

// read cuts a text.
func (g *Gate) read(text string, lang language.Code) *reading {
	tokens := language.Numerals(text, language.Tokenize(text))
	r := &reading{lang: lang, words: make([]word, len(tokens))}
	for i := range tokens {
		if n, ok := strings.CutSuffix(tokens[i].Text, " may"); ok && tokens[i].Kind == language.Date && lang == language.English {
			tokens[i].Kind, tokens[i].Value = language.Number, "n:"+n // "citizens over 18 may vote": no month
		}
		r.words[i].Token = tokens[i]
	}
	if t := g.cues[lang]; t != nil {
		r.cues = t.find(tokens)
	}
	r.cut(text)
	r.choose()
	g.key(r, tokens)
	r.mark()
	r.count()
	r.money(text)
	r.negate()
	return r
}

// cut finds clauses and periods, capitals and quotations.
func (r *reading) cut(text string) {
	ends := sentenceEnds(text)
	quoted, at := false, 0
	for i := range r.words {
		w := &r.words[i]
		gap := text[at:w.Start]
		at = w.End
		for len(ends) > 0 && ends[0] <= w.Start {
			ends, gap = ends[1:], gap+"\n"
		}
		if i > 0 && w.Value != "" && strings.HasPrefix(gap, ". ") && letters(r.words[i-1].Folded) > 3 {
			gap += "\n" // «запрещена. 21 февраля»
		}
		opens := i == 0 || strings.ContainsAny(gap, ".!?\n:«“\"")
		quoted = inQuotes(gap, quoted)
		first, _ := utf8.DecodeRuneInString(w.Text)
		w.capital, w.opens, w.quoted = unicode.IsUpper(first), opens, quoted
		if len(r.periods) == 1 && i > 0 && r.heading == 0 && strings.HasPrefix(gap, ":") {
			r.heading = i
		}
		if i == 0 || strings.ContainsAny(gap, ";:\n") {
			r.periods = append(r.periods, span{i, i})
			r.clauses = append(r.clauses, span{i, i})
		} else if strings.ContainsAny(gap, ",()") {
			r.clauses = append(r.clauses, span{i, i})
		}
		w.clause, w.period = len(r.clauses)-1, len(r.periods)-1
		r.clauses[w.clause].to, r.periods[w.period].to = i+1, i+1
	}
}

// choices are answers on a ballot that mean the vote only between quotation marks: «за» – 12.
var choices = map[string]string{"за": "in-favour", language.Fold("иә"): "in-favour", language.Fold("жоқ"): "against", "yes": "in-favour", "no": "against"}

// choose finds the answers of a ballot, each alone between its quotation marks.
func (r *reading) choose() {
	for i := range r.words {
		w := &r.words[i]
		name, ok := choices[w.Folded]
		alone := (i == 0 || w.opens) && (i+1 == len(r.words) || !r.words[i+1].quoted || r.words[i+1].opens)
		if ok && w.quoted && alone && !r.inCue(i, "sharp") {
			at, _ := slices.BinarySearchFunc(r.cues, i, func(c cue, i int) int { return c.from - i })
			r.cues = slices.Insert(r.cues, at, cue{"sharp", name, i, i + 1})
		}
	}
}

// sentenceEnds lists where sentences end, in bytes.
func sentenceEnds(text string) []int {
	var ends []int
	for _, s := range language.Sentences(text) {
		ends = append(ends, s[1])
	}
	return ends
}

// inQuotes follows quotation marks through the gap between two words.
func inQuotes(gap string, quoted bool) bool {
	for _, c := range gap {
		switch c {
		case '«', '“', '„':
			quoted = true
		case '»', '”':
			quoted = false
		case '"':
			quoted = !quoted
		}
	}
	return quoted
}

// key gives every word the keys under which words that mean the same are found.
func (g *Gate) key(r *reading, tokens []language.Token) {
	for i := range r.words {
		w := &r.words[i]
		if w.Value != "" {
			w.keys = []string{"v" + w.Value}
			continue
		}
		f := g.formOf(w.Folded, r.lang)
		w.keys, w.skeleton = slices.Clone(f.keys), f.skeleton
		w.content, w.plain = !f.stop && letters(w.Folded) > 1, f.plain
	}
	for _, m := range g.notions.Mentions(tokens) {
		mark := "n"
		if g.notions.Light(m.Notion) {
			mark = "l"
		}
		for i := m.From; i < m.To; i++ {
			r.words[i].keys = append(r.words[i].keys, mark+m.Notion)
		}
	}
	for _, c := range r.cues {
		for i := c.from; i < c.to; i++ {
			switch c.family {
			case "sharp", "role", "body":
				r.words[i].keys = append(r.words[i].keys, "c"+c.family+c.name)
				r.words[i].content = true
			case "unit":
				r.words[i].unit = true
			case "plain":
				r.words[i].plain = true
			case "say", "draft", "past", "now", "force", "final", "modal", "neg", "cond", "bound", "within":
				r.words[i].content = false
			}
		}
	}
}

// seed makes the bits of masks.
var seed = maphash.MakeSeed()

// mark gives every word its mask.
func (r *reading) mark() {
	for i := range r.words {
		for _, k := range r.words[i].keys {
			r.words[i].mask |= 1 << (maphash.String(seed, k) & 63)
		}
	}
}

// stemLetters is how many first letters make two long words alike.
const stemLetters = 5

// form is what a word is by itself.
type form struct {
	keys     []string // its stem and its beginning
	skeleton string
	stop     bool
	plain    bool
}

// formOf returns what a folded word is, from memory where it was met before.
func (g *Gate) formOf(folded string, lang language.Code) form {
	met := g.met[lang]
	if met == nil {
		return newForm(folded, lang)
	}
	f, ok := met.Get(folded)
	if !ok {
		f = newForm(folded, lang)
		if len(folded) <= longWord {
			met.Put(folded, f)
		}
	}
	return f
}

// longWord is the length in bytes from which a word is not worth remembering.
const longWord = 80

func newForm(folded string, lang language.Code) form {
	stem := language.Stem(folded, lang)
	f := form{keys: []string{"s" + stem}, skeleton: language.Skeleton(folded), stop: language.Stop(folded, lang) || lang == language.Kazakh && language.QuestionWord(folded)}
	if n := prefixEnd(folded, stemLetters); n > 0 && n < len(folded) {
		f.keys = append(f.keys, "p"+folded[:n])
	}
	f.plain = plainWord(folded, stem, lang)
	if lang == language.Russian {
		for _, aspect := range aspects {
			if rest, ok := strings.CutPrefix(folded, aspect); ok && letters(rest) > stemLetters {
				f.keys = append(f.keys, "s"+language.Stem(rest, lang))
			}
		}
	}
	return f
}

// aspects are the prefixes that make Russian verbs perfective: «влияет», «повлияет».
var aspects = [...]string{"по", "про", "за", "вы"}

// prefixEnd is the byte at which the first n letters of s end, 0 when s is shorter.
func prefixEnd(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	if n == 0 {
		return len(s)
	}
	return 0
}

// saw reports whether the text has a cue of a family by one of these names; any name when none is given.
func (r *reading) saw(family string, names ...string) bool {
	return slices.ContainsFunc(r.cues, func(c cue) bool {
		return c.family == family && (len(names) == 0 || slices.Contains(names, c.name))
	})
}

// sawIn is saw within a span.
func (r *reading) sawIn(s span, family string, names ...string) bool {
	return slices.ContainsFunc(r.cues, func(c cue) bool {
		return c.family == family && c.from >= s.from && c.from < s.to && (len(names) == 0 || slices.Contains(names, c.name))
	})
}

// text is how a span of cue reads, for findings.
func (r *reading) phrase(from, to int) string {
	parts := make([]string, 0, to-from)
	for i := from; i < to && i < len(r.words); i++ {
		parts = append(parts, r.words[i].Text)
	}
	return strings.Join(parts, " ")
}
