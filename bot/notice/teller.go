package notice

import (
	"context"
	"errors"
	"slices"
	"time"

	"refbot/bot"
	"refbot/knowledge"
)

// Carrier makes the calls; handlers/telegram has one. Each call is made once.
type Carrier interface {
	// Permit waits for a slot of the bulk budget.
	Permit(ctx context.Context, to bot.Chat) error
	Send(ctx context.Context, to bot.Chat, r bot.Reply) (message int, err error)
}

// Ledger remembers how far telling is. Errors are *bot.Error of kind StoreDown.
type Ledger interface {
	// Told returns the knowledge base up to which everybody was told; the zero Mark at first.
	Told(ctx context.Context) (Mark, error)
	SetTold(ctx context.Context, m Mark) error
}

// Mark names a knowledge base: of what is published its number too.
type Mark struct {
	Number int64  `json:"n,omitempty"`
	Name   string `json:"v"` // knowledge.Pack.Version
}

// Teller tells people. Every field but Observe is required.
type Teller struct {
	Wishes  bot.Wishes
	Store   bot.Store // the journal entries of people whose answers may have changed
	Ledger  Ledger
	Carrier Carrier
	Live    *knowledge.Live
	// Number is that of the published version that Live serves, 0 for none; Changed are the statements that say
	// something else in it than in another version, or are gone.
	Number  func() int64
	Changed func(ctx context.Context, from, to int64) ([]string, error)
	// Held reports whether nothing may go out now: in an emergency.
	Held    func() bool
	Now     func() time.Time
	Report  func(error)
	Observe func(Pass) // hears of each pass that met with anybody
}

// Pass is what one pass through all wishes came to.
type Pass struct {
	Told    int // messages Telegram has taken
	Unknown int // may have arrived, from this pass or an earlier one
	Gone    int // people who cannot be reached, or whose wishes were too old
	Later   int // to be told in a later pass, because Telegram was away
	Waiting int // questions without an answer still
}

const (
	lookEvery  = time.Second      // for another knowledge base
	againAfter = 30 * time.Second // for those who are to be told later
)

// Run tells people until ctx ends. One replica runs it at a time.
func (t *Teller) Run(ctx context.Context) {
	var again time.Time
	ticks := time.NewTicker(lookEvery)
	defer ticks.Stop()
	for {
		if !time.Now().Before(again) {
			pass, done, err := t.Once(ctx)
			if err != nil && ctx.Err() == nil {
				t.Report(err)
			}
			if err != nil || !done {
				again = time.Now().Add(againAfter)
			}
			if t.Observe != nil && pass != (Pass{}) {
				t.Observe(pass)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// Once makes a pass when another knowledge base is served than at the last complete one. done tells that nobody is
// left to be told later.
func (t *Teller) Once(ctx context.Context) (pass Pass, done bool, err error) {
	mark := Mark{t.Number(), t.Live.Load().Pack().Version}
	told, err := t.Ledger.Told(ctx)
	if err != nil || told == mark {
		return Pass{}, err == nil, err
	}
	p := &round{Teller: t, engine: t.Live.Load(), mark: mark}
	if t.Held() {
		return Pass{}, false, nil
	}
	if told.Name != "" {
		if p.changed, err = t.Changed(ctx, told.Number, mark.Number); err != nil {
			return Pass{}, false, err
		}
	}
	if err := t.Wishes.EachWisher(ctx, func(w bot.Wisher) error { return p.visit(ctx, w) }); err != nil {
		return p.Pass, false, err
	}
	if p.Later > 0 {
		return p.Pass, false, nil
	}
	return p.Pass, true, t.Ledger.SetTold(ctx, mark)
}

// round is a pass under way.
type round struct {
	Pass
	*Teller
	engine  *knowledge.Engine
	mark    Mark
	changed []string
}

// visit tells one person what there is to tell.
func (p *round) visit(ctx context.Context, w bot.Wisher) error {
	if err := p.correct(ctx, &w); err != nil {
		return err
	}
	for _, wish := range w.Wishes {
		switch {
		case wish.Begun != "":
			p.Unknown++
			continue
		case !wish.Correction && p.answer(w, wish).Decision != knowledge.DecideAnswer:
			p.Waiting++
			continue
		case p.Held():
			p.Later++
			continue
		}
		if gone, err := p.tell(ctx, w, wish); err != nil || gone {
			return err
		}
	}
	return p.tidy(ctx, w)
}

// tidy drops what is too old.
func (p *round) tidy(ctx context.Context, w bot.Wisher) error {
	oldest := p.Now().Add(-bot.WishLife)
	old := func(x bot.Wish) bool { return x.At.Before(oldest) }
	if !slices.ContainsFunc(w.Wishes, old) {
		return nil
	}
	return p.Wishes.ChangeWisher(ctx, w.Person, func(w *bot.Wisher) bool {
		w.Wishes = slices.DeleteFunc(w.Wishes, old)
		return true
	})
}

// night reports whether people sleep.
func (p *round) night() bool {
	zone := p.engine.Pack().Campaign.TimeZone
	if zone == nil {
		zone = time.UTC
	}
	hour := p.Now().In(zone).Hour()
	return hour >= nightFrom || hour < nightUntil
}

// The night, in hours of the campaign's time zone.
const (
	nightFrom  = 22
	nightUntil = 9
)

func (p *round) answer(w bot.Wisher, wish bot.Wish) knowledge.Answer {
	return p.engine.Ask(knowledge.Question{Text: wish.Question, Language: w.Language, Now: p.Now()})
}

// tell sends one message. gone reports that the person cannot be reached and all of theirs was dropped. An error ends
// the pass.
func (p *round) tell(ctx context.Context, w bot.Wisher, wish bot.Wish) (gone bool, err error) {
	to := bot.Chat{ID: w.Person}
	if err := p.Carrier.Permit(ctx, to); err != nil {
		return false, err
	}
	begun, err := p.begin(ctx, w, wish)
	if err != nil || !begun {
		return false, err
	}
	_, err = p.Carrier.Send(ctx, to, p.message(w, wish))
	switch bot.KindOf(err) {
	case "":
		p.Told++
		return false, p.end(ctx, w, wish)
	case bot.Unreachable, bot.ChatGone, bot.Migrated:
		p.Gone++
		return true, p.Wishes.ChangeWisher(ctx, w.Person, func(w *bot.Wisher) bool { w.Wishes, w.Corrections = nil, false; return true })
	case bot.Unknown:
		p.Unknown++
		return false, nil
	case bot.BadContent:
		p.Report(err)
		return false, p.end(ctx, w, wish)
	}
	p.Later++
	if back := p.takeBack(ctx, w, wish); back != nil {
		return false, errors.Join(err, back)
	}
	if bot.KindOf(err) == bot.RateLimited {
		return false, nil
	}
	return false, err
}

// begin writes down that telling has begun; false when the wish was taken back, or told of, meanwhile.
func (p *round) begin(ctx context.Context, w bot.Wisher, wish bot.Wish) (begun bool, err error) {
	err = p.Wishes.ChangeWisher(ctx, w.Person, func(w *bot.Wisher) bool {
		i := at(w, wish)
		if begun = i >= 0 && w.Wishes[i].Begun == ""; begun {
			w.Wishes[i].Begun = p.mark.Name
		}
		return begun
	})
	return begun, err
}

// at finds a wish, -1 where it is not there.
func at(w *bot.Wisher, wish bot.Wish) int {
	return slices.IndexFunc(w.Wishes, func(x bot.Wish) bool { return x.Ref == wish.Ref && x.Correction == wish.Correction })
}

// end deletes a wish that was told of.
func (p *round) end(ctx context.Context, w bot.Wisher, wish bot.Wish) error {
	return p.Wishes.ChangeWisher(ctx, w.Person, func(w *bot.Wisher) bool {
		i := at(w, wish)
		if i < 0 {
			return false
		}
		w.Wishes = slices.Delete(w.Wishes, i, i+1)
		return true
	})
}

// takeBack notes that Telegram did not get the message.
func (p *round) takeBack(ctx context.Context, w bot.Wisher, wish bot.Wish) error {
	return p.Wishes.ChangeWisher(context.WithoutCancel(ctx), w.Person, func(w *bot.Wisher) bool {
		i := at(w, wish)
		if i < 0 {
			return false
		}
		w.Wishes[i].Begun = ""
		return true
	})
}
