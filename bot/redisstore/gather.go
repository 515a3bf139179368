package redisstore

import (
	"errors"
	"sync"

	"refbot/bot"
)

// gather lets calls of Put that come while another is on its way share the next round trip: a webhook
// brings its updates one by one.
type gather struct {
	mu      sync.Mutex
	flying  bool
	waiting *batch
}

// batch is what goes to Redis in one round trip.
type batch struct {
	updates []bot.Update
	done    chan struct{}
	failed  [Shards]error // valid once done is closed
}

// join adds updates to the next batch and has it stored, each batch by the send of one of its callers.
func (g *gather) join(updates []bot.Update, send func(*batch)) *batch {
	g.mu.Lock()
	defer g.mu.Unlock()
	b := g.waiting
	if b == nil {
		b = &batch{done: make(chan struct{})}
		g.waiting = b
	}
	b.updates = append(b.updates, updates...)
	if !g.flying {
		g.flying = true
		go g.fly(send)
	}
	return b
}

// fly stores batches until none waits.
func (g *gather) fly(send func(*batch)) {
	for b := g.next(); b != nil; b = g.next() {
		send(b)
		close(b.done)
	}
}

func (g *gather) next() *batch {
	g.mu.Lock()
	defer g.mu.Unlock()
	b := g.waiting
	g.waiting = nil
	g.flying = b != nil
	return b
}

// errorOf returns the errors of the shards that these updates belong to.
func (b *batch) errorOf(s *Sealer, updates []bot.Update) error {
	if b.failed == [Shards]error{} {
		return nil
	}
	var concerned [Shards]bool
	for _, u := range updates {
		concerned[shardOf(s.Hide("mailbox", u.Mailbox))] = true
	}
	var errs []error
	for n, err := range b.failed {
		if concerned[n] && err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
