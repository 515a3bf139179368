//go:build unix

package telegram

import (
	"context"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot/broadcast"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
)

// fleet is how many people a benchmark sends to, and workers how many replicas do.
const (
	fleet   = 20_000
	workers = 2
)

// BenchmarkBroadcast sends to 20,000 people without a limit, with two workers, and compares that with a bare loop that
// makes the same calls from as many goroutines and keeps account of nothing.
//
//	go test ./handlers/telegram -run - -bench BenchmarkBroadcast -benchtime 1x
func BenchmarkBroadcast(b *testing.B) {
	r := newRig(b, redistest.StartServer(b, "appendfsync everysec").URL())
	r.rates, r.trips = unlimited, &redisstore.RoundTrips{}
	people := r.subscribers(fleet)
	replicas := make([]*replica, workers)
	for i := range replicas {
		replicas[i] = r.replica()
	}
	for b.Loop() {
		r.bareLoop(b, replicas, people) // connections are open now
		spent := r.spent()
		bare := r.bareLoop(b, replicas, people)
		bareTime := r.spent() - spent
		sends, whole, trips := r.courierLoop(replicas)
		courierTime := r.spent() - spent - bareTime
		bare = max(bare, r.bareLoop(b, replicas, people)) // the machine may have been busy
		b.ReportMetric(bare, "bare/s")
		b.ReportMetric(sends, "sends/s")
		b.ReportMetric(100*sends/bare, "%ofbare")
		b.ReportMetric(100*whole/bare, "%ofbare-with-start")
		b.ReportMetric(float64(bareTime.Microseconds())/fleet, "bare-cpu-µs")
		b.ReportMetric(float64(courierTime.Microseconds())/fleet, "cpu-µs")
		b.ReportMetric(100*bareTime.Seconds()/courierTime.Seconds(), "%ofbare-by-cpu")
		b.ReportMetric(trips, "trips/recipient")
	}
}

// spent is the processor time so far of this process, in which the simulator runs too, and of Redis. Where other
// programs want the processors as well, it tells more than a clock.
func (r *rig) spent() time.Duration {
	db, err := redisstore.Connect(r.url)
	if err != nil {
		r.t.Fatal(err)
	}
	defer db.Close()
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		r.t.Fatal(err)
	}
	sum := time.Duration(own.Utime.Nano() + own.Stime.Nano())
	for line := range strings.Lines(db.Info(context.Background(), "cpu").Val()) {
		for _, name := range []string{"used_cpu_sys:", "used_cpu_user:"} {
			if text, ok := strings.CutPrefix(line, name); ok {
				d, _ := time.ParseDuration(strings.TrimSpace(text) + "s")
				sum += d
			}
		}
	}
	return sum
}

// bareLoop makes the calls.
func (r *rig) bareLoop(b *testing.B, replicas []*replica, people []int64) (perSecond float64) {
	m, _ := news("BARELOOP").Reply("kk")
	p := pieces(m, 0, false)[0]
	chats := make(chan int64, len(people))
	for _, id := range people {
		chats <- id
	}
	close(chats)
	began := time.Now()
	var all sync.WaitGroup
	for i := range workers * 48 {
		all.Go(func() {
			api := replicas[i%workers].carrier.api
			for chat := range chats {
				if _, err := api.SendMessage(b.Context(), &tg.SendMessageParams{
					ChatID: chat, Text: p.text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview, ReplyMarkup: p.markup,
				}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
	return float64(len(people)) / time.Since(began).Seconds()
}

// courierLoop sends a broadcast: sends a second once the canary is out, and from the very start.
func (r *rig) courierLoop(replicas []*replica) (perSecond, whole, trips float64) {
	var stops []func()
	for _, p := range replicas {
		stops = append(stops, r.run(p.courier().Run))
	}
	sent := func() int { return int(r.sim.Sent()["sendMessage"]) }
	start, began, asked := sent(), time.Now(), r.trips.Count()
	id := r.announce(news(string(broadcast.NewID())))
	canary := start + broadcast.CanarySize(fleet)
	r.until("everybody sends", func() bool { return sent() > canary })
	first, opened := sent(), time.Now()
	r.until("all are sent", func() bool { return sent() == start+fleet })
	perSecond, whole = float64(start+fleet-first)/time.Since(opened).Seconds(), fleet/time.Since(began).Seconds()
	trips = float64(r.trips.Count()-asked) / fleet
	r.reaches(id, broadcast.Finished)
	for _, stop := range stops {
		stop()
	}
	return perSecond, whole, trips
}
