package telegram

import (
	"fmt"
	"sync"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/redisstore"
	"refbot/handlers/simulator"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// unlimited is a rate that holds up nobody.
var unlimited = bot.Rates{PerSecond: 1_000_000, ChatBurst: 1000, GroupPerMinute: 1_000_000}

// ledger keeps the broadcasts of a rig.
func (r *rig) ledger() *redisstore.Broadcasts {
	r.t.Helper()
	if r.broadcasts == nil {
		db, err := redisstore.Connect(r.url)
		if err != nil {
			r.t.Fatal(err)
		}
		r.t.Cleanup(func() { _ = db.Close() })
		r.broadcasts = redisstore.New(db, r.sealer, redisstore.DefaultRetention()).Broadcasts()
	}
	return r.broadcasts
}

// subscribers adds people who subscribed, in all languages.
func (r *rig) subscribers(n int) []int64 {
	r.t.Helper()
	ledger, people := r.ledger(), make([]int64, n)
	var all sync.WaitGroup
	for w := range 16 {
		all.Go(func() {
			for i := w; i < n; i += 16 {
				code := language.Codes()[i%3]
				p := r.sim.AddPerson(simulator.Person{ID: int64(8_000_000_000 + i), FirstName: "Подписчик", LanguageCode: string(code), Started: true})
				people[i] = p.ID
				if err := ledger.Put(r.t.Context(), broadcast.Subscriber{Chat: p.ID, Language: code, Since: time.Now()}); err != nil {
					r.t.Error(err)
				}
			}
		})
	}
	all.Wait()
	return people
}

// courier is the courier of a replica.
func (p *replica) courier() *broadcast.Courier {
	return &broadcast.Courier{
		Store: p.store.Broadcasts(), Ledger: p.store.Broadcasts(), Audience: p.store.Broadcasts(), Carrier: p.carrier,
		Campaign: func() *knowledge.Campaign { return &engine().Pack().Campaign },
		Log:      p.logger, Lease: p.lease, Grace: 2 * time.Second,
	}
}

// news is a broadcast in all languages that is due.
func news(id string) *broadcast.Broadcast {
	b := &broadcast.Broadcast{
		ID: broadcast.ID(id), State: broadcast.Scheduled, Created: time.Now(), Override: "a test",
		Schedule: &broadcast.Schedule{At: time.Now(), TooLate: time.Hour}, Content: map[language.Code]broadcast.Message{},
	}
	for _, code := range language.Codes() {
		b.Content[code] = broadcast.Message{Text: fmt.Sprintf("<b>%s</b> %s", code, id)}
	}
	return b
}

// announce has a broadcast sent.
func (r *rig) announce(b *broadcast.Broadcast) broadcast.ID {
	r.t.Helper()
	if err := r.ledger().Save(r.t.Context(), b); err != nil {
		r.t.Fatal(err)
	}
	return b.ID
}

func (r *rig) load(id broadcast.ID) *broadcast.Broadcast {
	r.t.Helper()
	b, err := r.ledger().Load(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}

func (r *rig) tally(id broadcast.ID) broadcast.Tally {
	r.t.Helper()
	tally, err := r.ledger().Tally(r.t.Context(), id)
	if err != nil {
		r.t.Fatal(err)
	}
	return tally
}

// reaches waits until a broadcast is in a state.
func (r *rig) reaches(id broadcast.ID, s broadcast.State) *broadcast.Broadcast {
	r.t.Helper()
	r.until(fmt.Sprint(id, " is ", s), func() bool { return r.load(id).State == s })
	return r.load(id)
}

// move takes a broadcast to another state as one of the staff would.
func (r *rig) move(id broadcast.ID, to broadcast.State, action string) {
	r.t.Helper()
	for {
		b := r.load(id)
		if err := b.Move(to, action, 7, string(broadcast.PauseHand), time.Now()); err != nil {
			r.t.Fatal(err)
		}
		if r.ledger().Save(r.t.Context(), b) == nil {
			return
		}
	}
}
