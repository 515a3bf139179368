package bot

import (
	"context"
	"slices"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Wish is a question somebody wants to hear the answer to, or whose answer they were told has changed.
type Wish struct {
	Ref        string    `json:"r"` // of the journal entry
	Question   string    `json:"q"` // redacted
	At         time.Time `json:"t"` // when it was asked
	Correction bool      `json:"c,omitempty"`
	// Begun names the knowledge base of which telling was begun. Telegram may have delivered it: nobody is told
	// again. "" for a wish that waits.
	Begun string `json:"b,omitempty"`
}

// Wisher is somebody who wants to be told.
type Wisher struct {
	Person      int64         `json:"p"`
	Language    language.Code `json:"l"`
	Wishes      []Wish        `json:"w,omitempty"` // at most MaxWishes that wait
	Corrections bool          `json:"k,omitempty"` // tell when an answer they got has changed
	Checked     string        `json:"v,omitempty"` // the knowledge base up to which that was looked for
}

// idle reports whether there is nothing to keep.
func (w *Wisher) idle() bool { return len(w.Wishes) == 0 && !w.Corrections }

// Waits reports whether the person waits for the answer to this question.
func (w *Wisher) Waits(ref string) bool {
	return slices.ContainsFunc(w.Wishes, func(x Wish) bool { return x.Ref == ref && x.Begun == "" })
}

// Limits on wishes.
const (
	MaxWishes = 20
	WishLife  = 180 * 24 * time.Hour // since the question
)

// Wishes keeps who wants to be told. Errors are *Error of kind StoreDown.
type Wishes interface {
	// Wisher returns a Wisher of whom nothing but Person is set, when nothing is kept.
	Wisher(ctx context.Context, person int64) (Wisher, error)
	// ChangeWisher stores what change makes of a person's wishes, unless it returns false; it may be called more than
	// once. Who is left with none is forgotten.
	ChangeWisher(ctx context.Context, person int64, change func(*Wisher) bool) error
	// EachWisher visits everybody who wants to be told, in no order and in bounded memory. An error of visit ends it.
	EachWisher(ctx context.Context, visit func(Wisher) error) error
}

// Keep reports what to store of a changed wisher; nil: nothing is left.
func (w *Wisher) Keep() *Wisher {
	if w.idle() {
		return nil
	}
	return w
}

// offerWish offers to tell when there is an answer: to a person, of a question asked in private.
func (c *conversation) offerWish(d knowledge.Decision, ref string, r *Reply) {
	if d == knowledge.DecideAbstain && c.Wishes != nil && !c.ev.Chat.Group {
		r.Buttons = append(r.Buttons, []Button{{Text: c.texts().Notice.Offer, Data: "wish:" + ref}})
	}
}

// wish notes or takes back that somebody wants to be told of an answer, or of changed ones.
func (c *conversation) wish(ctx context.Context, ref string) error {
	t := c.texts().Notice
	if c.Wishes == nil || len(ref) != refLength {
		return c.toastStale(ctx)
	}
	c.quiet = true
	entry, found, err := c.entryOf(ctx, ref)
	if err != nil {
		return err
	}
	say := t.Gone
	err = c.Wishes.ChangeWisher(ctx, c.ev.Person.ID, func(w *Wisher) bool {
		switch {
		case w.Waits(ref):
			w.Wishes = slices.DeleteFunc(w.Wishes, func(x Wish) bool { return x.Ref == ref })
			say = t.Off
		case !found:
			return false
		case len(w.Wishes) >= MaxWishes:
			say = t.Full
			return false
		default:
			w.Language = c.language()
			w.Wishes = append(w.Wishes, Wish{Ref: ref, Question: entry.Question, At: entry.At})
			say = t.On
		}
		return true
	})
	if err != nil {
		return err
	}
	return c.toast(ctx, say)
}

// entryOf finds one of the person's own questions.
func (c *conversation) entryOf(ctx context.Context, ref string) (Entry, bool, error) {
	entries, err := c.Store.Entries(ctx, c.ev.Person.ID)
	i := slices.IndexFunc(entries, func(e Entry) bool { return e.Ref == ref })
	if err != nil || i < 0 {
		return Entry{}, false, err
	}
	return entries[i], true, nil
}

// wishesCorrections reports whether the person is told when an answer they got has changed.
func (c *conversation) wishesCorrections(ctx context.Context) (bool, error) {
	if c.Wishes == nil {
		return false, nil
	}
	w, err := c.Wishes.Wisher(ctx, c.ev.Person.ID)
	return w.Corrections, err
}

// toggleCorrections switches that.
func (c *conversation) toggleCorrections(ctx context.Context) error {
	return c.Wishes.ChangeWisher(ctx, c.ev.Person.ID, func(w *Wisher) bool {
		w.Corrections, w.Language, w.Checked = !w.Corrections, c.language(), c.engine.Pack().Version
		return true
	})
}

// dropWishes ends everything a person is told of, as /unsubscribe promises.
func (c *conversation) dropWishes(ctx context.Context) error {
	if c.Wishes == nil {
		return nil
	}
	return c.Wishes.ChangeWisher(ctx, c.ev.Person.ID, func(w *Wisher) bool {
		some := !w.idle()
		w.Wishes, w.Corrections = nil, false
		return some
	})
}
