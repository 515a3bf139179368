package broadcast

import (
	"context"
	"time"

	"refbot/knowledge/language"
)

// Store keeps broadcasts. Errors are *bot.Error of kind StoreDown, or ErrConflict, ErrUnknown.
type Store interface {
	// Save stores b when the stored version is b.Version (0: none), and counts b.Version up; ErrConflict
	// when somebody else was faster. What is in state Draft or Submitted may change in its text; the
	// caller guards the rest.
	Save(ctx context.Context, b *Broadcast) error
	Load(ctx context.Context, id ID) (*Broadcast, error)
	// List gives broadcasts, newest first; at most n after the cursor ("" for the first page).
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
	Since    time.Time
}

// Audience knows who subscribed and can be reached. Errors are *bot.Error of kind StoreDown.
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
	Sent        Outcome = "sent"
	Unreachable Outcome = "unreachable" // blocked the bot, or is gone
	Failed      Outcome = "failed"      // Telegram refuses this message to them for another reason
	Unknown     Outcome = "unknown"     // cut off after it was written: may have arrived
)

// Line is one recipient's line of a ledger.
type Line struct {
	Chat     int64
	Language language.Code
	Outcome  Outcome
	Message  int // id of the sent message
}

// Tally counts a ledger's lines by outcome.
type Tally struct {
	Queued, Sent, Unreachable, Failed, Unknown int
}

// Ledger keeps a line for each recipient of each broadcast. Errors are *bot.Error of kind StoreDown.
type Ledger interface {
	// Freeze writes the audience of a broadcast into its ledger. It may be repeated after a crash: whoever is in
	// it already stays as they are. Nobody is claimed before it is complete.
	Freeze(ctx context.Context, id ID, s Segment, progress func(done, total int)) error
	// Claim hands out up to n queued lines for the lease; whoever holds a line that is not settled when it ends
	// has lost it: a line that was begun becomes unknown, any other is queued again.
	Claim(ctx context.Context, id ID, worker string, n int, lease time.Duration) ([]Line, error)
	// Begin notes that the lines are about to be written to Telegram. Only a begun line may be sent.
	Begin(ctx context.Context, id ID, worker string, chats []int64) error
	// Settle records what became of lines, of this worker and claimed by it.
	Settle(ctx context.Context, id ID, worker string, lines []Line) error
	Tally(ctx context.Context, id ID) (Tally, error)
	// Each visits the lines, in no order, as memory allows.
	Each(ctx context.Context, id ID, visit func(Line) error) error
	// Requeue puts the unknown lines back into the queue, because a person said so.
	Requeue(ctx context.Context, id ID) (int, error)
}
