package broadcast_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"time"

	"refbot/bot/broadcast"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// A page of its own does with the desk what the conversation does.
func ExampleDesk() {
	ctx, store := context.Background(), newMemory()
	engine, err := lake(statementMD)
	if err != nil {
		fmt.Println(err)
		return
	}
	desk := &broadcast.Desk{
		Store: store, Audience: store, Ledger: store, Opinions: store, Knowledge: knowledge.NewLive(engine), Username: "refbot",
		Now: func() time.Time { return noon },
	}
	_ = store.Put(ctx, broadcast.Subscriber{Chat: 10, Language: language.Kazakh, Since: noon})

	b, _ := desk.Open(ctx, author, language.Russian, broadcast.Message{Text: "Итоги: 62,4 % <b>за</b>"})
	doubts, _ := desk.Doubts(ctx, b)
	fmt.Println("look again:", doubts[0].Kind, doubts[0].What)
	r1, _ := engine.Statement("r1")
	b, _ = desk.Edit(ctx, author, b.ID, "statement r1", func(b *broadcast.Broadcast) error {
		b.Point(desk.Username, r1)
		return nil
	})
	doubts, _ = desk.Doubts(ctx, b)
	counts, _ := desk.Count(ctx, b, nil)
	fmt.Println("doubts:", len(doubts), "people:", counts[language.Kazakh])
	for _, p := range b.Previews() {
		fmt.Printf("%s gets it in %q, %d of %d\n", p.Language, p.In, p.Units, p.Limit)
	}

	b, _ = desk.Submit(ctx, author, b.ID)
	b, err = desk.ApproveSeen(ctx, approver, b.ID, b.Print(), false)
	fmt.Println(b.State, err)
	progress, _ := desk.Progress(ctx, b.ID)
	fmt.Println("settled:", progress.Done())
	b, _ = desk.Cancel(ctx, approver, b.ID)
	report, _ := desk.Report(ctx, b.ID)
	fmt.Println(b.State, strings.SplitN(string(report.CSV), "\n", 2)[0])
	// Output:
	// look again: claim 62,4 %
	// doubts: 0 people: 1
	// kk gets it in "ru", 56 of 4096
	// ru gets it in "ru", 16 of 4096
	// en gets it in "ru", 58 of 4096
	// sending <nil>
	// settled: 0
	// cancelled language,recipients,sent,unreachable,failed,unknown,queued
}

func TestApprovalOfWhatWasRead(t *testing.T) {
	ctx, o := context.Background(), newOffice(t)
	id := o.submitted("Итоги скоро")
	read := o.state(id, broadcast.Submitted).Print()
	if _, err := o.Write(ctx, author, id, language.English, "Results soon"); err != nil {
		t.Fatal(err)
	}
	o.submit(id)
	_, err := o.ApproveSeen(ctx, approver, id, read, false)
	wantRefused(t, err, broadcast.Outdated)
	now := o.state(id, broadcast.Submitted).Print()
	_, err = o.ApproveSeen(ctx, author, id, now, false)
	wantRefused(t, err, broadcast.SamePerson)
	o.now = noon.Add(12 * time.Hour) // 00:00 in Almaty
	_, err = o.ApproveSeen(ctx, approver, id, now, false)
	wantRefused(t, err, broadcast.AtNight)
	if b, err := o.ApproveSeen(ctx, approver, id, now, true); err != nil || b.State != broadcast.Sending || b.Print() != now {
		t.Fatalf("%+v %v", b, err)
	}
}

func TestReportOfTheDesk(t *testing.T) {
	ctx, o := context.Background(), newOffice(t)
	id := o.submitted("Итоги скоро")
	if _, err := o.Approve(ctx, approver, id, card); err != nil {
		t.Fatal(err)
	}
	o.store.lines[id] = []broadcast.Line{
		{Chat: 1, Language: language.Kazakh, Outcome: broadcast.Sent, Message: 5},
		{Chat: 2, Language: language.Russian, Outcome: broadcast.Unreachable},
	}
	r, err := o.Report(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if r.Done() != 1 || len(r.Rows) != 2 || !bytes.Contains(r.CSV, []byte("\nall,2,1,1,0,0,0\n")) {
		t.Errorf("%+v\n%s", r.Progress, r.CSV)
	}
	if _, err := png.Decode(bytes.NewReader(r.PNG)); err != nil {
		t.Error(err)
	}
}

func TestPace(t *testing.T) {
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	var p broadcast.Pace
	for i, want := range []float64{0, 30, 30, 30} {
		if got := p.Rate(at.Add(time.Duration(i)*2*time.Second), i*60); got != want {
			t.Errorf("look %d: %.1f", i, got)
		}
	}
	for i := range 30 { // it stands still, and the past is forgotten
		p.Rate(at.Add(time.Duration(i+4)*2*time.Second), 180)
	}
	if got := p.Rate(at.Add(70*time.Second), 180); got != 0 {
		t.Errorf("%.1f a second when nothing moves", got)
	}
	if left, ok := (broadcast.Tally{Queued: 90}).Left(30); !ok || left != 3*time.Second {
		t.Errorf("%v left, %v", left, ok)
	}
	if _, ok := (broadcast.Tally{Queued: 90}).Left(0); ok {
		t.Error("it is said when something that stands still will be over")
	}
}
