// Package texts holds every sentence a person reads, in Kazakh, Russian and English.
//
// A Catalog is one language. All catalogs are the same struct, so that a sentence missing in one
// language does not compile or fails the completeness test. Sentences are plain text; package bot
// decides what is bold or linked, and handlers/telegram turns that into HTML.
package texts

import (
	"fmt"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Catalog is what refbot says in one language.
type Catalog struct {
	Code language.Code
	Name string // the language's own name, for the language menu

	Greeting         func(campaign string) string
	GreetingExamples string
	GroupGreeting    func(username string) string
	Help             string
	HelpCommands     string
	HelpInline       func(username string) string
	UnknownCommand   string
	Description      string // Bot API limit: 512 characters
	ShortDescription string // Bot API limit: 120 characters
	Commands         []Command

	Examples []string // three questions a newcomer can press

	TopicsTitle string
	TopicEmpty  string
	TopicCount  func(n int) string
	Page        func(page, of int) string
	UnknownLink string

	LanguageAsk  string
	LanguageSet  string
	LanguageAuto string

	SubscribeOn                        string
	SubscribeOff                       string
	SubscribeNotYet                    string
	SubscribeChoose                    string // above the choices
	SubscribeAll                       string
	SubscribeSome                      func(n int) string
	SubscribeTopics                    string
	SubscribeRegion, SubscribeNoRegion string
	SubscribeDone                      string
	Privacy                            func(k Kept, phrased bool) string // phrased: an LLM reads questions
	MyData                             string
	MyDataNothing                      string
	MyDataFile                         MyDataLabels
	ForgetAsk                          string
	ForgetDone                         string
	ForgetStaff                        string // for staff, in place of ForgetDone: a role remains
	ForgetKept                         string
	StatementUnknown                   string

	Abstain         string
	AbstainNearby   string
	AbstainReviewed string
	Neutral         string
	NeutralFacts    string
	Offtopic        map[knowledge.OfftopicKind]string
	Smalltalk       map[knowledge.SmalltalkKind]string

	Attribution        func(speaker, office, date string) string
	About              func(date string) string // a date that is not exact
	In                 map[language.Code]string // introduces a statement in another language
	Translation        map[language.Code]string // where a translated statement comes from
	MachineTranslation string                   // in front of one
	Replaces           func(date, who string) string
	ReplacedBy         string
	Disputed           string
	AsOf               func(date string) string
	Understood         func(question string) string

	FeedbackUp   string
	FeedbackDown string
	FeedbackGone string

	OnlyText     string
	VoiceTooLong string
	VoiceUnclear string
	Heard        func(question string) string // in front of the answer to a voice message
	PrivacyVoice string
	StaleMenu    string
	Trouble      string
	TooFast      string // once, when somebody floods
	Doubt        string // after a reply whose fate is unknown
	InlineNone   string

	Staff     Staff
	Broadcast Broadcast
	Notice    Notice
	Review    Review
	Dashboard map[string]string // the staff's pages, by what the templates call it
	Button    Buttons
}

// Command is one line of the "/" menu.
type Command struct{ Name, Description string }

// Buttons are the captions under messages.
type Buttons struct {
	Topics, Language, Back, Previous, Next        string
	Source, Up, Down, Follow                      string
	Subscribe, Unsubscribe, ForgetYes, Keep, Auto string
}

// MyDataLabels head the parts of the /mydata file.
type MyDataLabels struct {
	Title, Language, Subscribed, Since, Turns, None, FileName string
	Journal, Helpful, NotHelpful                              string
	Yes, No                                                   string
	News, Topics, Region                                      string
	Roles, Reviewed, Got                                      string
}

// For returns the catalog of a language; an unknown language gets Russian, which most citizens read.
func For(code language.Code) *Catalog {
	switch code {
	case language.Kazakh:
		return &kazakh
	case language.English:
		return &english
	default:
		return &russian
	}
}

// Date formats a day as people of the language write it: «2 февраля 2026 года», «2026 жылғы 2 ақпан»,
// "2 February 2026". The zero time gives "".
func (c *Catalog) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	switch c.Code {
	case language.Kazakh:
		return fmt.Sprintf("%d жылғы %d %s", t.Year(), t.Day(), monthsKazakh[t.Month()-1])
	case language.English:
		return t.Format("2 January 2006")
	default:
		return fmt.Sprintf("%d %s %d года", t.Day(), monthsRussian[t.Month()-1], t.Year())
	}
}

var (
	monthsKazakh = [12]string{
		"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
		"шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
	}
	monthsRussian = [12]string{
		"января", "февраля", "марта", "апреля", "мая", "июня",
		"июля", "августа", "сентября", "октября", "ноября", "декабря",
	}
)

// plural picks the Russian form for n: 1 заявление, 2 заявления, 5 заявлений.
func plural(n int, one, few, many string) string {
	switch {
	case n%10 == 1 && n%100 != 11:
		return one
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return few
	default:
		return many
	}
}

// passedOn tells what of a question others get to see.
func passedOn(phrased bool, nothing, question string) string {
	if phrased {
		return question
	}
	return nothing
}
