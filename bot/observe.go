package bot

import (
	"context"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Observer is told what the bot does, for metrics. It is told no text, no id and no name. Its methods
// return at once and may be called from many goroutines.
type Observer interface {
	// Took tells how long a stage took, whether it went well or not.
	Took(s Stage, d time.Duration)
	// Judged tells the verdict on a question and the language of the reply.
	Judged(d knowledge.Decision, l language.Code)
	// Replied tells that a reply has arrived; d is "" for one that is no verdict, such as a menu.
	Replied(d knowledge.Decision, l language.Code)
	// Waited tells how long a bulk message has to wait for its turn.
	Waited(d time.Duration)
	// Phrased tells what became of an answer that was to be phrased.
	Phrased(p Phrasing)
	// Silenced tells that Telegram asked for silence: towards one chat, or everywhere.
	Silenced(everywhere bool, d time.Duration)
}

// Stage is a part of the way of an update.
type Stage string

// The stages, in their order.
const (
	StageWait    Stage = "wait"    // from the door to its first turn
	StageRecall  Stage = "recall"  // what is remembered of the person is read
	StageTurn    Stage = "turn"    // the question waits until fewer others are searched for
	StageSearch  Stage = "search"  // the question is understood and searched for
	StageCompose Stage = "compose" // the reply is put together
	StagePhrase  Stage = "phrase"  // an LLM phrases the answer, sending included
	StageSend    Stage = "send"    // the reply goes out, repetitions included
	StageRecord  Stage = "record"  // what is left of it is stored
	StageTotal   Stage = "total"   // from the door until it is done
)

// Stages lists the stages in their order.
func Stages() []Stage {
	return []Stage{StageWait, StageRecall, StageTurn, StageSearch, StageCompose, StagePhrase, StageSend, StageRecord, StageTotal}
}

// Unobserved is an Observer that hears nothing.
type Unobserved struct{}

// Took implements Observer.
func (Unobserved) Took(Stage, time.Duration) {}

// Judged implements Observer.
func (Unobserved) Judged(knowledge.Decision, language.Code) {}

// Replied implements Observer.
func (Unobserved) Replied(knowledge.Decision, language.Code) {}

// Waited implements Observer.
func (Unobserved) Waited(time.Duration) {}

// Phrased implements Observer.
func (Unobserved) Phrased(Phrasing) {}

// Silenced implements Observer.
func (Unobserved) Silenced(bool, time.Duration) {}

var _ Observer = Unobserved{}

// Laps times stages that follow each other.
type Laps struct {
	o    Observer
	last time.Time
}

// StartLaps begins the first stage; a nil o hears nothing.
func StartLaps(o Observer) *Laps { return &Laps{heard(o), time.Now()} }

// heard is o, or one that hears nothing.
func heard(o Observer) Observer {
	if o == nil {
		return Unobserved{}
	}
	return o
}

// End ends a stage and begins the next.
func (l *Laps) End(s Stage) {
	now := time.Now()
	l.o.Took(s, now.Sub(l.last))
	l.last = now
}

// ObserveStore returns a store that tells o how long the bot remembers and records.
func ObserveStore(s Store, o Observer) Store { return &observedStore{s, o} }

type observedStore struct {
	Store
	o Observer
}

func (s *observedStore) Recall(ctx context.Context, person int64) (Memory, error) {
	defer StartLaps(s.o).End(StageRecall)
	return s.Store.Recall(ctx, person)
}

func (s *observedStore) Record(ctx context.Context, person int64, session Session, p *Profile, e *Entry) error {
	defer StartLaps(s.o).End(StageRecord)
	return s.Store.Record(ctx, person, session, p, e)
}

// ObserveMessenger returns a messenger that tells o of replies and how long they take to deliver.
func ObserveMessenger(m Messenger, o Observer) Messenger { return &observedMessenger{m, o} }

type observedMessenger struct {
	Messenger
	o Observer
}

func (m *observedMessenger) Send(ctx context.Context, chat Chat, r Reply, replyTo int) (int, error) {
	laps := StartLaps(m.o)
	id, err := m.Messenger.Send(ctx, chat, r, replyTo)
	m.sent(laps, r, err)
	return id, err
}

func (m *observedMessenger) Edit(ctx context.Context, chat Chat, message int, r Reply) error {
	laps := StartLaps(m.o)
	err := m.Messenger.Edit(ctx, chat, message, r)
	m.sent(laps, r, err)
	return err
}

func (m *observedMessenger) Cards(ctx context.Context, query string, cards Cards) error {
	defer StartLaps(m.o).End(StageSend)
	return m.Messenger.Cards(ctx, query, cards)
}

func (m *observedMessenger) sent(laps *Laps, r Reply, err error) {
	laps.End(StageSend)
	if err == nil {
		m.o.Replied(r.Decision, r.Language)
	}
}

// ObserveBudget returns a budget that tells o of waits.
func ObserveBudget(b Budget, o Observer) Budget { return &observedBudget{b, o} }

type observedBudget struct {
	Budget
	o Observer
}

func (b *observedBudget) Reserve(ctx context.Context, r Rates, chats []Chat, replies int) ([]Slot, error) {
	slots, err := b.Budget.Reserve(ctx, r, chats, replies)
	for _, s := range slots {
		if s.Booked {
			b.o.Waited(s.Wait)
		}
	}
	return slots, err
}

// Postpone tells of the silence whether or not the other replicas can be told: this one keeps it.
func (b *observedBudget) Postpone(ctx context.Context, chat Chat, d time.Duration) error {
	b.o.Silenced(chat.ID == 0, d)
	return b.Budget.Postpone(ctx, chat, d)
}
