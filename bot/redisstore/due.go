package redisstore

import (
	"sync"
	"time"
)

// due is what a replica knows of the work that waits in the shards: what it put there itself and what the
// last Lease left. It may be too much or too little, since other replicas put and take as well.
type due struct {
	mu    sync.Mutex
	count [Shards]int
	swept time.Time // when all shards were asked
}

// sweepEvery is how long a replica that is busy with what it knows of leaves the work of others, and
// mailboxes whose pause or lease has ended, unseen.
const sweepEvery = 100 * time.Millisecond

// quotas are how many mailboxes are asked of each shard, -1 for a shard that is not asked.
type quotas [Shards]int

// set notes what a shard has said.
func (d *due) set(shard, count int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.count[shard] = count
}

// add notes mailboxes that were put.
func (d *due) add(shard, count int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.count[shard] += count
}

// plan divides n among the shards known to have work, or evenly among all. The shards are served from
// first on.
func (d *due) plan(first, n int, now time.Time) (q quotas, all bool) {
	if q, some := d.share(first, n); some && !d.stale(now) {
		return q, false
	}
	return even(first, n), true
}

// even divides n among all shards.
func even(first, n int) (q quotas) {
	for i := range Shards {
		q[(first+i)%Shards] = (n + Shards - 1 - i) / Shards
	}
	return q
}

// stale tells, once every sweepEvery, that it is time to sweep.
func (d *due) stale(now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now.Sub(d.swept) < sweepEvery {
		return false
	}
	d.swept = now
	return true
}

// share divides n among the shards known to have work, one to each in turn; false when there are none.
func (d *due) share(first, n int) (q quotas, some bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range q {
		q[i] = -1
	}
	for more := true; more && n > 0; {
		more = false
		for i := range Shards {
			s := (first + i) % Shards
			if n > 0 && max(q[s], 0) < d.count[s] {
				q[s] = max(q[s], 0) + 1
				n--
				more, some = true, true
			}
		}
	}
	return q, some
}
