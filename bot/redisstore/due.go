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
	put   [Shards]int // all that was ever put here
	swept time.Time   // when all shards were asked
}

// sweepEvery is how long a replica that is busy with what it knows of leaves the work of others, and
// mailboxes whose pause or lease has ended, unseen.
const sweepEvery = 100 * time.Millisecond

// quotas are how many mailboxes are asked of each shard, -1 for a shard that is not asked.
type quotas [Shards]int

// before is what was put until now: what a shard says of itself later may leave out what comes after.
func (d *due) before() [Shards]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.put
}

// set notes what a shard has said it has, when it was asked after before. What was put since counts in full, since it
// is not known which came first.
func (d *due) set(shard, count int, before [Shards]int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.count[shard] = count + d.put[shard] - before[shard]
}

// add notes mailboxes that were put.
func (d *due) add(shard, count int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.count[shard] += count
	d.put[shard] += count
}

// some tells whether there is work known of.
func (d *due) some() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.count != [Shards]int{}
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

// share asks the shards known to have work for n in all; false when there are none. It asks few shards for
// much, since every shard is a call of its own: their turn goes round with first.
func (d *due) share(first, n int) (q quotas, some bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range q {
		q[i] = -1
	}
	for i := range Shards {
		s := (first + i) % Shards
		if asked := min(n, d.count[s]); asked > 0 {
			q[s], some = asked, true
			n -= asked
		}
	}
	return q, some
}
