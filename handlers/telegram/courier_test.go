package telegram

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
	"refbot/knowledge/language"
)

// TestBroadcastReachesAll: everybody who can be reached has it once, in their language, with a way out; who
// cannot leaves the audience.
func TestBroadcastReachesAll(t *testing.T) {
	for name, url := range kinds() {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, url(t))
			r.rates = unlimited
			people := r.subscribers(120)
			for _, p := range people[:6] {
				if err := r.sim.Block(p); err != nil {
					t.Fatal(err)
				}
			}
			if err := r.sim.Deactivate(people[6]); err != nil {
				t.Fatal(err)
			}
			r.run(r.replica().courier().Run)
			r.run(r.replica().courier().Run)
			b := r.reaches(r.announce(news("AAAAAAAA")), broadcast.Finished)
			if tally := r.tally(b.ID); tally != (broadcast.Tally{Sent: 113, Unreachable: 7}) {
				t.Errorf("%+v", tally)
			}
			for i, p := range people {
				messages := r.sim.Messages(p)
				if i < 7 && len(messages) == 0 {
					continue
				}
				code := string(language.Codes()[i%3])
				if i < 7 || len(messages) != 1 || !strings.HasPrefix(messages[0].Text, code) || messages[0].HTML == messages[0].Text {
					t.Fatalf("%d of language %s got %+v", i, code, messages)
				}
				rows := messages[0].Buttons
				if len(rows) == 0 || rows[len(rows)-1][len(rows[len(rows)-1])-1].CallbackData != "sub:off" {
					t.Fatalf("no way out: %+v", rows)
				}
			}
			counts, err := r.ledger().Count(t.Context(), broadcast.Segment{}, nil)
			if left := counts["kk"] + counts["ru"] + counts["en"]; err != nil || left != 113 {
				t.Errorf("%d are left in the audience, %v", left, err)
			}
			if err := r.ledger().Each(t.Context(), b.ID, func(l broadcast.Line) error {
				if l.Outcome == broadcast.Sent && r.sim.Messages(l.Chat)[0].MessageID != int64(l.Message) {
					t.Errorf("the ledger says message %d", l.Message)
				}
				return nil
			}); err != nil {
				t.Error(err)
			}
			last := b.Audit[len(b.Audit)-1]
			if last.Action != broadcast.ActFinish || last.By != 0 || b.Started.IsZero() || b.Ended.IsZero() {
				t.Errorf("%+v", b)
			}
		})
	}
}

// TestPauseHoldsEverywhere: within a second nothing goes out any more, on no replica; then it goes on where it
// stopped.
func TestPauseHoldsEverywhere(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.rates.PerSecond = 100
	people := r.subscribers(300)
	for range 2 {
		r.run(r.replica().courier().Run)
	}
	id := r.announce(news("AAAAAAAA"))
	r.until("half of it is out", func() bool { return r.sim.Sent()["sendMessage"] > 120 })
	r.move(id, broadcast.Paused, broadcast.ActPause)
	time.Sleep(time.Second)
	sent := r.sim.Sent()["sendMessage"]
	if tally := r.tally(id); tally.Sent != int(sent) || tally.Queued == 0 {
		t.Errorf("%d sent, %+v", sent, tally)
	}
	time.Sleep(time.Second)
	if now := r.sim.Sent()["sendMessage"]; now != sent {
		t.Errorf("%d messages went out in the pause", now-sent)
	}
	r.move(id, broadcast.Sending, broadcast.ActResume)
	r.reaches(id, broadcast.Finished)
	for _, p := range people {
		if n := r.sim.BotMessages(p); n != 1 {
			t.Errorf("somebody got it %d times", n)
		}
	}
	id = r.announce(news("BBBBBBBB"))
	r.until("some of it is out", func() bool { return r.sim.Sent()["sendMessage"] > 330 })
	r.move(id, broadcast.Canceled, broadcast.ActCancel)
	time.Sleep(time.Second)
	sent = r.sim.Sent()["sendMessage"]
	time.Sleep(time.Second)
	if now := r.sim.Sent()["sendMessage"]; now != sent || sent >= 600 {
		t.Errorf("%d messages went out after it was cancelled at %d", now-sent, sent)
	}
}

// TestRefusedContentStopsIt: Telegram refuses what staff wrote; nobody else is bothered.
func TestRefusedContentStopsIt(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.subscribers(60)
	r.run(r.replica().courier().Run)
	b := news("AAAAAAAA")
	for code := range b.Content {
		b.Content[code] = broadcast.Message{Text: "<b>не закрыто"}
	}
	b = r.reaches(r.announce(b), broadcast.Paused)
	if tally := r.tally(b.ID); tally != (broadcast.Tally{Queued: 60}) || b.Pause != string(broadcast.PauseContent) {
		t.Errorf("%+v, %s", tally, b.Pause)
	}
	if n := r.sim.Sent()["sendMessage"]; n != 0 {
		t.Errorf("%d went out", n)
	}
}

// TestBadTokenStopsAll: it is not one broadcast's fault.
func TestBadTokenStopsAll(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.subscribers(60)
	p := r.replica()
	p.carrier = NewCarrier(NewClient("1234567:revoked-revoked-revoked", r.sim.URL(), time.Second, 64), p.outbox)
	r.run(p.courier().Run)
	for _, id := range []broadcast.ID{r.announce(news("AAAAAAAA")), r.announce(news("BBBBBBBB"))} {
		if b := r.reaches(id, broadcast.Paused); b.Pause != string(broadcast.PauseToken) || r.tally(id).Settled() != 0 {
			t.Errorf("%s, %+v", b.Pause, r.tally(id))
		}
	}
	if strings.Contains(r.log.String(), "revoked-revoked") {
		t.Error("the log tells the token")
	}
}

// TestCanaryStopsIt: answers get lost; the first few are unknown, listed, and the rest is not touched. A person
// has it go on, and has the unknown ones sent again.
func TestCanaryStopsIt(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.rates = unlimited
	people := r.subscribers(200)
	r.faults(simulator.Fault{Kind: simulator.FaultCutAfter, Count: 20})
	r.run(r.replica().courier().Run)
	b := r.reaches(r.announce(news("AAAAAAAA")), broadcast.Paused)
	if tally := r.tally(b.ID); tally != (broadcast.Tally{Queued: 150, Sent: 30, Unknown: 20}) || b.Pause != string(broadcast.PauseErrors) {
		t.Errorf("%+v, %s", tally, b.Pause)
	}
	r.move(b.ID, broadcast.Sending, broadcast.ActResume)
	r.reaches(b.ID, broadcast.Finished)
	if tally := r.tally(b.ID); tally != (broadcast.Tally{Sent: 180, Unknown: 20}) {
		t.Errorf("%+v", tally)
	}
	r.move(b.ID, broadcast.Sending, broadcast.ActResend)
	if n, err := r.ledger().Requeue(t.Context(), b.ID); n != 20 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	r.reaches(b.ID, broadcast.Finished)
	twice := 0
	for _, p := range people {
		switch r.sim.BotMessages(p) {
		case 1:
		case 2:
			twice++
		default:
			t.Errorf("somebody got it %d times", r.sim.BotMessages(p))
		}
	}
	if tally := r.tally(b.ID); twice != 20 || tally.Sent != 200 {
		t.Errorf("%d got it twice because a person said so, %+v", twice, tally)
	}
}

// TestCorrectAndRecall changes messages with a picture where they are, then deletes them.
func TestCorrectAndRecall(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.rates = unlimited
	people := r.subscribers(30)
	author := r.person()
	photo, err := r.sim.SendPhoto(author, author, "map.png", []byte("\x89PNG\r\n\x1a\n"), "")
	if err != nil {
		t.Fatal(err)
	}
	r.run(r.replica().courier().Run)
	file := strings.TrimPrefix(photo.Photo.URL, "/sim/files/")
	with := func(b *broadcast.Broadcast, text string) *broadcast.Broadcast {
		b.Content = map[language.Code]broadcast.Message{language.Russian: {Text: text, Photo: file}}
		b.Fallback = language.Russian
		return b
	}
	first := r.announce(with(news("AAAAAAAA"), "до 20 часов"))
	r.reaches(first, broadcast.Finished)
	r.faults(simulator.Fault{Method: "editMessageCaption", Kind: simulator.FaultCutAfter, Count: 3}, simulator.Fault{Method: "deleteMessage", Kind: simulator.FaultCutAfter, Count: 3})
	correction := with(news("BBBBBBBB"), "до 22 часов")
	correction.Corrects = first
	r.reaches(r.announce(correction), broadcast.Finished)
	for _, p := range people {
		m := r.sim.Messages(p)
		if len(m) != 1 || !strings.Contains(m[0].Caption, "22 часов") || m[0].Photo == nil || m[0].EditDate == 0 {
			t.Fatalf("%+v", m)
		}
	}
	recall := news("CCCCCCCC")
	recall.Corrects, recall.Recall = first, true
	r.reaches(r.announce(recall), broadcast.Finished)
	for _, p := range people {
		if m := r.sim.Messages(p); len(m) != 0 {
			t.Fatalf("%+v", m)
		}
	}
	for _, id := range []broadcast.ID{correction.ID, recall.ID} {
		if tally := r.tally(id); tally != (broadcast.Tally{Sent: 30}) {
			t.Errorf("%s: %+v", id, tally)
		}
	}
	late := with(news("DDDDDDDD"), "до 23 часов")
	late.Corrects = first
	r.reaches(r.announce(late), broadcast.Finished)
	if tally := r.tally(late.ID); tally != (broadcast.Tally{Failed: 30}) {
		t.Errorf("a correction of what is deleted: %+v", tally)
	}
}

// TestTooLateExpires: a replica that was down does not send yesterday's news.
func TestTooLateExpires(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.subscribers(3)
	b := news("AAAAAAAA")
	b.Schedule.At = time.Now().Add(-2 * time.Hour)
	r.announce(b)
	later := news("BBBBBBBB")
	later.Schedule.At = time.Now().Add(time.Hour)
	r.announce(later)
	r.run(r.replica().courier().Run)
	r.reaches(b.ID, broadcast.Expired)
	if got := r.load(later.ID); got.State != broadcast.Scheduled || r.sim.Sent()["sendMessage"] != 0 {
		t.Errorf("%s, %d sent", got.State, r.sim.Sent()["sendMessage"])
	}
}

// TestStoppingHandsBack: a replica that is told to stop ends what is under way and gives the rest back, and
// another one goes on at once.
func TestStoppingHandsBack(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.rates.PerSecond, r.lease = 200, time.Hour
	people := r.subscribers(200)
	stop := r.run(r.replica().courier().Run)
	id := r.announce(news("AAAAAAAA"))
	r.until("some of it is out", func() bool { return r.sim.Sent()["sendMessage"] > 80 })
	stop()
	if tally := r.tally(id); tally.Unknown != 0 || tally.Sent != int(r.sim.Sent()["sendMessage"]) {
		t.Errorf("%+v", tally)
	}
	r.run(r.replica().courier().Run)
	r.reaches(id, broadcast.Finished)
	for _, p := range people {
		if n := r.sim.BotMessages(p); n != 1 {
			t.Errorf("somebody got it %d times", n)
		}
	}
}

// TestSilenceHoldsBulk: a 429 is waited out and counts as nobody's failure.
func TestSilenceHoldsBulk(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.rates = unlimited
	r.subscribers(40)
	r.faults(simulator.Fault{Kind: simulator.FaultFlood, RetryAfter: 2})
	p := r.replica()
	var silent atomic.Bool
	r.run(func(ctx context.Context) {
		for ctx.Err() == nil {
			silent.Store(silent.Load() || p.outbox.Quiet() > time.Second)
			time.Sleep(time.Millisecond)
		}
	})
	r.run(p.courier().Run)
	b := r.reaches(r.announce(news("AAAAAAAA")), broadcast.Finished)
	if tally := r.tally(b.ID); tally != (broadcast.Tally{Sent: 40}) || !silent.Load() {
		t.Errorf("%+v, silent %v", tally, silent.Load())
	}
	if calls := r.sim.Faults()[simulator.FaultFlood]; calls != 1 || len(r.sim.Refusals()) != 0 {
		t.Errorf("%d floods, %v", calls, r.sim.Refusals())
	}
}

// TestReplyToWhoHasGone: whom a reply does not reach leaves the audience at once.
func TestReplyToWhoHasGone(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	person := r.subscribers(1)[0]
	p := r.replica()
	p.workers.Lost = func(ctx context.Context, chat int64) {
		if err := r.ledger().Remove(ctx, chat); err != nil {
			t.Error(err)
		}
	}
	r.say(person, person, "когда референдум?")
	if _, err := r.sim.UpdatePerson(person, func(p *simulator.Person) { p.Deactivated = true }); err != nil {
		t.Fatal(err)
	}
	p.work()
	p.poll()
	r.until("they have left", func() bool {
		counts, err := r.ledger().Count(t.Context(), broadcast.Segment{}, nil)
		return err == nil && len(counts) == 0
	})
}

func TestCarrierSendsOneMessage(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p := r.replica()
	if _, err := p.carrier.Send(t.Context(), bot.Chat{ID: r.person()}, text(strings.Repeat("слово ", 1500))); bot.KindOf(err) != bot.BadContent {
		t.Errorf("%v", err)
	}
}
