package telegram

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"refbot/bot/broadcast"
	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
)

// TestBroadcastKeepsTheRate: two replicas send a broadcast under Telegram's limits while 20 people a second ask. Nearly
// all of the rate is used, nearly nothing is refused, and replies come at once. How long things take is judged
// only in the full version, on a machine that does nothing else:
//
//	REFBOT_SLOW=1 go test ./handlers/telegram -run TestBroadcastKeepsTheRate -v
func TestBroadcastKeepsTheRate(t *testing.T) {
	full, window := os.Getenv("REFBOT_SLOW") == "1", 5*time.Second
	if full {
		window = time.Minute
	}
	r := newRig(t, redistest.StartServer(t).URL())
	r.subscribers(50 + 30*int(window.Seconds()+20))
	r.sim.SetLimits(simulator.Limits{Enabled: true})
	replicas := []*replica{r.replica(), r.replica()}
	for _, p := range replicas {
		p.work()
		r.run(p.outbox.Run)
		r.run(p.courier().Run)
	}
	replicas[0].poll()
	crowd := make([]int64, 100)
	for i := range crowd {
		crowd[i] = r.person()
	}
	id := r.announce(news("RATEAAAA"))
	r.until("everybody sends", func() bool { return r.tally(id).Sent > broadcast.CanarySize(r.tally(id).Total())+30 })
	before, refused, began := r.sim.Sent()["sendMessage"], len(r.sim.Refusals()), time.Now()
	waits := r.askSteadily(crowd, 20, window)
	took := time.Since(began)
	sent, refusals := r.sim.Sent()["sendMessage"]-before, len(r.sim.Refusals())-refused
	slices.Sort(waits)
	p99 := waits[len(waits)*99/100]
	used, share := float64(sent)/(30*took.Seconds()), float64(refusals)/float64(sent)
	t.Logf("%d messages in %v, %d of them replies: %.1f %% of 30 a second; %d refused (%.2f %%); replies took %v (median), %v (p99)",
		sent, took.Round(time.Millisecond), len(waits), 100*used, refusals, 100*share, waits[len(waits)/2].Round(time.Millisecond), p99.Round(time.Millisecond))
	if share > .05 {
		t.Errorf("%d of %d were refused", refusals, sent)
	}
	if full && (used < .97 || share > .005 || p99 > time.Second) {
		t.Error("the rate is not used, too much is refused, or people wait")
	}
}

// askSteadily has so many questions asked a second, and returns how long each reply took.
func (r *rig) askSteadily(people []int64, perSecond int, window time.Duration) (waits []time.Duration) {
	r.t.Helper()
	var mu sync.Mutex
	var asking sync.WaitGroup
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	for i, end := 0, time.Now().Add(window); time.Now().Before(end); i++ {
		<-tick.C
		asking.Go(func() {
			person, asked := people[i%len(people)], time.Now()
			question := r.say(person, person, fmt.Sprintf("какая была явка в %d году?", 1990+i/len(people)))
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			if _, err := r.sim.WaitReply(ctx, person, question); err != nil {
				r.t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			waits = append(waits, time.Since(asked))
		})
	}
	asking.Wait()
	return waits
}
