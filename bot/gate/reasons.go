package gate

// Reason names what is wrong with a sentence. Reasons are labels of a metric: they hold no text.
type Reason string

// The reasons.
const (
	Empty       Reason = "empty"       // no sentence, or one without words
	TooLong     Reason = "too_long"    // more sentences or characters than an answer has
	Citation    Reason = "citation"    // cites nothing, or a number that is no statement
	Characters  Reason = "characters"  // invisible or control characters
	Markup      Reason = "markup"      // tags, Markdown, code
	Link        Reason = "link"        // an address that is not the statement's or the campaign's
	Leak        Reason = "leak"        // words of the prompt or of the machine
	Language    Reason = "language"    // not in the language asked for
	Advice      Reason = "advice"      // says how to vote
	Evaluation  Reason = "evaluation"  // praises or blames
	Number      Reason = "number"      // a number that does not stand in what it cites
	Date        Reason = "date"        // a date or year, likewise
	Percent     Reason = "percent"     // a percent, likewise
	Article     Reason = "article"     // an article or clause, likewise
	Time        Reason = "time"        // a time of day, likewise
	Duration    Reason = "duration"    // a number with another unit of time
	Binding     Reason = "binding"     // a number that counts something else
	Name        Reason = "name"        // a person, place or title
	Office      Reason = "office"      // an office or a body
	Speaker     Reason = "speaker"     // said by somebody else
	Negation    Reason = "negation"    // a "not" added or left out
	Modal       Reason = "modal"       // a "must", "may" or "only" added or left out
	Condition   Reason = "condition"   // an exception or a deadline left out
	Opposite    Reason = "opposite"    // a word with an opposite that the statements do not use
	Quotation   Reason = "quotation"   // words in quotation marks that nobody said
	DraftAsLaw  Reason = "draft"       // a draft given as law
	OldAsNew    Reason = "replaced"    // a replaced value given as current
	Unsupported Reason = "unsupported" // its words are not those of what it cites
)

// Finding is one thing wrong with a sentence.
type Finding struct {
	Reason Reason `json:"reason"`
	Detail string `json:"detail,omitempty"` // the words in question, of the sentence or the statement
}

// Reasons lists the reasons.
func Reasons() []Reason {
	return []Reason{
		Empty, TooLong, Citation, Characters, Markup, Link, Leak, Language, Advice, Evaluation, Number, Date, Percent, Article, Time,
		Duration, Binding, Name, Office, Speaker, Negation, Modal, Condition, Opposite, Quotation, DraftAsLaw, OldAsNew, Unsupported,
	}
}
