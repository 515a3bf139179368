package moderation

import (
	"context"
	"errors"
	"slices"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// What the interfaces answer besides *bot.Error of kind StoreDown.
var (
	ErrUnknown = errors.New("there is no such entry: its time is over, or its asker had it deleted")
	ErrCursor  = errors.New("this is no cursor of the journal")
	ErrNothing = errors.New("there is no ruling to take back")
	ErrRuling  = errors.New("there is no such ruling")
	ErrEmpty   = errors.New("nothing waits for review")
)

// Question is a line of the journal as moderators see it.
type Question struct {
	// Asker is the same for all questions of a person, and leads to nobody without the name key.
	Asker string `json:"asker"`
	bot.Entry
	Cluster ClusterID `json:"cluster,omitempty"` // "" for one that was answered, and for the first seconds
}

// The rulings on an answer.
const (
	Right   bot.Ruling = "right"   // as it should be, whatever the decision was
	Wrong   bot.Ruling = "wrong"   // without saying what would be right
	Better  bot.Ruling = "better"  // other statements answer it: Review.Better
	Abstain bot.Ruling = "abstain" // no statement answers it; the bot should have said so
	Needs   bot.Ruling = "needs"   // it deserves an answer, and needs a statement for that
	Spam    bot.Ruling = "spam"    // no question at all
)

// Rulings lists them.
func Rulings() []bot.Ruling { return []bot.Ruling{Right, Wrong, Better, Abstain, Needs, Spam} }

// Bounds of a review.
const (
	MaxBetter = 5    // statements
	MaxNote   = 1000 // bytes
	MaxFormer = 8    // rulings that can be taken back one after another
)

// Check reports what keeps a review from being stored: ErrRuling, or nil. [Better] needs statements, other
// rulings have none.
func Check(r bot.Review) error {
	known := slices.Contains(Rulings(), r.Ruling)
	if !known || (r.Ruling == Better) != (len(r.Better) > 0) || len(r.Better) > MaxBetter || len(r.Note) > MaxNote {
		return ErrRuling
	}
	return nil
}

// State is whether somebody has ruled on an entry.
type State string

// The states of a filter; "" is both.
const (
	Open     State = "open"
	Reviewed State = "reviewed"
)

// Filter narrows the journal; its zero value is all of it. Fields that are set must all hold.
type Filter struct {
	Since, Until time.Time // of the questions; Until is exclusive, zero times set no bound
	Language     language.Code
	Decision     knowledge.Decision
	Topic        string // id of the campaign's topic
	Feedback     bot.Feedback
	State        State
	Ruling       bot.Ruling
	Asker        string // the pseudonym
	Cluster      ClusterID
	// Text is words that the question holds, in any order: see [Needle].
	Text string
	// Oldest first; else newest first.
	Oldest bool
}

// Page is a part of the journal.
type Page struct {
	Questions []Question
	Next      string // the cursor of what follows, "" when there is nothing; it is safe to hand out
	// Searched is how far a filter by text has looked when it ends before the page is full: the time of the last
	// entry it read. Next goes on from there. Zero when the page is full or the journal has ended.
	Searched time.Time
}

// Journal is the log of questions. Each is in it once: an edited question takes the place of what it was.
// Errors are *bot.Error of kind StoreDown, or the Err values of this package.
type Journal interface {
	// Page gives at most n questions after the cursor, "" for the first page. It takes bounded work however long
	// the journal is: a page may be shorter than n and not be the last.
	Page(ctx context.Context, f Filter, cursor string, n int) (Page, error)
	// Question finds an entry by its ref alone. ErrUnknown.
	Question(ctx context.Context, ref string) (Question, error)
	// Rule stores a ruling by a moderator in place of the one there was, takes the entry's card out of the
	// queue and leaves an audit line. Of r it reads Ruling, Better and Note. ErrUnknown, ErrRuling.
	Rule(ctx context.Context, who int64, ref string, r bot.Review) (Question, error)
	// Undo returns to the ruling before the last one; where that leaves none, the card comes back into the queue.
	// ErrUnknown, ErrNothing.
	Undo(ctx context.Context, who int64, ref string) (Question, error)
	// Each visits all that fits the filter, oldest first, in flat memory. An error of visit ends it and is returned.
	Each(ctx context.Context, f Filter, visit func(Question) error) error
	// Stats counts per bucket from since to until, oldest first; buckets without questions are there too. Days
	// are those of since's location. At most [MaxBuckets].
	Stats(ctx context.Context, since, until time.Time, b Bucket) ([]Stats, error)
}
