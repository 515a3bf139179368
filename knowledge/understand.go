package knowledge

import (
	"slices"
	"strings"
	"unicode/utf8"

	"refbot/knowledge/index"
	"refbot/knowledge/intent"
	"refbot/knowledge/language"
)

// understood is a question after repairs, with what it asks for.
type understood struct {
	text       string // as understood
	tokens     []language.Token
	identified language.Identification
	lang       language.Code // to reply in
	reading    *intent.Reading
	query      *index.Query
	listed     []int32 // groups of statements that list the question among their aliases
	own        int     // groups of the query that the question itself names; the rest is carried over
	typed      int     // tokens of the question as typed; behind them stand those adopted from the one before
	carried    string
	past       bool
	years      []uint16 // named years
	now        int64    // unix seconds; 0: no check of validity
	repairs    []Repair
	near       map[int32]int // groups by their rank in Question.Near
	desk       *desk         // once it is ranked
	reader     *index.Reader // likewise
	explain    bool          // every step is to be written down
	full       float32       // weight of all words of the question, once it is ranked
}

// understand repairs a question and reads what it asks for.
func (e *Engine) understand(q Question) *understood {
	u := &understood{text: strings.TrimSpace(ageless(impersonal(language.Normalize(cut(q.Text, MaxQuestion)))))}
	if !q.Now.IsZero() {
		u.now = q.Now.Unix()
	}
	u.near = e.places(q.Near)
	e.repairLayout(u)
	whole := u.text
	if part := language.AskingPart(u.text); part != u.text && part != "" {
		u.repair("asking part", part)
	}
	u.identified = e.languages.Identify(u.text)
	u.lang = e.replyLanguage(q, u.identified)
	u.tokens = e.tokenize(u)
	e.correct(u)
	u.listed = e.asked[askedWords(u.tokens)]
	u.reading = e.intents.Read(u.tokens)
	u.years = appendYears(nil, u.tokens)
	u.query = e.index.ParseTokens(u.tokens)
	u.own, u.typed = len(u.query.Groups), len(u.tokens)
	u.hushFillers()
	e.widen(u)
	if len(whole) > len(u.text)+asideLeast {
		u.query.Carry(e.index.Parse(whole), func(*index.Group) float32 { return asideShare })
	}
	u.past = slices.Contains(u.reading.At, "past") || e.namesPast(u.years)
	return u
}

// cut returns the first n runes of s.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func (u *understood) repair(kind, to string) {
	u.repairs = append(u.repairs, Repair{kind, u.text, to})
	u.text = to
}

func (e *Engine) repairLayout(u *understood) {
	if text, ok := e.layouts.Repair(u.text); ok {
		u.repair("layout", text)
	}
}

// favour is by how much the language a person speaks is more likely than another before a word is read, by how
// many words there are. «Вице-президент» and «Халық кеңесі» are words of Kazakh and of Russian texts alike; a
// sentence tells its language by itself.
var favour = [...]float64{1, 12, 8, 4, 2}

// replyLanguage is the language a person fixed, or that of the question, or that of the conversation. The
// name of a command, mistyped or not, is of no language; only Kazakh letters in it tell one.
func (e *Engine) replyLanguage(q Question, id language.Identification) language.Code {
	if q.Language.Valid() {
		return q.Language
	}
	command := strings.HasPrefix(strings.TrimSpace(q.Text), "/") && id.Class != language.KK
	if id.Code.Valid() && !command && (id.Confidence >= .5 || len(q.Previous) == 0) {
		return favoured(id, q)
	}
	for i := len(q.Previous) - 1; i >= 0; i-- {
		if earlier := e.languages.Identify(q.Previous[i]); earlier.Code.Valid() {
			return earlier.Code
		}
	}
	if q.Speaks.Valid() {
		return q.Speaks
	}
	return language.Russian
}

// favoured is the likeliest language of a question, given what its words say and what the person speaks.
func favoured(id language.Identification, q Question) language.Code {
	words := len(strings.Fields(q.Text))
	if !q.Speaks.Valid() || q.Speaks == id.Code || words >= len(favour) {
		return id.Code
	}
	spoken := 0.0
	for class, chance := range id.Scores {
		if language.Class(class).Code() == q.Speaks {
			spoken += chance
		}
	}
	if spoken*favour[words] > id.Confidence {
		return q.Speaks
	}
	return id.Code
}

// correct replaces words nobody knows by likely ones of the knowledge base.
func (e *Engine) correct(u *understood) {
	var b strings.Builder
	end, changed := 0, false
	among := firstWords(u.tokens, maxCorrected)
	for i := range u.tokens {
		t := &u.tokens[i]
		if t.Kind != language.Word || among != nil && !among[t.Folded] {
			continue
		}
		word := e.meaning(t)
		if word == "" {
			continue
		}
		b.WriteString(u.text[end:t.Start])
		b.WriteString(word)
		end, changed = t.End, true
	}
	if !changed {
		return
	}
	b.WriteString(u.text[end:])
	u.repair("typo", b.String())
	u.tokens = e.tokenize(u)
}

// tokenize cuts the question into words, and reads Latin spellings of Kazakh and Russian as Cyrillic.
func (e *Engine) tokenize(u *understood) []language.Token {
	tokens := language.Numerals(u.text, language.Tokenize(u.text))
	if c := u.identified.Class; c == language.KKLatin || c == language.RULatin {
		for i := range tokens {
			if t := &tokens[i]; t.Kind == language.Word && index.Latin(t.Folded) {
				t.Folded = e.cyrillic(t.Folded)
			}
		}
	}
	return tokens
}

// cyrillic reads a Latin spelling, which does not tell «й» from «и», as a word somebody knows if one of them is.
func (e *Engine) cyrillic(latin string) string {
	word := index.Cyrillic(latin)
	if !strings.Contains(word, "й") || e.knows(word) {
		return word
	}
	if other := strings.ReplaceAll(word, "й", "и"); e.knows(other) {
		return other
	}
	return word
}

// knows reports whether a folded word is of the word lists, of the knowledge base or of a cue.
func (e *Engine) knows(folded string) bool {
	t := language.Token{Kind: language.Word, Folded: folded}
	return e.words.Known(folded) || e.index.Knows(&t) || e.intents.Knows(&t)
}

// maxCorrected is how many different words of a question are looked at for slips.
const maxCorrected = 64

// firstWords returns the first n different words of a text; nil if it cannot have more.
func firstWords(tokens []language.Token, n int) map[string]bool {
	if len(tokens) <= n {
		return nil
	}
	words := make(map[string]bool, n)
	for i := range tokens {
		if len(words) < n {
			words[tokens[i].Folded] = true
		}
	}
	return words
}

// meaning is the word of [Engine.correction], "" where there is none, from memory if it was asked before.
func (e *Engine) meaning(t *language.Token) string {
	word, met := e.meant.Get(t.Folded)
	if !met {
		if w, ok := e.correction(t); ok {
			word = w
		}
		if len(t.Folded) <= longestRemembered {
			e.meant.Put(t.Folded, word)
		}
	}
	return word
}

// remembered is how many words an engine remembers, longestRemembered their greatest length in bytes.
const (
	remembered        = 16384
	longestRemembered = 128
)

// correction returns the word probably meant by one that is neither of the knowledge base, nor of
// the word lists, nor a cue.
func (e *Engine) correction(t *language.Token) (string, bool) {
	if t.Kind != language.Word || utf8.RuneCountInString(t.Folded) < 4 ||
		language.Stop(t.Folded, "") || language.QuestionWord(t.Folded) ||
		e.words.Known(t.Folded) || e.index.Knows(t) || e.intents.Knows(t) {
		return "", false
	}
	word, ok := e.words.Correct(t.Folded)
	if ok && utf8.RuneCountInString(t.Folded) <= shortest && strings.HasPrefix(word, t.Folded) {
		return "", false
	}
	return word, ok
}

// shortest is the length up to which a word is not taken for the beginning of a longer one: most short
// words nobody knows are words of other subjects.
const shortest = 5

// namesPast reports whether one of the years lies before the campaign.
func (e *Engine) namesPast(years []uint16) bool {
	return slices.ContainsFunc(years, func(year uint16) bool { return int(year) < e.span[0].Year() })
}

// hushFillers takes the weight from greetings and words around them («подскажите, пожалуйста»), unless
// the index finds nothing else in the question.
func (u *understood) hushFillers() {
	rest := false
	for i := range u.query.Groups {
		g := &u.query.Groups[i]
		rest = rest || !g.Stop && len(g.Variants) > 0 && !u.filler(i)
	}
	for i := range u.query.Groups {
		if rest && u.filler(i) {
			u.query.Groups[i].Weight, u.query.Groups[i].Stop = 0, true
		}
	}
}

func (u *understood) filler(i int) bool {
	family := u.reading.At[i]
	return family == "filler" || family == "frame" || family == "talk" && u.outside(i)
}

// outside reports whether a word stands before or behind all that a message says: a courtesy in its midst
// ("is there a fine for…") means something else.
func (u *understood) outside(i int) bool {
	before, behind := false, false
	for j := range u.query.Groups[:u.own] {
		if family := u.reading.At[j]; !u.query.Groups[j].Stop && family != "talk" && family != "filler" && family != "frame" {
			before, behind = before || j < i, behind || j > i
		}
	}
	return !before || !behind
}

// What a long message says before it asks counts this share, if it is longer than so many bytes.
const (
	asideShare = .15
	asideLeast = 40
)
