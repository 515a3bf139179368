package broadcast

import (
	"context"
	"errors"
	"time"

	"refbot/knowledge/language"
)

// What a [Store] answers besides errors of kind StoreDown.
var (
	ErrConflict = errors.New("the broadcast was changed by somebody else meanwhile")
	ErrUnknown  = errors.New("there is no such broadcast")
)

// Store keeps broadcasts. Errors are *bot.Error of kind StoreDown, or ErrConflict, ErrUnknown.
type Store interface {
	// Save stores b when the stored version is b.Version (0: none), and counts b.Version up; ErrConflict
	// when somebody else was faster. What is in state Draft or Submitted may change in its text; the
	// caller guards the rest.
	Save(ctx context.Context, b *Broadcast) error
	Load(ctx context.Context, id ID) (*Broadcast, error)
	// List gives broadcasts, newest first; at most n after the cursor ("" for the first page). next is ""
	// when there are no more.
	List(ctx context.Context, cursor string, n int) (list []*Broadcast, next string, err error)
	// Active are those scheduled, sending or paused.
	Active(ctx context.Context) ([]*Broadcast, error)
}

// Subscriber is one of the audience.
type Subscriber struct {
	Chat     int64
	Language language.Code // of messages to them
	Topics   []string      // none: all
	Region   string        // "" when not given
	Since    time.Time     // to the second
}

// Audience knows who subscribed and can be reached. Errors are *bot.Error of kind StoreDown. What people do
// themselves (/subscribe, /lang, blocking the bot, /forget) the session store keeps in it, together with
// their profile.
type Audience interface {
	// Put adds or changes a subscriber.
	Put(ctx context.Context, s Subscriber) error
	// Remove takes somebody out: unsubscribed, blocked, or forgotten.
	Remove(ctx context.Context, chat int64) error
	// Count counts a segment by language, with progress to the callback, which may be nil.
	Count(ctx context.Context, s Segment, progress func(done, total int)) (map[language.Code]int, error)
}

// Outcome is what became of a recipient.
type Outcome string

// The outcomes. Queued ones are still to come.
const (
	Queued      Outcome = "queued"
	Begun       Outcome = "begun" // about to be written, or written, to Telegram; counts as queued
	Sent        Outcome = "sent"
	Unreachable Outcome = "unreachable" // blocked the bot, is gone, or left the audience after the start
	Failed      Outcome = "failed"      // Telegram refuses this message to them for another reason
	Unknown     Outcome = "unknown"     // cut off after it was written: may have arrived
)

// Outcomes are those a line can be counted under, in the order of a report.
func Outcomes() []Outcome { return []Outcome{Queued, Sent, Unreachable, Failed, Unknown} }

// Line is one recipient's line of a ledger.
type Line struct {
	Chat     int64
	Language language.Code
	Outcome  Outcome
	Message  int // id of the sent message; of the one to be changed while a correction or recall is queued
}

// Tally counts a ledger's lines by outcome.
type Tally struct {
	Queued, Sent, Unreachable, Failed, Unknown int
}

// Batch is a stretch of a ledger that one worker has claimed: Lines are those that were queued.
type Batch struct {
	Broadcast ID
	Shard     int
	Number    int    // within the shard
	Token     string // of the claim
	Lines     []Line
	Places    []int // where each of Lines stands in the stretch
}

// Mark is what a worker writes about a line of its batch.
type Mark struct {
	Batch   *Batch
	Line    int // index in Batch.Lines; -1 only keeps the batch
	Outcome Outcome
	Message int
	// Refused is set by Write when the batch is not the worker's any more: a line marked Begun must
	// then not be sent.
	Refused bool
}

// Stage is how far a ledger is.
type Stage string

// The stages of a ledger.
const (
	Unfrozen Stage = ""       // nobody may be claimed
	Canary   Stage = "canary" // complete; only the leader sends, and only to a few
	Open     Stage = "open"   // everybody may send
)

// Term is what a worker learns when it asks to lead.
type Term struct {
	Leads  bool
	Stage  Stage
	Judged Tally // up to which errors were judged: see Verdict
}

// Ledger keeps a line for each recipient of each broadcast. Errors are *bot.Error of kind StoreDown.
//
// A claim is kept by whatever its worker writes under it, for the lease. Whoever is not heard of for longer
// has lost its batch to the next claim: a line that was begun is unknown from then on, any other is
// claimed again. What the loser still says of how a line ended is taken when the line is unknown.
type Ledger interface {
	// Freeze writes the audience of a broadcast into its ledger. It may be repeated after a crash: whoever is in
	// it already stays as they are. When it is complete, the stage is Canary.
	Freeze(ctx context.Context, id ID, s Segment, progress func(done, total int)) error
	// Inherit is Freeze for a correction or a recall: it writes those whom the broadcast from was sent to.
	Inherit(ctx context.Context, id, from ID, progress func(done, total int)) error
	// Lead asks to lead the work on a broadcast, or to go on leading it, for the lease.
	Lead(ctx context.Context, id ID, worker string, lease time.Duration) (Term, error)
	// SetStage is for the leader.
	SetStage(ctx context.Context, id ID, s Stage, judged Tally) error
	// Claim hands out a batch for the lease, nil when there is none now.
	Claim(ctx context.Context, id ID, worker string, lease time.Duration) (*Batch, error)
	// Write notes in one round trip what is about to happen to lines (Begun), what became of them, and
	// which are given back (Queued). Writing the same again changes nothing.
	Write(ctx context.Context, marks []Mark, lease time.Duration) error
	// Release gives batches back, to be claimed again at once.
	Release(ctx context.Context, batches []*Batch) error
	// Tally counts; its cost does not depend on how many recipients there are.
	Tally(ctx context.Context, id ID) (Tally, error)
	// Each visits the lines, in no order, as memory allows. An error of visit ends it and is returned. Lines are
	// kept for 30 days, tallies for good.
	Each(ctx context.Context, id ID, visit func(Line) error) error
	// Requeue puts the unknown lines back into the queue, because a person said so. The broadcast must then be
	// Sending again.
	Requeue(ctx context.Context, id ID) (int, error)
}
