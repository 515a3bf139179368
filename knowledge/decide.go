package knowledge

import (
	"slices"

	"refbot/knowledge/index"
)

// Confidences of verdicts that follow from a cue. They are estimates, set below what the development
// questions show (no cue misled there), because those are few and the lists of cues were written by
// people who had read them.
const (
	courtesySure = .97
	orderSure    = .95
	adviceSure   = .92
	countrySure  = .9
	subjectSure  = .95
	strangeSure  = .75
)

// A question that is one a statement is listed for, but for a few words or word for word, is answered by it with these chances
// at least. They are judgements of those who list.
const (
	listedSure   = .75
	listedChance = .6
	listedSame   = .9
)

// decide sets the verdict by the evidence, where no cue did.
func (e *Engine) decide(f *found) {
	a, x := &f.answer, &f.evidence
	f.chance = e.verdict.chance(x)
	if x[fListed] >= listedSure {
		f.chance = max(f.chance, listedChance)
	}
	switch carriers := e.carriers(f.candidates, 3); {
	case len(carriers) == 0:
		f.chance = 0
	case x[fListed] >= 1:
		f.chance = max(f.chance, listedSame)
	case e.unmet(f.u, f.candidates, carriers, x):
		f.chance = min(f.chance, unmetChance)
	}
	switch {
	case f.chance >= .5:
		a.Decision, a.Confidence = DecideAnswer, f.chance
	case e.strange(f.u, x):
		a.Decision, a.Offtopic, a.Confidence = DecideOfftopic, OtherSubject, strangeSure
		if x[fUnknown] > gibberish {
			a.Offtopic = Gibberish
		}
	default:
		a.Decision, a.Confidence = DecideAbstain, 1-f.chance
	}
}

// cued decides by what a message shows before anything is searched: courtesies, orders, a wish for
// advice, another country, another subject. Of these only courtesies and a wish for advice are taken for what they show
// where a statement is listed for the very message.
func (e *Engine) cued(u *understood, list []candidate, a *Answer) bool {
	r := u.reading
	switch {
	case len(u.tokens) == 0:
		a.Decision, a.Offtopic, a.Confidence = DecideOfftopic, Gibberish, strangeSure
	case courtesy(r):
		smalltalk(r, a)
		a.Confidence = courtesySure
	case len(list) > 0 && list[0].listed >= 1 && !r.Saw("advice"): // whoever listed it knew what it asks
		return false
	case r.Saw("order"):
		a.Decision, a.Offtopic, a.Confidence = DecideOfftopic, Order, orderSure
	case r.Saw("advice") && !e.named(u) && !(r.Saw("subject") && e.elsewhere(u, list)):
		a.Decision, a.Confidence = DecideNeutral, adviceSure
	case r.Saw("country") && r.Saw("state") && !r.SawCue("state", "voting"):
		a.Decision, a.Offtopic, a.Confidence = DecideOfftopic, OtherCountry, countrySure
	case r.Saw("subject") && e.elsewhere(u, list):
		a.Decision, a.Offtopic, a.Confidence = DecideOfftopic, OtherSubject, subjectSure
	default:
		return false
	}
	return true
}

// named reports whether what looks like a wish for advice asks whom others have chosen.
func (e *Engine) named(u *understood) bool {
	if len(u.reading.Cues["advice"]) > 1 || !u.reading.SawCue("advice", "how-to-vote") {
		return false
	}
	for i := range u.tokens {
		if word := u.tokens[i : i+1]; event(word, e.intents.Read(word)) {
			return true
		}
	}
	return false
}

// A question with less of the field than this is on another subject if it says that it is.
const fieldLeast = .35

// elsewhere reports whether a question that names another subject is about it: no statement that may answer
// is about that subject, little of the question is of the field, and it names nothing that the pack speaks of
// all the time. Places do not count, nor does anything beside the weather and the rate of the dollar: there is weather everywhere
// and on every day.
func (e *Engine) elsewhere(u *understood, list []candidate) bool {
	carriers := e.carriers(list, 1)
	var field, all float32
	held, core := true, false
	for i := range u.query.Groups[:u.own] {
		g := &u.query.Groups[i]
		all += g.Weight * g.IDF
		core = core || !g.Stop && slices.ContainsFunc(g.Notions, func(notion string) bool { return e.core[notion] })
		if u.reading.At[i] == "subject" {
			held = held && len(carriers) > 0 && about(&list[carriers[0]].evidence.Groups[i])
		} else if e.ofField(g) && e.entityOf(g) != Place {
			field += g.Weight * g.IDF
		}
	}
	return !held && (u.reading.SawCue("subject", "weather") || u.reading.SawCue("subject", "rate") || !core && field < fieldLeast*all)
}

// about reports whether what a statement is about holds a word as it stands.
func about(found *index.Found) bool { return found.By == 0 && found.Fields&inTitle != 0 }

// Bounds below which a question is on no subject the pack knows.
const (
	strangeField = .15
	strangeHeld  = .4
	gibberish    = .8
)

// strange reports whether a question is on no subject the pack knows: little of its weight is of the field,
// no word of it but places names anything there, and the statements hold little of it.
func (e *Engine) strange(u *understood, x *evidence) bool {
	return x[fField] < strangeField && x[fTop3] < strangeHeld && !slices.ContainsFunc(u.query.Groups, func(g index.Group) bool {
		return !g.Stop && !g.Light && e.ofField(&g) && e.entityOf(&g) != Place
	})
}
