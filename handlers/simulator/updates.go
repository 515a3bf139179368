package simulator

import (
	"context"
	"encoding/json"
	"strconv"
	"sync"
	"time"
)

const (
	firstUpdate  = 100_001
	maxPollWait  = 50 // seconds
	messageLife  = 24 * time.Hour
	callbackLife = 150 * time.Second
	inlineLife   = 30 * time.Second
)

// update is one update that waits to be taken. done and everything of its lane is guarded by the queue's lock.
type update struct {
	id      int64
	lane    int64 // updates of one lane reach a webhook one after the other: a chat's, or a person's inline queries
	body    json.RawMessage
	expires time.Time
	fails   int
	delay   int // seconds, of the next redelivery
	done    bool
}

// queue holds the updates in order until they are confirmed.
type queue struct {
	mu      sync.Mutex
	next    int64
	items   []*update
	pending int
	allowed map[string]bool // nil: all but the ones that must be asked for
	arrived chan struct{}   // closed and replaced when an update arrives
	poller  *poller
	onPush  func(*update) // set while a webhook takes the updates
}

// poller is a getUpdates call that waits.
type poller struct{ cancel context.CancelCauseFunc }

func newQueue() *queue { return &queue{next: firstUpdate, arrived: make(chan struct{})} }

// notByDefault are the updates a bot gets only when allowed_updates names them.
var notByDefault = map[string]bool{"chat_member": true, "message_reaction": true, "message_reaction_count": true}

func (q *queue) allows(kind string) bool {
	if q.allowed == nil {
		return !notByDefault[kind]
	}
	return q.allowed[kind]
}

// push adds an update of a kind. body is the whole update object without its id.
func (q *queue) push(kind string, lane int64, body json.RawMessage, expires time.Time) int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	if kind != "" && !q.allows(kind) {
		return 0
	}
	u := &update{id: q.next, lane: lane, body: body, expires: expires, delay: 1}
	q.next++
	q.items = append(q.items, u)
	q.pending++
	close(q.arrived)
	q.arrived = make(chan struct{})
	if q.onPush != nil {
		q.onPush(u)
	}
	return u.id
}

// finish takes u out of the queue, so the first item is never done. The caller holds q.mu.
func (q *queue) finish(u *update) {
	if u.done {
		return
	}
	u.done = true
	u.body = nil
	q.pending--
	for len(q.items) > 0 && q.items[0].done {
		q.items[0] = nil
		q.items = q.items[1:]
	}
}

// confirm forgets the updates before offset; a negative offset keeps only that many of the last. The caller holds q.mu.
func (q *queue) confirm(offset int64) {
	if offset < 0 {
		if keep := int64(q.pending) + offset; keep > 0 {
			offset = q.live(int(keep))
		}
	}
	for len(q.items) > 0 && q.items[0].id < offset {
		q.finish(q.items[0])
	}
}

// live is the id of the n-th update that is not done.
func (q *queue) live(n int) int64 {
	for _, u := range q.items {
		if !u.done {
			if n == 0 {
				return u.id
			}
			n--
		}
	}
	return q.next
}

// take writes up to limit updates as a JSON array, oldest first, and drops those nobody waits for any more.
// The caller holds q.mu.
func (q *queue) take(limit int, now time.Time) (list rawResult, n int) {
	list = rawResult{'['}
	for _, u := range q.items {
		if n == limit {
			break
		}
		if u == nil || u.done { // finish empties the places it leaves behind
			continue
		}
		if now.After(u.expires) {
			q.finish(u)
			continue
		}
		if n > 0 {
			list = append(list, ',')
		}
		list = u.appendJSON(list)
		n++
	}
	return append(list, ']'), n
}

func (u *update) appendJSON(out []byte) []byte {
	out = append(out, `{"update_id":`...)
	out = strconv.AppendInt(out, u.id, 10)
	if len(u.body) > len("{}") {
		out = append(out, ',')
	}
	return append(out, u.body[1:]...)
}

// setAllowed reads allowed_updates; what is missing or malformed leaves the setting as it was.
func (q *queue) setAllowed(raw string) {
	var kinds []string
	if raw == "" || json.Unmarshal([]byte(raw), &kinds) != nil {
		return
	}
	if len(kinds) == 0 {
		q.allowed = nil
		return
	}
	q.allowed = make(map[string]bool, len(kinds))
	for _, kind := range kinds {
		q.allowed[kind] = true
	}
}

func (s *Server) getUpdates(c *call) (any, error) {
	offset := c.integer("offset", 0, -1<<62, 1<<62)
	limit := int(c.integer("limit", 100, 1, 100))
	wait := time.Duration(c.integer("timeout", 0, 0, maxPollWait)) * time.Second
	q := s.queue
	q.mu.Lock()
	if s.hooks.active() {
		q.mu.Unlock()
		return nil, errWebhookActive
	}
	q.setAllowed(c.str("allowed_updates"))
	ctx, me := q.replacePoller(c.ctx)
	defer q.endPoller(me)
	if offset != 0 {
		q.confirm(offset)
	}
	deadline := time.After(wait)
	for {
		list, n := q.take(limit, s.now())
		arrived := q.arrived
		q.mu.Unlock()
		if n > 0 || wait == 0 {
			return list, nil
		}
		select {
		case <-arrived:
		case <-deadline:
			return list, nil
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-s.ctx.Done():
			return nil, context.Canceled
		}
		q.mu.Lock()
		if ctx.Err() != nil { // woken and replaced at once: the newer poller takes the updates
			q.mu.Unlock()
			return nil, context.Cause(ctx)
		}
	}
}

// replacePoller ends the waiting getUpdates call, if any, in favour of a new one. The caller holds q.mu.
func (q *queue) replacePoller(ctx context.Context) (context.Context, *poller) {
	if q.poller != nil {
		q.poller.cancel(errOtherPoller)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	q.poller = &poller{cancel: cancel}
	return ctx, q.poller
}

func (q *queue) endPoller(p *poller) {
	q.mu.Lock()
	defer q.mu.Unlock()
	p.cancel(nil)
	if q.poller == p {
		q.poller = nil
	}
}

// PendingUpdates is how many updates wait to be taken.
func (s *Server) PendingUpdates() int {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return s.queue.pending
}

// Inject queues body as an update of a chat, exactly as given but for the update_id the server adds. It must be a JSON
// object. It is how tests send what no client of Telegram would.
func (s *Server) Inject(chat int64, body json.RawMessage) (int64, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil || object == nil {
		return 0, badRequest("an update must be a JSON object")
	}
	delete(object, "update_id")
	clean, err := json.Marshal(object)
	if err != nil {
		return 0, err
	}
	return s.queue.push("", chat, clean, s.now().Add(messageLife)), nil
}

// pushUpdate queues an update whose one field is kind. The caller holds the lock of the chat it comes from, so that a
// chat's updates have the order of its messages.
func (s *Server) pushUpdate(kind string, lane int64, life time.Duration, payload any) {
	value, err := json.Marshal(payload)
	if err != nil {
		return // every payload is one of this package's own types
	}
	body := make([]byte, 0, len(value)+len(kind)+6)
	body = append(body, `{"`...)
	body = append(body, kind...)
	body = append(body, `":`...)
	body = append(body, value...)
	body = append(body, '}')
	s.queue.push(kind, lane, body, s.now().Add(life))
}

func (s *Server) pushMessage(kind string, c *chat, m *message) {
	s.pushUpdate(kind, c.id, messageLife, s.wire(c, m))
}

// pushMembership tells the bot that its own membership in c changed.
func (s *Server) pushMembership(c *chat, by *User, before, after string) {
	s.pushUpdate("my_chat_member", c.id, messageLife, map[string]any{
		"chat": c.wire(), "from": by, "date": s.unix(),
		"old_chat_member": s.membership(before), "new_chat_member": s.membership(after),
	})
}

func (s *Server) membership(status string) map[string]any {
	m := map[string]any{"user": s.bot, "status": status}
	if status == "kicked" {
		m["until_date"] = 0
	}
	return m
}
