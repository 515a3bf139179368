package broadcast

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"time"

	"refbot/knowledge/language"
)

// Print is the fingerprint of all that an approval is for: texts, audience, statements, moment. It stays the same
// while only the state and the audit change.
func (b *Broadcast) Print() string {
	raw, err := json.Marshal([]any{b.ID, b.Content, b.Fallback, b.Segment, b.Statements, b.Schedule, b.Corrects, b.Recall})
	if err != nil { // no such value has a field that JSON cannot take
		return ""
	}
	sum := sha256.Sum256(raw)
	return base32.StdEncoding.EncodeToString(sum[:10])
}

// Progress is how a broadcast goes, at one moment.
type Progress struct {
	Broadcast *Broadcast
	Tally     Tally
	Up, Down  int // presses of the rating buttons
}

// Done is how much of it is settled, from 0 to 1.
func (p Progress) Done() float64 {
	if p.Tally.Total() == 0 {
		return 0
	}
	return float64(p.Tally.Settled()) / float64(p.Tally.Total())
}

// Progress reads how a broadcast goes; what it costs does not depend on how many recipients there are.
func (d *Desk) Progress(ctx context.Context, id ID) (Progress, error) {
	b, err := d.Store.Load(ctx, id)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{Broadcast: b}
	if p.Tally, err = d.Ledger.Tally(ctx, id); err != nil {
		return p, err
	}
	p.Up, p.Down, err = d.Opinions.Presses(ctx, id)
	return p, err
}

// Pace measures how fast a broadcast goes. Whoever shows that keeps one for each; the zero value is ready.
type Pace struct{ samples []sample }

type sample struct {
	at   time.Time
	done int
}

// paceTime is over how long the rate is measured.
const paceTime = 20 * time.Second

// Rate takes in how many lines are settled now, and gives how many a second were of late; 0 while that is not known.
func (p *Pace) Rate(now time.Time, settled int) float64 {
	p.samples = append(p.samples, sample{now, settled})
	for len(p.samples) > 2 && now.Sub(p.samples[1].at) > paceTime {
		p.samples = p.samples[1:]
	}
	first := p.samples[0]
	if d := now.Sub(first.at).Seconds(); d >= 1 {
		return max(0, float64(settled-first.done)/d)
	}
	return 0
}

// slowest is the rate, in lines a second, below which nothing is said of when a broadcast will be over.
const slowest = 0.05

// Left is how long the rest takes at a rate in lines a second; false when that cannot be said.
func (t Tally) Left(rate float64) (time.Duration, bool) {
	if rate < slowest || t.Queued == 0 {
		return 0, false
	}
	return time.Duration(float64(t.Queued) / rate * float64(time.Second)), true
}

// Report is what became of a broadcast.
type Report struct {
	Progress
	Rows []Row  // by language
	CSV  []byte // of Rows: see [WriteCSV]
	PNG  []byte // the chart; nil when it was for nobody
}

// Report reads the whole ledger, which takes about a second for a million recipients. Thirty days after the
// start nothing is left of it but the sums.
func (d *Desk) Report(ctx context.Context, id ID) (Report, error) {
	p, err := d.Progress(ctx, id)
	if err != nil {
		return Report{}, err
	}
	r := Report{Progress: p}
	if r.Rows, err = Tabulate(ctx, d.Ledger, p.Broadcast); err != nil {
		return r, err
	}
	var table bytes.Buffer
	if err := WriteCSV(&table, r.Rows); err != nil {
		return r, err
	}
	r.CSV = table.Bytes()
	if p.Tally.Total() > 0 {
		r.PNG, err = Chart(r.Rows)
	}
	return r, err
}

// Preview is what people of one language get.
type Preview struct {
	Language language.Code
	In       language.Code // the language it is written in; "" when they get nothing
	Units    int           // UTF-16 units of what they get
	Limit    int           // how many it may have
}

// Previews lists every language in order; [Broadcast.Reply] renders what is delivered.
func (b *Broadcast) Previews() []Preview {
	list := make([]Preview, 0, len(language.Codes()))
	for _, l := range language.Codes() {
		p := Preview{Language: l}
		if m, in, ok := b.Message(l); ok {
			p.In, p.Units, p.Limit = in, b.Units(l), m.Limit()
		}
		list = append(list, p)
	}
	return list
}
