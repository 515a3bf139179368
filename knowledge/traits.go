package knowledge

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"refbot/knowledge/index"
	"refbot/knowledge/intent"
	"refbot/knowledge/language"
)

// trait is what ranking knows of a statement besides its words. Every candidate of every question reads one.
type trait struct {
	past        bool    // speaks of an earlier constitution or vote
	early       bool    // older than the campaign, though what it says may still hold
	preliminary bool    // says of itself that its figures are not final
	final       bool    // says of itself that they are
	settles     bool    // it gives the newer value of another
	replaced    bool    // another gives the newer value
	standing    float32 // what its kind counts
	age         float32 // 0 for the newest of the campaign, 1 for its oldest
	until       int64   // unix seconds after which it no longer holds; 0: no bound
}

// A campaign's own statements are at most this old on the day of the vote.
const campaignSpan = 18 * 30 * 24 * time.Hour

// pastTags mark statements about earlier constitutions and votes in packs that tag them.
var pastTags = []string{"old", "2022", "constitution-1995"}

// surveyor reads the words of every statement while they are indexed, for its traits, its years and its sentences.
type surveyor struct {
	*Engine
	start  time.Time // of the campaign
	tokens []language.Token
	folded []byte
}

func (e *Engine) surveyor() *surveyor {
	newest := e.pack.AsOf()
	start := newest.Add(-campaignSpan)
	if vote := e.pack.Campaign.VoteDate; !vote.IsZero() {
		start = vote.Add(-campaignSpan)
	}
	e.span = [2]time.Time{newest, newest}
	e.spanStart, e.yearStart = make([]uint32, 1, len(e.pack.Statements)+1), make([]uint32, 1, len(e.pack.Statements)+1)
	return &surveyor{Engine: e, start: start}
}

// read is given the parts of [Engine.document] in their order.
func (r *surveyor) read(doc uint32, p *index.Part, tokens []language.Token) {
	switch p.Field {
	case index.Title:
		r.tokens = append(r.tokens[:0], tokens...)
	case index.Text:
		r.tokens = append(r.tokens, tokens...)
		r.spans = index.AppendSentences(r.spans, p.Text, tokens)
		r.spanStart = append(r.spanStart, uint32(len(r.spans)))
		r.traits[doc].preliminary = interim(tokens)
	case index.Office:
		r.tokens = append(r.tokens, tokens...)
		r.note(int(doc))
	}
}

// note notes what the words of a statement show.
func (r *surveyor) note(at int) {
	s, t := &r.pack.Statements[at], &r.traits[at]
	t.early = s.Date.Before(r.start)
	t.past, t.standing = isPast(s), kindFactor(s.Kind)
	if !s.ValidUntil.IsZero() {
		t.until = s.ValidUntil.AddDate(0, 0, 1).Unix()
	}
	r.folded = foldedWords(r.folded[:0], r.tokens)
	t.preliminary = t.preliminary || says(r.folded, preliminaryWords)
	t.final = says(r.folded, finalWords)
	for _, id := range s.SupersededBy {
		if newer, ok := r.ids.Find(id); ok {
			r.replace(at, int(newer))
		}
	}
	r.noteYears(s, r.tokens)
	if !t.early && s.Date.Before(r.span[0]) {
		r.span[0] = s.Date
	}
}

// done notes how old every statement is among all.
func (r *surveyor) done() {
	r.spans, r.years = slices.Clip(r.spans), slices.Clip(r.years)
	length := float32(r.span[1].Sub(r.span[0]) / (24 * time.Hour))
	for i := range r.traits {
		age := float32(r.span[1].Sub(r.pack.Statements[i].Date) / (24 * time.Hour))
		r.traits[i].age = min(max(age/max(length, 1), 0), 1)
	}
}

// replace notes that one statement gives the newer value of another.
func (e *Engine) replace(old, newer int) {
	e.traits[old].replaced = true
	e.newer[old] = append(e.newer[old], newer)
}

func isPast(s *Statement) bool {
	for _, tag := range pastTags {
		if slices.Contains(s.Topics, tag) {
			return true
		}
	}
	return false
}

// event reports whether somebody was appointed or elected by what the words say. Kazakh tells
// «сайланады» (is elected) from «сайланды» (was elected), and Russian «избрании» (the election of) from
// «избран», by an ending that a stem does not keep.
func event(tokens []language.Token, r *intent.Reading) bool {
	for i, family := range r.At {
		if family == "event" && (i == 0 || tokens[i-1].Folded != "быть" && tokens[i-1].Folded != "be") && !slices.ContainsFunc(noEvent, func(ending string) bool { return strings.HasSuffix(tokens[i].Folded, ending) }) {
			return true
		}
	}
	return false
}

// noEvent are the folded endings of Kazakh verbs that tell what is done as a rule or on a condition, of Kazakh
// nouns of action, and of Russian ones and infinitives.
var noEvent = []string{
	"ады", "еди", "йды", "йди", "тын", "ып", "у", "уы", "уды", "уга", "уда", "удан", "удын", "уын", "уына", "уында", "уынан", "уынын",
	"ние", "ния", "нии", "нию", "нием", "ний", "ть",
}

// Words by which statements say whether their figures are final.
var (
	preliminaryWords = []string{"предварительн", "алдын ала", "preliminary", "оперативн"}
	finalWords       = []string{"итог", "окончательн", "корытынды", "final", "official result"}
)

func says(folded []byte, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(folded, []byte(w)) })
}

// foldedWords appends the words of a text, folded, with a space between two.
func foldedWords(to []byte, tokens []language.Token) []byte {
	for i := range tokens {
		to = append(append(to, tokens[i].Folded...), ' ')
	}
	return to
}

// sameFacts is the likeness from which a final statement is taken to settle the figures of a
// preliminary one.
const sameFacts = .45

// settle finds, for preliminary statements of which the pack does not say what replaced them, the later
// final ones about the same facts.
func (e *Engine) settle() {
	var final []int
	var subjects []index.Profile
	for i := range e.traits {
		if t := &e.traits[i]; t.final && !t.preliminary && !t.past && e.pack.Statements[i].Kind.CarriesAnswer() {
			final, subjects = append(final, i), append(subjects, e.index.Subject(e.index.Profile(i)))
		}
	}
	for i := range e.traits {
		t := &e.traits[i]
		if !t.preliminary || t.past || t.replaced {
			continue
		}
		subject := e.index.Subject(e.index.Profile(i))
		for n, j := range final {
			if e.pack.Statements[j].Date.After(e.pack.Statements[i].Date) && subject.Likeness(subjects[n]) >= sameFacts {
				e.replace(i, j)
			}
		}
	}
}

// chain notes, for every statement, those whose value it gives anew.
func (e *Engine) chain() {
	e.older = map[int32][]int{}
	for i := range e.traits {
		for _, newer := range e.newer[i] {
			group := e.group[newer]
			for _, at := range e.groups.of(group) {
				e.traits[at].settles = true
			}
			e.older[group] = append(e.older[group], i)
		}
	}
}

// yearsOf returns the years a statement is about: its own, and those its words name.
func (e *Engine) yearsOf(at int) []uint16 { return e.years[e.yearStart[at]:e.yearStart[at+1]] }

// noteYears notes the years of the next statement.
func (e *Engine) noteYears(s *Statement, tokens []language.Token) {
	first := len(e.years)
	e.years = appendYears(append(e.years, uint16(s.Date.Year())), tokens)
	slices.Sort(e.years[first:])
	e.years = e.years[:first+len(slices.Compact(e.years[first:]))]
	e.yearStart = append(e.yearStart, uint32(len(e.years)))
}

// appendYears appends the years a text names.
func appendYears(list []uint16, tokens []language.Token) []uint16 {
	for i := range tokens {
		var digits string
		switch t := &tokens[i]; {
		case t.Kind == language.Year:
			digits = strings.TrimPrefix(t.Value, "y:")
		case t.Kind == language.Date && len(t.Value) > len("d:03-15"):
			digits = t.Value[len("d:"):len("d:2026")]
		default:
			continue
		}
		if year, err := strconv.ParseUint(digits, 10, 16); err == nil {
			list = append(list, uint16(year))
		}
	}
	return list
}
