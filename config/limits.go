package config

import (
	"strings"
	"time"
)

const day = 24 * time.Hour

// Keep says how long each kind of data about people is kept.
type Keep struct {
	Session     time.Duration // since the last message
	Profile     time.Duration // since it was last used; not while the person is subscribed
	Journal     time.Duration // since the question
	DeadLetters time.Duration // since the message was given up
}

// The bounds of Keep. A session shorter than an hour would break conversations, and nothing about a
// person is kept for ever.
var (
	keepSession     = span{"REFBOT_KEEP_SESSION", time.Hour, 30 * day, day}
	keepProfile     = span{"REFBOT_KEEP_PROFILE", day, 3650 * day, 180 * day}
	keepJournal     = span{"REFBOT_KEEP_JOURNAL", day, 3650 * day, 180 * day}
	keepDeadLetters = span{"REFBOT_KEEP_DEAD_LETTERS", time.Hour, 90 * day, 14 * day}
)

// Limits bound what is taken in, worked on and sent. Those of a replica count for each of them.
type Limits struct {
	Chats      int           // a replica works on at once
	Burst      int           // messages of one person at once
	PerMinute  int           // messages of one person that go on
	ShedAfter  time.Duration // of waiting: from then on inline queries are dropped
	InboxChat  int           // messages of one chat that may wait
	InboxChats int           // chats that may wait, over all replicas
	BulkRate   int           // messages of broadcasts a second, over all replicas; 0: what Telegram allows
	Paid       bool          // broadcasts go out with allow_paid_broadcast
}

var (
	waitReplicas   = number{"REDIS_WAIT_REPLICAS", 0, 5, 0}
	limitChats     = number{"REFBOT_CHATS", 1, 1000, 128}
	limitBurst     = number{"REFBOT_PERSON_BURST", 1, 1000, 30}
	limitPerMinute = number{"REFBOT_PERSON_PER_MINUTE", 1, 6000, 30}
	limitShed      = span{"REFBOT_SHED_AFTER", 100 * time.Millisecond, 10 * time.Minute, 3 * time.Second}
	limitInboxChat = number{"REFBOT_INBOX_PER_CHAT", 10, 10_000, 1000}
	limitInbox     = number{"REFBOT_INBOX_CHATS", 100, 10_000_000, 250_000}
	limitBulk      = number{"TELEGRAM_BULK_PER_SECOND", 1, 1000, 30}
)

func (r *reader) keep() Keep {
	return Keep{
		Session: r.span(keepSession), Profile: r.span(keepProfile),
		Journal: r.span(keepJournal), DeadLetters: r.span(keepDeadLetters),
	}
}

func (r *reader) limits() Limits {
	l := Limits{
		Chats: r.count(limitChats),
		Burst: r.count(limitBurst), PerMinute: r.count(limitPerMinute),
		ShedAfter: r.span(limitShed),
		InboxChat: r.count(limitInboxChat), InboxChats: r.count(limitInbox),
		Paid: r.flag("TELEGRAM_ALLOW_PAID_BROADCAST"),
	}
	if bulk := limitBulk; r.text(limitBulk.name, anything) != "" {
		if !l.Paid {
			bulk.most = bulk.fallback
		}
		l.BulkRate = r.count(bulk)
	}
	return l
}

// cannotWait says why the store can't wait for replicas; "" when it can, or need not.
func (s Store) cannotWait() string {
	switch {
	case s.Replicas == 0:
		return ""
	case s.Embedded():
		return "needs a Redis with replicas; set REDIS_URL, or unset it"
	case strings.HasPrefix(s.RedisURL.Reveal(), "redis+cluster:"):
		return "does not work with redis+cluster://, where each master has its own replicas; unset it"
	}
	return ""
}
