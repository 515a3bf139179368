package knowledge

import (
	"slices"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// unmetChance is the most a question gets that needs what no statement holds, however well its words fit. It is a
// judgement, as the confidences of cues are.
const unmetChance = .2

// unmet reports whether a question needs something that none of the best statements holds: who was given an office,
// a sum of money, a number at a place, whatever a term means that nobody spoke of.
func (e *Engine) unmet(u *understood, list []candidate, carriers []int, x *evidence) bool {
	return e.unreported(u, list, carriers) || e.unpriced(u, list, carriers) || e.uncountedThere(u, list, carriers, x) ||
		e.unnamed(u, list, carriers) || e.onPerson(u, x) || x[fStranger] >= strangerMost && x[fFocus] < togetherLeast || x[fFocus] < focusLeast
}

// Bounds beyond which no question of the development sets has an answer, or nearly none.
const (
	strangerMost  = .7  // share of its words that belong to terms no statement names,
	togetherLeast = .8  // though as much of it stands in one sentence
	focusLeast    = .15 // share of it that stands in one sentence
)

// unreported reports whether a question asks who was appointed or elected and none of the best statements
// says that anybody was: rules on how an office is filled do not tell who fills it.
func (e *Engine) unreported(u *understood, list []candidate, carriers []int) bool {
	if u.query.Asks != index.AsksPerson || u.reading.Saw("condition") || !event(u.tokens, u.reading) {
		return false
	}
	return !slices.ContainsFunc(carriers, func(at int) bool { return e.reports(u, list[at].at) })
}

// priced are the notions of questions for a sum of money, money those that a statement with one names.
var (
	priced = []string{"cost", "price", "salary"}
	money  = []string{"money"}
)

// unpriced reports whether a question asks what something costs or somebody earns, and none of the best
// statements speaks of money.
func (e *Engine) unpriced(u *understood, list []candidate, carriers []int) bool {
	asks := slices.ContainsFunc(u.query.Groups[:u.own], func(g index.Group) bool {
		return slices.ContainsFunc(g.Notions, func(notion string) bool { return slices.Contains(priced, notion) })
	})
	return asks && !slices.ContainsFunc(carriers, func(at int) bool {
		return slices.ContainsFunc(money, func(notion string) bool { return e.index.Names(list[at].match.Doc, notion) })
	})
}

// reportsLeast is the share of a question's weight that the sentence of its event holds at least.
const reportsLeast = .5

// reports reports whether a sentence of a statement tells that what the question asks for came about.
func (e *Engine) reports(u *understood, at int) bool {
	s := &e.pack.Statements[at]
	covers := u.reader.Covers(uint32(at))
	texts := make([]string, 0, len(covers))
	if len(covers) > len(e.sentences(at)) {
		texts = append(texts, s.Title)
	}
	for _, r := range e.sentences(at) {
		texts = append(texts, s.Text[r[0]:r[1]])
	}
	for i, text := range texts[:min(len(texts), len(covers))] {
		if covers[i] < reportsLeast*u.weight() {
			continue
		}
		if tokens := language.Tokenize(text); event(tokens, e.intents.Read(tokens)) {
			return true
		}
	}
	return false
}

// sides are the notions of questions for the votes on one side.
var sides = []string{"support", "in-favour", "against"}

// sided returns the side whose votes a question asks for, "" where it names none or both.
func (u *understood) sided() string {
	side := ""
	for i := range u.query.Groups[:u.own] {
		for _, notion := range u.query.Groups[i].Notions {
			switch {
			case !slices.Contains(sides, notion) || notion == side:
			case side == "" || notion != "against" && side != "against":
				side = notion
			default:
				return ""
			}
		}
	}
	return side
}

// uncountedThere reports whether a question asks for a number at a place and no statement gives one beside its name, or,
// where it asks for the votes on one side, none that speaks of that side in the same sentence.
func (e *Engine) uncountedThere(u *understood, list []candidate, carriers []int, x *evidence) bool {
	if u.query.Asks != index.AsksNumber {
		return false
	}
	if x[fPlace] > 0 {
		return true
	}
	side := u.sided()
	for i := range u.query.Groups[:u.own] {
		if e.placeNamed(u, i) && !slices.ContainsFunc(carriers, func(at int) bool {
			doc := list[at].match.Doc
			return u.reader.Counted(i, doc) > 0 && (side == "" || u.reader.Together(i, side, doc))
		}) {
			return true
		}
	}
	return false
}

// unnamed reports whether a question asks for nothing but who holds an office, and nobody speaks in it.
func (e *Engine) unnamed(u *understood, list []candidate, carriers []int) bool {
	if u.query.Asks != index.AsksPerson {
		return false
	}
	var offices []int
	for i := range u.query.Groups[:u.own] {
		switch g := &u.query.Groups[i]; {
		case e.entityOf(g) == Office:
			offices = append(offices, i)
		case !g.Stop && !language.QuestionWord(g.Token.Folded):
			return false
		}
	}
	return len(offices) > 0 && !slices.ContainsFunc(carriers, func(at int) bool {
		return slices.ContainsFunc(offices, func(i int) bool {
			return e.pack.Statements[list[at].at].Speaker != "" && e.index.Find(u.query, i, list[at].match.Doc).Fields.Has(index.Office)
		})
	})
}

// onPerson reports whether a question asks something about a person of whom the best statement holds the name alone.
func (e *Engine) onPerson(u *understood, x *evidence) bool {
	return x[fName] > 0 && slices.ContainsFunc(u.query.Groups[:u.own], func(g index.Group) bool { return e.entityOf(&g) == Person })
}
