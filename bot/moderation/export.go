package moderation

import (
	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/evaluation"
)

// types are the types of a question set by what is expected.
var types = map[knowledge.Decision]string{
	knowledge.DecideAnswer: "answerable", knowledge.DecideAbstain: "unanswerable", knowledge.DecideNeutral: "opinion",
	knowledge.DecideOfftopic: "offtopic", knowledge.DecideSmalltalk: "smalltalk",
}

// Ruled turns a question with a ruling into one of a set for `refbot eval`; false where the ruling says nothing
// that can be tested: spam, a plain "wrong", a statement that is yet to be written. The turns before it are not
// in the journal, so it stands alone.
//
// What was right is expected again: the decision, and of an answer the statement it rested on first. "Better"
// expects the moderator's statements. "Abstain" expects that the bot says it has no answer.
func Ruled(q *Question) (evaluation.Question, bool) {
	if q.Review == nil {
		return evaluation.Question{}, false
	}
	out := evaluation.Question{
		ID: "j-" + q.Ref, Lang: q.Language, Style: "journal", Turns: []string{q.Question}, Relevant: map[string]int{},
		MustMention: []string{}, MustNotMention: []string{}, Note: q.Review.Note,
	}
	switch q.Review.Ruling {
	case Right:
		out.Expected = q.Decision
		grade(out.Relevant, q.Statements, 1)
		grade(out.Relevant, q.Statements[:min(1, len(q.Statements))], evaluation.Full)
	case Better:
		out.Expected = knowledge.DecideAnswer
		grade(out.Relevant, q.Review.Better, evaluation.Full)
	case Abstain:
		out.Expected = knowledge.DecideAbstain
	default:
		return evaluation.Question{}, false
	}
	out.Type = types[out.Expected]
	return out, out.Type != ""
}

func grade(relevant map[string]int, ids []string, grade int) {
	for _, id := range ids {
		relevant[id] = grade
	}
}

// Shown is the question as it may leave the house: without who ruled.
func Shown(e bot.Entry) bot.Entry {
	e.Review = nameless(e.Review)
	return e
}

func nameless(r *bot.Review) *bot.Review {
	if r == nil {
		return nil
	}
	shown := *r
	shown.By, shown.Former = 0, nameless(r.Former)
	return &shown
}
