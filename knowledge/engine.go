package knowledge

import (
	"time"

	"refbot/knowledge/language"
)

// Decision is the verdict on a question.
type Decision string

// The five verdicts.
const (
	DecideAnswer    Decision = "answer"    // official statements answer it
	DecideAbstain   Decision = "abstain"   // on the subject, but no official statement answers it
	DecideNeutral   Decision = "neutral"   // asks for an opinion or how to vote
	DecideOfftopic  Decision = "offtopic"  // another subject, another country, an order to the bot
	DecideSmalltalk Decision = "smalltalk" // greeting, thanks, who are you
)

// Question is what a citizen typed, with what went before.
type Question struct {
	Text     string        // at most MaxQuestion runes are read
	Previous []string      // earlier questions of the conversation, oldest first; the last MaxTurns are read
	Language language.Code // the language the person fixed with /lang; "" to follow the question
	Speaks   language.Code // what they were last spoken to in, for words of more than one language; "" when nobody knows
	Now      time.Time     // zero: no validity check against the clock
	Near     []string      // ids of statements that another measure finds near, best first; see Neighbours
}

// Limits on a question.
const (
	MaxQuestion = 4096 // runes
	MaxTurns    = 6
)

// Hit is a statement with its score; scores fall in [0,1] and compare only within one Answer.
type Hit struct {
	Statement *Statement
	Score     float64
	// Best holds byte ranges of Statement.Text: the sentences that answer, best first. Of the statements of
	// an Answer, only those cited have them.
	Best [][2]int
}

// Answer is what the engine makes of a question. It holds no text for people beyond Understood:
// sentences are the bot's.
type Answer struct {
	Decision   Decision
	Language   language.Code // to reply in
	Confidence float64       // calibrated chance that Decision is right, in [0,1]
	Understood string        // the question as understood: layout and typos repaired, follow-up completed
	Hits       []Hit         // cited statements, best first, at most three; empty unless Decision is answer
	Ranked     []Hit         // the ten best candidates, whatever the decision
	Replaced   []*Statement  // older statements whose value the first hit replaces, newest first
	Historic   bool          // the question asked for the past ("in 2022", "the first draft"): hits may be superseded
	Nearby     []string      // up to three topic ids near the question, for an abstention
	Smalltalk  SmalltalkKind // which courtesy, when Decision is smalltalk
	Offtopic   OfftopicKind  // which reply fits, when Decision is offtopic
	Topic      string        // the topic id of the first hit, "" if none
	Alone      bool          // the questions before make no difference to it
	Trace      *Trace        // every step, only when asked for
}

// SmalltalkKind tells courtesies apart.
type SmalltalkKind string

// The courtesies.
const (
	Greeting       SmalltalkKind = "greeting"
	Thanks         SmalltalkKind = "thanks"
	Farewell       SmalltalkKind = "farewell"
	Acknowledge    SmalltalkKind = "acknowledge" // "ok, got it"
	WhoAreYou      SmalltalkKind = "who"         // "are you a bot?"
	WhatCanYou     SmalltalkKind = "help"        // "what can you do", mistyped commands such as /хелп
	SwitchLanguage SmalltalkKind = "language"    // "answer in Russian": Answer.Language is the one asked for
	Insult         SmalltalkKind = "insult"
)

// OfftopicKind tells off-topic questions apart.
type OfftopicKind string

// The off-topic replies.
const (
	OtherSubject OfftopicKind = "subject" // weather, recipes, public services
	OtherCountry OfftopicKind = "country"
	Order        OfftopicKind = "order" // an instruction to the bot: ignore your rules, write a poem
	Gibberish    OfftopicKind = "gibberish"
)
