package knowledge

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"refbot/knowledge/index"
	"refbot/knowledge/intent"
	"refbot/knowledge/language"
)

// trait is what ranking knows of a statement besides its words.
type trait struct {
	past        bool    // speaks of an earlier constitution or vote
	early       bool    // older than the campaign, though what it says may still hold
	preliminary bool    // says of itself that its figures are not final
	final       bool    // says of itself that they are
	settles     bool    // it gives the newer value of another
	newer       []int   // statements that give the newer value, as the pack says or the figures show
	until       int64   // unix seconds after which it no longer holds; 0: no bound
	age         float32 // 0 for the newest of the campaign, 1 for its oldest
	years       []string
}

// A campaign's own statements are at most this old on the day of the vote.
const campaignSpan = 18 * 30 * 24 * time.Hour

// pastTags mark statements about earlier constitutions and votes in packs that tag them.
var pastTags = []string{"old", "2022", "constitution-1995"}

// readStatements reads the words of every statement once, for its traits and its sentences.
func (e *Engine) readStatements() {
	newest := e.pack.AsOf()
	start := newest.Add(-campaignSpan)
	if vote := e.pack.Campaign.VoteDate; !vote.IsZero() {
		start = vote.Add(-campaignSpan)
	}
	e.span = [2]time.Time{newest, newest}
	named := map[string]string{}
	e.spanStart = make([]uint32, 1, len(e.pack.Statements)+1)
	var tokens []language.Token
	var folded []byte
	for i := range e.pack.Statements {
		s := &e.pack.Statements[i]
		t := &e.traits[i]
		t.early = s.Date.Before(start)
		t.past = isPast(s)
		if !s.ValidUntil.IsZero() {
			t.until = s.ValidUntil.AddDate(0, 0, 1).Unix()
		}
		text := language.Tokenize(s.Text)
		e.spans = index.AppendSentences(e.spans, s.Text, text)
		e.spanStart = append(e.spanStart, uint32(len(e.spans)))
		tokens = append(append(append(tokens[:0], language.Tokenize(s.Title)...), language.Tokenize(s.Office)...), text...)
		folded = foldedWords(folded[:0], tokens)
		t.preliminary, t.final = says(folded, preliminaryWords), says(folded, finalWords)
		t.preliminary = t.preliminary || interim(text)
		for _, id := range s.SupersededBy {
			if at, ok := e.ids[id]; ok {
				t.newer = append(t.newer, at)
			}
		}
		t.years = yearsOf(s, tokens)
		for i, year := range t.years { // few years, many statements
			if _, ok := named[year]; !ok {
				named[year] = strings.Clone(year)
			}
			t.years[i] = named[year]
		}
		if !t.early && s.Date.Before(e.span[0]) {
			e.span[0] = s.Date
		}
	}
	e.spans = slices.Clip(e.spans)
	length := float32(e.span[1].Sub(e.span[0]) / (24 * time.Hour))
	for i := range e.traits {
		age := float32(e.span[1].Sub(e.pack.Statements[i].Date) / (24 * time.Hour))
		e.traits[i].age = min(max(age/max(length, 1), 0), 1)
	}
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
		if family == "event" && !slices.ContainsFunc(noEvent, func(ending string) bool { return strings.HasSuffix(tokens[i].Folded, ending) }) {
			return true
		}
	}
	return false
}

// noEvent are the folded endings of Kazakh verbs that tell what is done as a rule or on a condition, of Kazakh
// nouns of action, and of Russian ones and infinitives.
var noEvent = []string{
	"ады", "еди", "йды", "йди", "тын", "ып", "у", "уы", "уды", "уга", "уда", "удан", "удын",
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
		if !t.preliminary || t.past || len(t.newer) > 0 {
			continue
		}
		subject := e.index.Subject(e.index.Profile(i))
		for n, j := range final {
			if e.pack.Statements[j].Date.After(e.pack.Statements[i].Date) && subject.Likeness(subjects[n]) >= sameFacts {
				t.newer = append(t.newer, j)
			}
		}
	}
}

// chain notes, for every statement, those whose value it gives anew.
func (e *Engine) chain() {
	e.older = map[int32][]int{}
	for i := range e.traits {
		for _, newer := range e.traits[i].newer {
			group := e.group[newer]
			for _, at := range e.versions[key(&e.pack.Statements[newer])] {
				e.traits[at].settles = true
			}
			e.older[group] = append(e.older[group], i)
		}
	}
}

// yearsOf returns the years a statement is about: those its words name, and its own.
func yearsOf(s *Statement, tokens []language.Token) []string {
	years := []string{s.Date.Format("2006")}
	for i := range tokens {
		switch t := &tokens[i]; {
		case t.Kind == language.Year:
			years = append(years, strings.TrimPrefix(t.Value, "y:"))
		case t.Kind == language.Date && len(t.Value) > 7:
			years = append(years, t.Value[2:6])
		}
	}
	slices.Sort(years)
	return slices.Clip(slices.Clone(slices.Compact(years)))
}
