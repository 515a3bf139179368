package outreach

import (
	"context"

	"refbot/bot"
	"refbot/bot/broadcast"
)

// finish reports a broadcast that is over, once: as a message, a chart and a table. Who cancelled a draft needs no
// report.
func (w *Watcher) finish(ctx context.Context, b *broadcast.Broadcast) error {
	if !b.State.Over() || !b.Reported.IsZero() || b.Started.IsZero() && b.State != broadcast.Expired {
		return nil
	}
	tally, err := w.Room.Desk.Ledger.Tally(ctx, b.ID)
	if err != nil {
		return err
	}
	if len(b.Boards) > 0 {
		if err := w.draw(ctx, b, tally, 0); err != nil {
			return err
		}
	}
	if err := w.report(ctx, b, tally); err != nil {
		return err
	}
	return w.Room.Desk.Reported(ctx, b.ID)
}

func (w *Watcher) report(ctx context.Context, b *broadcast.Broadcast, tally broadcast.Tally) error {
	var r broadcast.Report
	if !b.Started.IsZero() {
		var err error
		if r, err = w.Room.Desk.Report(ctx, b.ID); err != nil {
			return err
		}
	}
	for _, person := range readers(b) {
		if err := w.send(ctx, b, person, tally, r.PNG, r.CSV); gone(err) != nil {
			return err
		}
	}
	return nil
}

// send sends somebody the report.
func (w *Watcher) send(ctx context.Context, b *broadcast.Broadcast, person int64, tally broadcast.Tally, chart, table []byte) error {
	v := w.view(ctx, person, tally, 0)
	v.chart = chart != nil
	r := v.board(b)
	if chart == nil {
		_, err := w.Room.Messenger.Send(ctx, bot.Chat{ID: person}, r, 0)
		return err
	}
	r.Picture = &bot.File{Name: "broadcast-" + string(b.ID) + ".png", Data: chart}
	if _, err := w.Room.Messenger.Send(ctx, bot.Chat{ID: person}, r, 0); err != nil {
		return err
	}
	_, err := w.Room.Messenger.Send(ctx, bot.Chat{ID: person}, bot.Reply{
		Language: v.t.Code, Parts: []bot.Part{bot.Text(v.t.Broadcast.Table)},
		File: &bot.File{Name: "broadcast-" + string(b.ID) + ".csv", Data: table},
	}, 0)
	return err
}
