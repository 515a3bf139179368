package broadcast

import "time"

// Progress is where a broadcast stands, for people to watch.
type Progress struct {
	Tally
	Rate float64       // lines settled a second, of late
	Left time.Duration // until the end at that rate; 0 when that cannot be told
}

// meterSpan is how far back a rate looks: long enough to even out bursts and silences.
const meterSpan = 15 * time.Second

// Meter turns tallies, taken now and then, into a rate. The zero value is ready; it belongs to one goroutine.
type Meter struct{ seen []reading }

type reading struct {
	at      time.Time
	settled int
}

// Add notes a tally and tells the progress.
func (m *Meter) Add(now time.Time, t Tally) Progress {
	m.seen = append(m.seen, reading{now, t.Settled()})
	for len(m.seen) > 2 && now.Sub(m.seen[1].at) >= meterSpan {
		m.seen = m.seen[1:]
	}
	p, first := Progress{Tally: t}, m.seen[0]
	if span, done := now.Sub(first.at), t.Settled()-first.settled; span > 0 && done > 0 {
		p.Rate = float64(done) / span.Seconds()
		p.Left = time.Duration(float64(t.Queued) / p.Rate * float64(time.Second)).Round(time.Second)
	}
	return p
}
