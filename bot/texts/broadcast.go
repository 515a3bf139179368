package texts

import "refbot/knowledge/language"

// Broadcast is what people read about messages to subscribers: the subscribers themselves, and the staff who
// write, approve and watch them. Arguments called html go into HTML and are escaped by the caller.
type Broadcast struct {
	OnlyIn map[language.Code]string // above a message in another language

	// Beginning.
	AskText      string
	Templates    map[string]string // captions, by name
	TemplateVote func(campaign, date string) string
	TemplateFix  string
	None, List   string
	Gone         string

	// The card.
	States        map[string]string
	IsRecall      func(id string) string
	IsCorrection  func(id string) string
	Author        string
	Reach         func(n int, written string) string
	NobodyYet     string
	Corrects      func(n int, written string) string
	Recalls       func(n int, written string) string
	Length        func(name, units, limit string) string
	Instead       func(name, other string) string
	LeftOut       func(name string) string
	AtOnce        string
	At            func(at, until string) string
	ItIsNight     func(clock string) string
	ThenIsNight   string
	Cut           string
	Override      func(why string) string
	Doubts        map[string]func(what string) string // by broadcast.DoubtKind
	Tested        string
	NothingToShow string

	// Writing.
	AskLanguage, AskFallback                 string
	AskTextIn                                func(name string) string
	AskFile, AskButton                       string
	AskStatement, PickStatement, NoStatement string
	ReadMore                                 string // a button under a message
	AskAudience, AskRegions                  string
	Since                                    func(days int) string
	SinceDate                                func(date string) string
	AskMoment                                func(zone, now string) string
	AskLate, BadTime                         string
	Late                                     func(minutes int) string
	AskReason                                string

	// The second person.
	Asked          func(n int) string
	NobodyApproves string
	PleaseApprove  string
	NightAsk       func(at string) string
	NightToast     string
	Outdated       string
	Approved       string
	Withdrawn      func(html string) string
	ApprovedBy     func(html, who string) string
	Returned       func(html, who string) string
	BeginsNow      string
	BeginsAt       func(at string) string

	// Watching.
	SentOf                       func(n, of string) string
	CorrectedOf, RecalledOf      func(n, of string) string
	Unreachable, Failed, Unknown string
	Starting                     string
	Pace                         func(rate, left string) string
	UnderMinute                  string
	Minutes                      func(n int) string
	Hours                        func(h, m int) string
	Paused                       map[string]string // by broadcast.PauseReason
	WhyExpired                   map[string]string
	WhyUnknown                   string
	RecallUntil                  func(at, left string) string
	NotSent, Table               string

	// What is not done, and why.
	BadState        func(state string) string
	Quiet           func(until string) string
	QuietAdmin      string
	TooLate         func(at string) string
	TooLong         func(by int) string
	TelegramRefuses string
	Faults          map[string]func(tag, near string) string // by markup.Problem
	SendAgain       string
	Refusals        map[string]string // by broadcast.Reason

	Help   string // for staff
	Button BroadcastButtons
}

// BroadcastButtons are the captions under messages to staff.
type BroadcastButtons struct {
	Continue, List, Back, Ready, Open                      string
	Test, Submit, Remind, Edit, Cancel, Override           string
	Text, Statement, File, Link, Audience, Moment, Regions string
	Write, Rewrite, Nothing, NoFile, NoLinks               string
	AtOnce                                                 string
	Approve, ApproveAtNight, Return                        string
	Pause, Resume, Stop                                    string
	Again                                                  func(n string) string
	Correct, Recall, Copy, Table                           string
}
