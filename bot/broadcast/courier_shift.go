package broadcast

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"refbot/bot"
	"refbot/knowledge/language"
)

// shift is a stretch of sending without a pause: one feeder claims batches, many senders take lines from it, and a
// scribe writes for all of them.
type shift struct {
	c       *Courier
	b       *Broadcast
	quota   int // lines to send
	replies map[language.Code]bot.Reply
	scribe  *scribe
	items   chan item
	stop    context.CancelFunc
	well    atomic.Int64 // when a call last went well, Unix nanoseconds

	mu   sync.Mutex
	held map[*claimed]struct{}
}

// everybody is the quota of a shift that ends only when it is stopped.
const everybody = -1

// claimed is a batch in this worker's hands.
type claimed struct {
	*Batch
	left atomic.Int64 // lines that are not settled
	lost atomic.Bool  // to another worker
}

// item is a line on its way.
type item struct {
	batch *claimed
	line  int
}

func (it item) Line() Line { return it.batch.Lines[it.line] }

func (it item) mark(o Outcome, message int) Mark {
	return Mark{Batch: it.batch.Batch, Line: it.line, Outcome: o, Message: message}
}

// claimPause is how long a feeder waits when there is nothing to claim now.
const claimPause = 250 * time.Millisecond

func (c *Courier) shift(b *Broadcast, quota int) *shift {
	s := &shift{
		c: c, b: b, quota: quota, replies: map[language.Code]bot.Reply{},
		items: make(chan item, 2*c.Parallel), held: map[*claimed]struct{}{},
	}
	for _, code := range append(language.Codes(), "") {
		if r, ok := b.Reply(code); ok {
			s.replies[code] = r
		}
	}
	return s
}

// work sends until the quota is reached or ctx ends. When it returns, what became of every line is written, and
// what was not sent is given back.
func (s *shift) work(ctx context.Context) {
	ctx, s.stop = context.WithCancel(ctx)
	defer s.stop()
	s.scribe = newScribe(s.c.Ledger, s.c.Lease, s.c.Log)
	var senders sync.WaitGroup
	for range s.c.Parallel {
		senders.Go(func() {
			for it := range s.items {
				s.deliver(ctx, it)
			}
		})
	}
	renewing, end := context.WithCancel(context.WithoutCancel(ctx))
	var renewal sync.WaitGroup
	renewal.Go(func() { s.renew(renewing) })
	s.feed(ctx)
	close(s.items)
	senders.Wait()
	end()
	renewal.Wait()
	s.scribe.close()
	s.release(ctx)
}

// claim asks for a batch. What was asked is heard to the end even when the shift ends meanwhile: a batch that nobody
// knows of would wait for the end of its lease.
func (s *shift) claim(ctx context.Context) (*Batch, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askPatience)
	defer cancel()
	return s.c.Ledger.Claim(ctx, s.b.ID, s.c.name, s.c.Lease)
}

// feed claims batches and hands out their lines.
func (s *shift) feed(ctx context.Context) {
	for left := s.quota; left != 0 && ctx.Err() == nil; {
		batch, err := s.claim(ctx)
		if err != nil && ctx.Err() == nil {
			s.c.Log.Warn("recipients can't be claimed", "error", err)
		}
		if batch == nil {
			wait(ctx, claimPause)
			continue
		}
		h := &claimed{Batch: batch}
		h.left.Store(int64(len(batch.Lines)))
		s.mu.Lock()
		s.held[h] = struct{}{}
		s.mu.Unlock()
		for i := 0; i < len(batch.Lines) && left != 0 && s.hand(ctx, item{h, i}); i++ {
			left--
		}
	}
}

// hand hands a line to a sender; false when ctx ends.
func (s *shift) hand(ctx context.Context, it item) bool {
	select {
	case s.items <- it:
		return true
	case <-ctx.Done():
		return false
	}
}

// settled counts a line of a batch, and lets go of the batch after the last one.
func (s *shift) settled(h *claimed) {
	if h.left.Add(-1) == 0 {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.held, h)
	}
}

// renew keeps the batches, however long Telegram wants silence.
func (s *shift) renew(ctx context.Context) {
	for ctx.Err() == nil {
		wait(ctx, s.c.Lease/3)
		s.mu.Lock()
		for h := range s.held {
			if h.lost.Load() {
				delete(s.held, h)
				continue
			}
			s.scribe.note(note{mark: Mark{Batch: h.Batch, Line: -1}, batch: h})
		}
		s.mu.Unlock()
	}
}

// release gives back what is still in hand.
func (s *shift) release(ctx context.Context) {
	var batches []*Batch
	for h := range s.held {
		batches = append(batches, h.Batch)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askPatience)
	defer cancel()
	if err := s.c.Ledger.Release(ctx, batches); err != nil {
		s.c.Log.Warn("claims could not be given back, they end by themselves", "error", err)
	}
}
