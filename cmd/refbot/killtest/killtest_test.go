package killtest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestKill(t *testing.T) {
	for _, s := range scenarios() {
		t.Run(s.name, func(t *testing.T) {
			if !slow() {
				t.Parallel() // mostly they wait for leases to end
			}
			s.size().play(t)
		})
	}
}

func TestCompare(t *testing.T) {
	for heard, want := range map[string]struct {
		right bool
		twice int
	}{
		"a b c": {true, 0}, "a a b c": {true, 1}, "a b b b c c": {true, 3},
		"": {}, "a b": {}, "b a c": {}, "a c b": {}, "a b c a": {}, "a b x c": {}, "x a b c": {}, "a b a b c": {},
	} {
		wrong, twice, _ := compare(strings.Fields(heard), []string{"a", "b", "c"}, nil)
		if (wrong == "") != want.right || twice != want.twice {
			t.Errorf("%q: %q, %d twice", heard, wrong, twice)
		}
	}
	// The master died after three replies, and the replica knew that a was answered.
	for heard, want := range map[string]int{
		"a b c d": 0, "a b c b c d": 2, "a b c d b c d": 3, "a b c c d": 0, "a b c d d c d": 2,
		"a b c a b c d": -1, "a b c d c": -1, "a b c b d": -1, "a b c b c b c d": -1, "b c d": -1, "a b a b c d": -1,
	} {
		wrong, _, rewound := compare(strings.Fields(heard), []string{"a", "b", "c", "d"}, &rewind{after: 3, earliest: 1})
		if (wrong == "") != (want >= 0) || rewound != max(want, 0) {
			t.Errorf("%q with a rewind: %q, %d rewound", heard, wrong, rewound)
		}
	}
}

// bearable is how many replies may come twice: one a kill on average. A few kills are no average; then it
// is what may be on its way at once on a busy machine, see the gate in handlers/telegram. Those that a promoted
// replica repeats come on top of it, see rewind.
func (s scenario) bearable() int {
	if slow() {
		return s.kills
	}
	return 3 * (s.kills + s.restarts)
}

// aLife is about how long a replica lives between two kills once it is ready.
const aLife = 600 * time.Millisecond

func (s scenario) play(t *testing.T) {
	w := newTown(t, s)
	replicas := make([]*replica, s.replicas)
	for i := range replicas {
		replicas[i] = w.replica()
		if w.doors != nil {
			w.doors.add(replicas[i].addr)
		}
		replicas[i].start()
	}
	w.rehearse()

	began := time.Now()
	asked := make(chan struct{})
	go func() {
		defer close(asked)
		w.ask(time.Duration(s.kills) * 2 * aLife)
	}()
	trouble := newErrands()
	if w.proxy != nil {
		trouble.every(500*time.Millisecond, w.proxy.cut)
	}
	for i := range s.kills {
		promote := s.promoted && i == s.kills/2
		if promote {
			w.remember()
		}
		time.Sleep(aLife/2 + time.Duration(w.dice.Int64N(int64(aLife))))
		if s.restarts > 0 && i%(s.kills/s.restarts) == 0 {
			w.redis.Restart()
		}
		if promote {
			w.killMaster()
		}
		victim := replicas[i%len(replicas)]
		victim.kill()
		victim.start()
	}
	<-asked
	trouble.end()
	twice, rewound := w.judge()
	t.Logf("%d questions of %d people in %v, refbot killed %d times, Redis %d times: all answered in order, %d twice, %d of them for want of replication",
		s.people*s.each, s.people, time.Since(began).Round(time.Millisecond), s.kills, s.restarts, twice, rewound)
	if most := s.bearable(); twice-rewound > most {
		t.Errorf("%d replies came twice, more than %d", twice-rewound, most)
	}
	for _, r := range w.sim.Refusals() {
		// A killed process leaves half a request behind, and a poll that still waits when the next one comes.
		if r.Method != "getUpdates" && !strings.Contains(r.Description, "can't parse the request body") {
			t.Errorf("Telegram refused %+v", r)
		}
	}
	for _, r := range replicas {
		if took := r.end(syscall.SIGTERM); took > 15*time.Second {
			t.Errorf("stopping took %v", took)
		}
	}
	w.searchDumps()
}
