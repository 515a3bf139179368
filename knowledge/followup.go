package knowledge

import (
	"slices"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// lean says how much a question leans on those before it.
type lean uint8

const (
	stands lean = iota // it names what it asks about
	shared             // it links to the question before, or is a fragment, but names a subject of its own
	refers             // it says "it" or "them" of what was named before
	leans              // it is a fragment that links to the question before: «а в Астане?»
	hollow             // it names nothing by itself
)

// A follow-up carries the words of earlier questions over, at these shares of their weight, the
// last question first.
var carriedShares = []float32{.5, .2}

// meantShare is the share at which a question with a pronoun carries over what it may stand for.
const meantShare = .8

const (
	// linkedWords is how many words with a subject a question that links to the one before has at most;
	// with more, «а» and "and" are only a way to begin.
	linkedWords = 3
	// referringWords is how many such words a question with a pronoun has at most that stands for what was named before.
	referringWords = 5
	// fragmentWords is how many a fragment has at most.
	fragmentWords = 2
	// aloneMargin is what the chance of an answer to a question alone may lack against that of the
	// question with the ones before, and the question is still taken alone.
	aloneMargin = .1
	// refersMargin is by how much it must be surer alone where a pronoun stands for what was named before.
	refersMargin = .2
)

// leaning reads how much a question leans on those before it: whether it links to them («а», "and"),
// points back («там», "they"), or names too little. A pronoun behind what it stands for points at nothing before.
func (e *Engine) leaning(u *understood) lean {
	words, subjects, points, asks, inside := 0, 0, false, false, false
	for i := range u.query.Groups[:u.own] {
		g := &u.query.Groups[i]
		asks = asks || language.QuestionWord(g.Token.Folded)
		if u.reading.At[i] == "follow" {
			points, inside = true, inside || subjects > 0
		}
		if g.Stop || g.Light || g.Token.Kind != language.Word || u.reading.At[i] == "follow" {
			continue
		}
		words++
		if e.names(g) {
			subjects++
		}
	}
	switch {
	case words == 0, points && subjects == 0 && words <= linkedWords:
		return hollow
	case !asks && words <= fragmentWords && u.links():
		return leans
	case u.reading.SawCue("follow", "pronoun") && !inside && words <= referringWords:
		return refers
	case points && words <= linkedWords, !asks && words <= fragmentWords:
		return shared
	}
	return stands
}

// links reports whether a question begins with a word that links it to the one before: «а в Астане?», "and in Astana?".
func (u *understood) links() bool {
	return u.own > 0 && u.reading.At[0] == "follow"
}

// names reports whether a word names something that can be asked about.
func (e *Engine) names(g *index.Group) bool {
	return e.ofField(g) || e.entityOf(g) != NoEntity
}

// carry returns the question completed with the words of the questions before it, as far back as those
// lean on others themselves; nil if none of them says anything.
func (e *Engine) carry(u *understood, previous []string, how lean) *understood {
	c := *u
	query := *u.query
	query.Groups = slices.Clone(query.Groups)
	c.query, c.repairs = &query, slices.Clone(u.repairs)
	previous = previous[max(0, len(previous)-MaxTurns):]
	shares := carriedShares
	for i := len(previous) - 1; i >= 0 && len(shares) > 0; i-- {
		earlier := e.understand(Question{Text: previous[i]})
		if courtesy(earlier.reading) {
			continue
		}
		added := c.query.Carry(earlier.query, func(g *index.Group) float32 {
			if how == refers && e.names(g) {
				return max(shares[0], meantShare)
			}
			return shares[0]
		})
		if (how == refers || how == hollow) && c.own == len(c.tokens) && i == len(previous)-1 {
			c.adopt(earlier, added)
		}
		c.past = c.past || earlier.past
		if len(c.years) == 0 {
			c.years = earlier.years
		}
		if c.carried == "" {
			c.carried = earlier.text
		}
		if e.leaning(earlier) == stands {
			break
		}
		shares = shares[1:]
	}
	if c.carried == "" {
		return nil
	}
	c.repairs = append(c.repairs, Repair{"follow-up", u.text, c.carried + " → " + u.text})
	return &c
}

// adopt takes words carried over from an earlier question for the question's own: where a pronoun stands for them, it is
// them that a statement has to speak of.
func (u *understood) adopt(earlier *understood, added []int) {
	reading := *u.reading
	reading.At = slices.Clone(reading.At)
	u.tokens, u.reading = slices.Clone(u.tokens), &reading
	for _, i := range added {
		if i >= len(earlier.tokens) {
			return
		}
		u.tokens, reading.At = append(u.tokens, earlier.tokens[i]), append(reading.At, earlier.reading.At[i])
		u.own++
	}
}

// converse decides whether a question is answered alone or together with those before it.
func (e *Engine) converse(alone *found, previous []string) *found {
	lean := stands
	if !alone.cued || alone.answer.Offtopic == OtherSubject {
		lean = e.leaning(alone.u)
	}
	alone.answer.Alone = lean == stands
	if lean == stands || len(previous) == 0 {
		return alone
	}
	u := e.carry(alone.u, previous, lean)
	if u == nil {
		return alone
	}
	together := e.find(u)
	least := 1.0
	switch {
	case lean == hollow:
		return taken(together, alone)
	case lean == refers && together.chance < .5:
		least = .5
	case lean == refers:
		least = together.chance + refersMargin
	case lean == shared && u.past == alone.u.past: // alone, a question that links to one for the past would be asked of today
		least = max(together.chance-aloneMargin, .5)
	case together.chance < .5:
		least = .5
	}
	if alone.chance >= least {
		return taken(alone, together)
	}
	return taken(together, alone)
}

// taken returns the first of two ways to take a question, and gives back what the other was ranked on.
func taken(f, other *found) *found {
	other.u.clear()
	return f
}
