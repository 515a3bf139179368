package telegram

import (
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
)

// TestBulkKeepsTheRate sends to many people from two replicas while others ask: nearly no 429, nearly
// all of the rate, and replies at once. REFBOT_SLOW=1 sends 2,000 messages.
func TestBulkKeepsTheRate(t *testing.T) {
	n := 150
	if os.Getenv("REFBOT_SLOW") == "1" {
		n = 2000
	}
	r := newRig(t, redistest.StartServer(t).URL())
	r.sim.SetLimits(simulator.Limits{Enabled: true})
	replicas := []*replica{r.replica(), r.replica()}
	for _, p := range replicas {
		p.work()
		r.run(p.outbox.Run)
	}
	replicas[0].poll()
	asking := make([]int64, 20)
	for i := range asking {
		asking[i] = r.person()
	}

	people := make(chan int64, n)
	for range n {
		people <- r.sim.AddPerson(simulator.Person{FirstName: "x", Started: true}).ID
	}
	close(people)
	began := time.Now()
	var senders sync.WaitGroup
	for i := range 24 {
		senders.Go(func() {
			for person := range people {
				if _, _, err := replicas[i%2].sender.SendBulk(t.Context(), bot.Chat{ID: person}, text("новость")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	var slowest atomic.Int64
	done := make(chan struct{})
	go func() { senders.Wait(); close(done) }()
	questions := r.askUntil(done, asking, &slowest)
	took := time.Since(began)

	rate, refused := float64(n+questions)/took.Seconds(), len(r.sim.Refusals())
	t.Logf("%d bulk messages and %d replies in %v: %.1f a second, %d refused, slowest reply %v", n, questions, took, rate, refused, time.Duration(slowest.Load()))
	if rate < 0.95*30 && n >= 2000 || float64(refused) > 0.005*float64(n) {
		t.Errorf("%.1f a second, %d refused", rate, refused)
	}
	if time.Duration(slowest.Load()) > time.Second {
		t.Errorf("a reply took %v", time.Duration(slowest.Load()))
	}
}

// askUntil has one of people ask five times a second and measures how long the reply takes.
func (r *rig) askUntil(done <-chan struct{}, people []int64, slowest *atomic.Int64) (questions int) {
	r.t.Helper()
	for {
		select {
		case <-done:
			return questions
		case <-time.After(200 * time.Millisecond):
		}
		person := people[questions%len(people)]
		before, asked := r.replies(person), time.Now()
		r.say(person, person, "какая была явка?"+string(rune('а'+questions/len(people))))
		r.until("a reply", func() bool { return r.replies(person) > before })
		slowest.Store(max(slowest.Load(), int64(time.Since(asked))))
		questions++
	}
}
