package simulator

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	maxRetryAfter  = 3600 // seconds a webhook may ask for
	maxRetryDelay  = 60   // seconds; Telegram takes a random number between this and twice this
	webhookTimeout = 60 * time.Second
)

// delivery posts updates to a webhook: one at a time of each lane, in order, several lanes at once. The queue's lock
// guards its maps. Redelivery follows the Bot API server: at once after the first failure, then after 2, 4, 8 … seconds,
// or after what Retry-After asks for.
type delivery struct {
	s       *Server
	hook    *webhook
	client  *http.Client
	ctx     context.Context
	cancel  context.CancelFunc
	lanes   map[int64][]*update // waiting or in delivery, oldest first
	ready   []int64             // lanes whose first update can go now
	running int
}

func newDelivery(s *Server, hook *webhook) *delivery {
	d := &delivery{
		s: s, hook: hook, lanes: map[int64][]*update{},
		client: &http.Client{
			Timeout:       webhookTimeout,
			Transport:     &http.Transport{MaxIdleConnsPerHost: hook.connections, DisableCompression: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	d.ctx, d.cancel = context.WithCancel(s.ctx)
	return d
}

// stop ends the deliveries under way; their updates stay in the queue.
func (d *delivery) stop() {
	d.cancel()
	d.client.CloseIdleConnections()
}

// add takes an update. The caller holds the queue's lock.
func (d *delivery) add(u *update) {
	d.lanes[u.lane] = append(d.lanes[u.lane], u)
	if len(d.lanes[u.lane]) == 1 {
		d.makeReady(u.lane)
	}
}

// makeReady lets a connection take the lane, opening one if there may be more. The caller holds the queue's lock.
func (d *delivery) makeReady(lane int64) {
	d.ready = append(d.ready, lane)
	if d.running < d.hook.connections && d.ctx.Err() == nil {
		d.running++
		go d.connection()
	}
}

// connection delivers ready lanes until there are none.
func (d *delivery) connection() {
	q := d.s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(d.ready) > 0 && d.ctx.Err() == nil {
		lane := d.ready[0]
		d.ready = d.ready[1:]
		u := d.lanes[lane][0]
		if u.done || d.s.now().After(u.expires) {
			q.finish(u)
			d.next(lane)
			continue
		}
		body := u.appendJSON(nil)
		q.mu.Unlock()
		retryAfter, err := d.post(body)
		q.mu.Lock()
		d.settle(lane, u, retryAfter, err)
	}
	d.running--
}

// settle books the outcome of one delivery. The caller holds the queue's lock.
func (d *delivery) settle(lane int64, u *update, retryAfter int, err error) {
	if err == nil {
		d.s.queue.finish(u) // even when the webhook was removed meanwhile: the bot has it
		d.next(lane)
		return
	}
	if d.ctx.Err() != nil {
		return
	}
	d.hook.lastError, d.hook.lastErrorAt = err.Error(), d.s.unix()
	wait := retryAfter
	if retryAfter == 0 && u.fails > 0 {
		u.delay = min(u.delay*2, maxRetryDelay)
		wait = u.delay
	}
	u.fails++
	time.AfterFunc(time.Duration(wait)*d.s.hooks.second, func() {
		d.s.queue.mu.Lock()
		defer d.s.queue.mu.Unlock()
		if d.ctx.Err() == nil {
			d.makeReady(lane)
		}
	})
}

// next goes on to the lane's next update. The caller holds the queue's lock.
func (d *delivery) next(lane int64) {
	rest := d.lanes[lane][1:]
	if len(rest) == 0 {
		delete(d.lanes, lane)
		return
	}
	d.lanes[lane] = rest
	d.ready = append(d.ready, lane)
}

// post sends one update. It returns the seconds the webhook asks to wait, and an error unless it answered 2xx.
func (d *delivery) post(body []byte) (retryAfter int, err error) {
	req, err := http.NewRequestWithContext(d.ctx, http.MethodPost, d.hook.url, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	if d.hook.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", d.hook.secret)
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("Connection failed: %w", err) //nolint:staticcheck // as Telegram shows it
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)) // so that the connection can be used again
	if resp.StatusCode/100 == 2 {
		return 0, nil
	}
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	return min(max(seconds, 0), maxRetryAfter), fmt.Errorf("Wrong response from the webhook: %s", resp.Status) //nolint:staticcheck // Telegram's words
}

func sortedKeys(set map[string]bool) []string {
	var keys []string
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
