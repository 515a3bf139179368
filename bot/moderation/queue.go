package moderation

import (
	"context"
	"hash/fnv"
	"time"

	"refbot/bot"
	"refbot/knowledge"
)

// LeaseTime is how long a card is kept for the moderator who got it.
const LeaseTime = 10 * time.Minute

// Why is why a card is in the queue.
type Why string

// The reasons, the most useful first.
const (
	ManyAsk  Why = "cluster" // similar questions without an answer
	Disliked Why = "down"    // the asker found the answer not helpful
	Unsure   Why = "unsure"  // the bot was not sure of its decision
	Held     Why = "gate"    // the gate stopped what the LLM wrote
	ByChance Why = "sample"
)

const (
	unsure = .6 // confidence below which the bot was not sure
	oneIn  = 50 // of the rest, every so manieth is a sample
)

// Worth tells why an entry by itself deserves a look, "" when it does not; within a reason the higher urgency
// comes first. It is in [0,1). An abstention has none of its own: its cluster has a card. The sample goes by
// the ref, which is random, so that it is the same whoever draws it.
func Worth(e *bot.Entry) (why Why, urgency float64) {
	recent := 1 - 1/(1+float64(max(0, e.At.Unix()))/1e9) // later is more, below 1 for good
	switch {
	case e.Review != nil:
		return "", 0
	case e.Feedback == bot.NotHelpful:
		return Disliked, recent
	case e.Decision == knowledge.DecideAbstain:
		return "", 0
	case e.Confidence < unsure:
		return Unsure, 1 - max(e.Confidence, 0) - 1e-9
	case e.Phrasing != nil && e.Phrasing.Ending == bot.Stopped:
		return Held, recent
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(e.Ref))
	if n := h.Sum32(); n%oneIn == 0 {
		return ByChance, float64(n) / (1 << 32)
	}
	return "", 0
}

// Card is one thing to look at.
type Card struct {
	Question Question // for a cluster, its most typical question
	Why      Why
	Cluster  *Cluster  // nil but for ManyAsk
	Until    time.Time // when the lease ends
}

// Queue hands out cards. Errors are *bot.Error of kind StoreDown, or ErrEmpty.
type Queue interface {
	// Next leases the most useful card that nobody else has: the same one again for as long as the moderator's
	// lease lasts and they neither ruled on it nor gave it back. remaining counts what waits, this card included.
	// ErrEmpty when there is none.
	Next(ctx context.Context, who int64) (card Card, remaining int, err error)
	// Return gives a card back to the others without a ruling. This moderator does not get it again for some hours.
	Return(ctx context.Context, who int64, ref string) error
	// Remaining counts what waits, leased cards included.
	Remaining(ctx context.Context) (int, error)
}
