package knowledge

import (
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
	newer       []int   // statements that give the newer value, as the pack says or the figures show
	age         float32 // 0 for the newest of the campaign, 1 for its oldest
	years       []string
}

// A campaign's own statements are at most this old on the day of the vote.
const campaignSpan = 18 * 30 * 24 * time.Hour

// pastTags mark statements about earlier constitutions and votes in packs that tag them.
var pastTags = []string{"old", "2022", "constitution-1995"}

func (e *Engine) readTraits() {
	newest := e.pack.AsOf()
	start := newest.Add(-campaignSpan)
	if vote := e.pack.Campaign.VoteDate; !vote.IsZero() {
		start = vote.Add(-campaignSpan)
	}
	e.span = [2]time.Time{newest, newest}
	for i := range e.pack.Statements {
		s := &e.pack.Statements[i]
		t := &e.traits[i]
		t.early = s.Date.Before(start)
		t.past = isPast(s)
		t.preliminary, t.final = says(s, preliminaryWords), says(s, finalWords)
		for _, id := range s.SupersededBy {
			if at, ok := e.ids[id]; ok {
				t.newer = append(t.newer, at)
			}
		}
		t.years = yearsOf(s)
		if !t.early && s.Date.Before(e.span[0]) {
			e.span[0] = s.Date
		}
	}
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
// nouns of action, and of Russian ones.
var noEvent = []string{
	"ады", "еди", "йды", "йди", "тын", "ып", "у", "уы", "уды", "уга", "уда", "удан", "удын",
	"ние", "ния", "нии", "нию", "нием", "ний",
}

// Words by which statements say whether their figures are final.
var (
	preliminaryWords = []string{"предварительн", "алдын ала", "preliminary", "оперативн"}
	finalWords       = []string{"итог", "окончательн", "корытынды", "final", "official result"}
)

func says(s *Statement, words []string) bool {
	text := language.Fold(s.Title + " " + s.Office + " " + s.Text)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
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
			final, subjects = append(final, i), append(subjects, e.index.Subject(e.profiles[i]))
		}
	}
	for i := range e.traits {
		t := &e.traits[i]
		if !t.preliminary || t.past || len(t.newer) > 0 {
			continue
		}
		subject := e.index.Subject(e.profiles[i])
		for n, j := range final {
			if e.pack.Statements[j].Date.After(e.pack.Statements[i].Date) && subject.Likeness(subjects[n]) >= sameFacts {
				t.newer = append(t.newer, j)
			}
		}
	}
}

// yearsOf returns the years a statement is about: those it names, and its own.
func yearsOf(s *Statement) []string {
	years := []string{s.Date.Format("2006")}
	for _, t := range language.Tokenize(s.Title + " " + s.Office + " " + s.Text) {
		switch {
		case t.Kind == language.Year:
			years = append(years, strings.TrimPrefix(t.Value, "y:"))
		case t.Kind == language.Date && len(t.Value) > 7:
			years = append(years, t.Value[2:6])
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}
