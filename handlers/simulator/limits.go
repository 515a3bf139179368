package simulator

import (
	"math"
	"sync"
	"time"
)

// Limits are Telegram's limits on sending. The defaults are those of https://core.telegram.org/bots/faq#broadcasting-to-users.
type Limits struct {
	Enabled        bool `json:"enabled"`
	PerSecond      int  `json:"per_second"`       // messages over all chats; default 30
	ChatBurst      int  `json:"chat_burst"`       // messages to one chat before one a second holds; default 5
	GroupPerMinute int  `json:"group_per_minute"` // messages to one group; default 20
	PaidPerSecond  int  `json:"paid_per_second"`  // with allow_paid_broadcast; default 1,000
	PaidAllowed    bool `json:"paid_allowed"`     // the bot has the Stars to use allow_paid_broadcast
}

// bucket lets through n events per window, all of them at once if need be, by the generic cell rate algorithm:
// next is when the bucket would be full again had nothing more come.
type bucket struct{ next time.Time }

// wait is how long the next event must wait; 0 when it may pass now.
func (b *bucket) wait(now time.Time, n int, window time.Duration) time.Duration {
	if !b.next.After(now) {
		return 0
	}
	step := window / time.Duration(n)
	return max(0, b.next.Sub(now)-(window-step))
}

func (b *bucket) take(now time.Time, n int, window time.Duration) {
	if b.next.Before(now) {
		b.next = now
	}
	b.next = b.next.Add(window / time.Duration(n))
}

// window lets through n events in any stretch of a length: the strict reading of "20 a minute".
type window struct{ last []time.Time }

// wait is how long the next event must wait; 0 when it may pass now.
func (w *window) wait(now time.Time, n int, length time.Duration) time.Duration {
	if len(w.last) < n {
		return 0
	}
	return max(0, w.last[len(w.last)-n].Add(length).Sub(now))
}

func (w *window) take(now time.Time, n int) {
	if len(w.last) >= n {
		w.last = w.last[len(w.last)-n+1:]
	}
	w.last = append(w.last, now)
}

// chatRate is what a chat has used; its lock guards it.
type chatRate struct {
	second bucket
	minute window // of a group
}

// limits holds the limits and what the bot has used over all chats.
type limits struct {
	mu   sync.Mutex
	set  Limits
	all  bucket
	paid bucket
}

// SetLimits switches Telegram's rate limits on or off; zero fields take Telegram's figures.
func (s *Server) SetLimits(l Limits) {
	fill := func(n *int, figure int) {
		if *n <= 0 {
			*n = figure
		}
	}
	fill(&l.PerSecond, 30)
	fill(&l.ChatBurst, 5)
	fill(&l.GroupPerMinute, 20)
	fill(&l.PaidPerSecond, 1000)
	s.limits.mu.Lock()
	defer s.limits.mu.Unlock()
	s.limits.set = l
}

// send pays for one message to c, or says when it may come. The caller holds c.mu.
func (l *limits) send(now time.Time, c *chat, paid bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	set := l.set
	if paid && !set.PaidAllowed {
		return errPaidNotAllowed
	}
	if !set.Enabled {
		return nil
	}
	all, perSecond := &l.all, set.PerSecond
	if paid {
		all, perSecond = &l.paid, set.PaidPerSecond
	}
	burst := time.Duration(set.ChatBurst) * time.Second
	wait := max(all.wait(now, perSecond, time.Second), c.rate.second.wait(now, set.ChatBurst, burst))
	if c.isGroup() {
		wait = max(wait, c.rate.minute.wait(now, set.GroupPerMinute, time.Minute))
	}
	if wait > 0 {
		return tooManyRequests(int(math.Ceil(wait.Seconds())))
	}
	all.take(now, perSecond, time.Second)
	c.rate.second.take(now, set.ChatBurst, burst)
	if c.isGroup() {
		c.rate.minute.take(now, set.GroupPerMinute)
	}
	return nil
}

// edit pays for one edit: in a group it counts as a message. The caller holds c.mu.
func (l *limits) edit(now time.Time, c *chat) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.set.Enabled || !c.isGroup() {
		return nil
	}
	if wait := c.rate.minute.wait(now, l.set.GroupPerMinute, time.Minute); wait > 0 {
		return tooManyRequests(int(math.Ceil(wait.Seconds())))
	}
	c.rate.minute.take(now, l.set.GroupPerMinute)
	return nil
}
