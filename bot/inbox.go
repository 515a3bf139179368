package bot

import (
	"context"
	"time"
)

// Inbox is where updates wait, durably, from the moment a door has them until they are handled.
// Updates of one mailbox (one chat) are handed out in the order they arrived, one at a time;
// different mailboxes in parallel, on any number of replicas. Errors are *Error of kind StoreDown.
type Inbox interface {
	// Put stores updates; one whose ID was put before is dropped. When Put returns nil they survive a crash.
	Put(ctx context.Context, updates []Update) error
	// Lease hands out about n mailboxes that have work and nobody works on, each with its oldest update.
	// Whoever does not Renew within the lease loses the mailbox to the next caller.
	Lease(ctx context.Context, n int) ([]Delivery, error)
	// Renew keeps the mailboxes of these deliveries for another lease.
	Renew(ctx context.Context, ds []Delivery) error
	// Done removes a handled update and hands out the mailbox's next one, nil when it is empty. A
	// delivery whose lease was lost is not removed: its new owner handles it.
	Done(ctx context.Context, d Delivery) (*Delivery, error)
	// Finish is Done that stores in the same round trip what the update left of its person. What is
	// between a reply and the end of Finish is all that a crash can make happen twice.
	Finish(ctx context.Context, d Delivery, o Outcome) (*Delivery, error)
	// Retry gives the mailbox back; its oldest update is handed out again after the pause.
	Retry(ctx context.Context, d Delivery, pause time.Duration) error
	// Release is Retry for an update that is not to blame: the try does not count.
	Release(ctx context.Context, d Delivery, pause time.Duration) error
	// Bury moves a poisonous update to the dead letters, with the error that it ended in, and hands out the
	// next one as Done does. As any error of the bot, this one holds no text of people.
	Bury(ctx context.Context, d Delivery, why error) (*Delivery, error)
	// Wake is signalled when Put stored something on this replica.
	Wake() <-chan struct{}
}

// Update is a raw update of a messenger with what the inbox needs to know of it.
type Update struct {
	ID      int64  // increases; the same update always has the same ID
	Mailbox int64  // the chat, or the person for an inline query
	Data    []byte // as it came, at most MaxUpdate bytes
}

// MaxUpdate bounds a raw update in bytes; Telegram's largest are far below it.
const MaxUpdate = 1 << 20

// Delivery is an update being worked on.
type Delivery struct {
	Mailbox string // opaque
	Data    []byte
	Tries   int    // 1 for the first time it is handed out
	Token   string // of the lease, opaque
}
