package simulator

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// firstQuery makes query ids as long as Telegram's.
const firstQuery = 30_494_267_800_000_001

// maxQueries bounds the queries that are remembered; the oldest go first.
const maxQueries = 20_000

// query is a callback or inline query on its way to an answer.
type query struct {
	id       string
	person   int64
	text     string // of an inline query
	made     time.Time
	inline   bool
	answered chan struct{}
	callback CallbackAnswer
	results  InlineAnswer
}

// queries remembers callback and inline queries, and the messages that inline results became.
type queries struct {
	mu    sync.Mutex
	next  int64
	byID  map[string]*query
	order []string
	cards map[string]card // by inline message id
}

// card is where an inline result with a keyboard was posted.
type card struct{ chat, message int64 }

func (q *queries) init() {
	q.next = firstQuery
	q.byID = map[string]*query{}
	q.cards = map[string]card{}
}

// open remembers a new query and gives it an id.
func (q *queries) open(e query) *query {
	q.mu.Lock()
	defer q.mu.Unlock()
	e.id = strconv.FormatInt(q.next, 10)
	e.answered = make(chan struct{})
	q.next++
	q.byID[e.id] = &e
	q.order = append(q.order, e.id)
	if len(q.order) > maxQueries {
		delete(q.byID, q.order[0])
		q.order = q.order[1:]
	}
	return &e
}

// settle stores an answer with put, once, while the query lives; it says whether it did.
func (q *queries) settle(id string, inline bool, now time.Time, put func(*query)) (*query, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	e := q.byID[id]
	life := callbackLife
	if inline {
		life = inlineLife
	}
	if e == nil || e.inline != inline || now.Sub(e.made) > life {
		return nil, false
	}
	select {
	case <-e.answered:
		return nil, false
	default:
	}
	put(e)
	close(e.answered)
	return e, true
}

func (q *queries) find(id string) *query {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.byID[id]
}

// wait returns once the query is answered.
func (q *queries) wait(ctx context.Context, id string) (*query, error) {
	e := q.find(id)
	if e == nil {
		return nil, fmt.Errorf("no such query %s", id)
	}
	select {
	case <-e.answered:
		return e, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for the answer to query %s: %w", id, ctx.Err())
	}
}
