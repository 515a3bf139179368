package texts

// Review is what moderators read while they review questions and write statements.
type Review struct {
	Empty     string
	Remaining func(n int) string
	Why       map[string]string // by moderation.Why
	Like      func(n int) string
	Reply     string // heads what the bot replied
	Sure      func(percent int) string
	Reasons   string // heads what the gate said
	Gone      string // the entry is not kept any more
	Taken     string // somebody else is at it, or was faster
	Again     string // leads back to the queue

	Rulings map[string]string // what was ruled, by the ruling
	WhatNow string            // after "wrong": what would be right?
	Better  string            // choose the better statement
	NoneFit string

	Button ReviewButtons

	Ask      map[string]string // what to write for a field, by its name
	Fields   map[string]string // names of the fields
	Optional string
	BadDate  string
	BadURL   string
	TooLong  func(most int) string
	Draft    string // heads a draft
	Missing  func(fields string) string
	Faulty   string // heads what is wrong
	Doubts   string // heads what is doubtful
	Tried    func(answered, of int) string

	Submitted func(people int) string
	Nobody    string // nobody may publish it
	AskSecond func(author string) string
	AskRemove func(author, id string) string
	AskRevert func(author string, number int) string
	Returned  string
	AskWhy    string
	Withdrawn string
	Published func(number int) string
	PublishedTo,
	ReturnedTo func(title, why string) string
	Replay   func(turned, of int) string
	Refusals map[string]string // by library.Reason
	Help     string            // for /help
	Stats    Stats
	Digest   Digest
}

// Digest is what moderators read every day at an hour they choose.
type Digest struct {
	Head        func(date string) string
	Unanswered  string // heads what people ask most and get no answer to
	Published   func(n int) string
	Button, Off string
	Ask, Never  string
	At          func(hour string) string
}

// Stats is what /stats says.
type Stats struct {
	Today, Yesterday, Week, None string
	Line                         func(questions int, answered, abstained string, up, down int) string
	Waiting                      func(n int) string
}

// ReviewButtons are the buttons of review.
type ReviewButtons struct {
	Right, Wrong, Answer, Skip, Spam, Next                string
	BetterOne, ShouldAbstain, Needs, Undo, Back           string
	Edit, Submit, Publish, Return, Withdraw, None, Remind string
}
