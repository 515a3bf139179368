package outreach

import (
	"context"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/texts"
)

// Watcher keeps the messages that show how broadcasts go, and reports when one is over. One replica watches at
// a time; another one takes over where it left off, because what was posted and reported stands in the broadcast.
type Watcher struct {
	Room   *Room
	Every  time.Duration // between two looks
	Report func(error)   // hears of trouble that the next look may be without

	seen map[broadcast.ID]*course
	left map[broadcast.ID]time.Duration // to recall it, as its board shows
}

// course is what a watcher remembers of a broadcast that is not over.
type course struct {
	pace  broadcast.Pace
	drawn string
}

// Run watches until ctx ends.
func (w *Watcher) Run(ctx context.Context) {
	tick := time.NewTicker(w.Every)
	defer tick.Stop()
	w.seen, w.left = map[broadcast.ID]*course{}, map[broadcast.ID]time.Duration{}
	for {
		if err := w.look(ctx); err != nil && ctx.Err() == nil {
			w.Report(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look shows what goes on, and reports what is over since the last look.
func (w *Watcher) look(ctx context.Context) error {
	active, err := w.Room.Desk.Store.Active(ctx)
	if err != nil {
		return err
	}
	going := map[broadcast.ID]bool{}
	for _, b := range active {
		going[b.ID] = true
		if w.seen[b.ID] == nil {
			w.seen[b.ID] = &course{}
		}
		if b.State == broadcast.Sending || b.State == broadcast.Paused {
			if err := w.show(ctx, b); err != nil {
				return err
			}
		}
	}
	return w.conclude(ctx, going)
}

// glance is how many of the newest broadcasts are looked at for an end that nobody has reported: one that came
// between two looks, or while no replica watched.
const glance = 12

// conclude reports what has ended: what it saw going on before, and what it missed.
func (w *Watcher) conclude(ctx context.Context, going map[broadcast.ID]bool) error {
	recent, _, err := w.Room.Desk.Store.List(ctx, "", glance)
	if err != nil {
		return err
	}
	for _, b := range recent {
		if err := w.finish(ctx, b); err != nil {
			return err
		}
		if err := w.countdown(ctx, b); err != nil {
			return err
		}
	}
	for id := range w.seen {
		if going[id] {
			continue
		}
		b, err := w.Room.Desk.Store.Load(ctx, id)
		if err == nil {
			err = w.finish(ctx, b)
		}
		if err != nil {
			return err
		}
		delete(w.seen, id)
	}
	return nil
}

// countdown keeps the time in which a broadcast can still be recalled up to date on its boards: by the hour, and by the
// minute in the last one.
func (w *Watcher) countdown(ctx context.Context, b *broadcast.Broadcast) error {
	left := b.RecallUntil().Sub(w.Room.Desk.Now())
	if b.Reported.IsZero() || b.Corrects != "" || len(b.Boards) == 0 || left <= 0 {
		delete(w.left, b.ID)
		return nil
	}
	shown := left.Truncate(time.Hour)
	if shown == 0 {
		shown = left.Truncate(time.Minute)
	}
	if before, known := w.left[b.ID]; known && before == shown {
		return nil
	}
	w.left[b.ID] = shown
	tally, err := w.Room.Desk.Ledger.Tally(ctx, b.ID)
	if err != nil {
		return err
	}
	return w.draw(ctx, b, tally, 0)
}

// show brings the boards up to date.
func (w *Watcher) show(ctx context.Context, b *broadcast.Broadcast) error {
	tally, err := w.Room.Desk.Ledger.Tally(ctx, b.ID)
	if err != nil {
		return err
	}
	rate := w.seen[b.ID].pace.Rate(w.Room.Desk.Now(), tally.Settled())
	if b.State == broadcast.Paused {
		rate = 0
	}
	return w.draw(ctx, b, tally, rate)
}

// draw posts the boards, or edits them where something has changed.
func (w *Watcher) draw(ctx context.Context, b *broadcast.Broadcast, tally broadcast.Tally, rate float64) error {
	if len(b.Boards) == 0 {
		posted, err := w.post(ctx, b, tally, rate)
		if err != nil || len(posted) == 0 {
			return err
		}
		_, err = w.Room.Desk.Posted(ctx, b.ID, posted)
		return err
	}
	for i, p := range b.Boards {
		v := w.view(ctx, p.Chat, tally, rate)
		v.brief = b.State.Over()
		r := v.board(b)
		c := w.seen[b.ID]
		if i == 0 {
			if c != nil && c.drawn == r.HTML {
				return nil
			}
			if c != nil {
				c.drawn = r.HTML
			}
		}
		if err := w.Room.Messenger.Edit(ctx, bot.Chat{ID: p.Chat}, p.Message, r); gone(err) != nil {
			return err
		}
	}
	return nil
}

// gone forgives that a message cannot be edited or sent because of the other side.
func gone(err error) error {
	switch bot.KindOf(err) {
	case bot.Unmodified, bot.MessageGone, bot.BadContent, bot.Unreachable, bot.ChatGone, bot.RateLimited:
		return nil
	}
	return err
}

func (w *Watcher) post(ctx context.Context, b *broadcast.Broadcast, tally broadcast.Tally, rate float64) ([]broadcast.Posted, error) {
	var posted []broadcast.Posted
	for _, person := range readers(b) {
		id, err := w.Room.Messenger.Send(ctx, bot.Chat{ID: person}, w.view(ctx, person, tally, rate).board(b), 0)
		if gone(err) != nil {
			return nil, err
		}
		if err == nil {
			posted = append(posted, broadcast.Posted{Chat: person, Message: id})
		}
	}
	return posted, nil
}

// readers are those a broadcast matters to: who wrote it and who approved it.
func readers(b *broadcast.Broadcast) []int64 {
	people := []int64{b.Author}
	if b.Approval != nil && b.Approval.By != b.Author {
		people = append(people, b.Approval.By)
	}
	return people
}

// view is how one of the staff sees it.
func (w *Watcher) view(ctx context.Context, person int64, tally broadcast.Tally, rate float64) view {
	campaign := &w.Room.Desk.Knowledge.Load().Pack().Campaign
	return view{
		t: texts.For(w.Room.speaks(ctx, person)), zone: broadcast.Zone(campaign), now: w.Room.Desk.Now(), tally: tally, rate: rate,
	}
}
