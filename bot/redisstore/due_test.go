package redisstore

import (
	"testing"
	"time"
)

func TestDuePlan(t *testing.T) {
	var d due
	at := time.Unix(1000, 0)
	sum := func(q quotas) (n, asked int) {
		for _, each := range q {
			if each >= 0 {
				n, asked = n+each, asked+1
			}
		}
		return n, asked
	}
	q, all := d.plan(3, 20, at)
	if n, asked := sum(q); !all || n != 20 || asked != Shards || q[3] != 2 || q[2] != 1 {
		t.Errorf("with nothing known: %v, all %v", q, all)
	}
	d.add(5, 4)
	d.add(6, 30)
	if _, all = d.plan(0, 8, at); !all {
		t.Error("the first time with work does not sweep")
	}
	q, all = d.plan(6, 32, at.Add(sweepEvery/2))
	if n, asked := sum(q); all || n != 32 || asked != 2 || q[6] != 30 || q[5] != 2 {
		t.Errorf("with work known: %v, all %v", q, all)
	}
	if _, all = d.plan(0, 8, at.Add(sweepEvery)); !all {
		t.Error("work of others is never looked for")
	}
	d.set(5, 0, d.before())
	d.set(6, 0, d.before())
	if q, some := d.share(0, 8); some || q[5] != -1 {
		t.Errorf("with nothing left: %v", q)
	}
}

// TestDuePutMeanwhile: what is put while a shard is being asked stays known, whatever the shard says of the time before.
func TestDuePutMeanwhile(t *testing.T) {
	var d due
	d.add(5, 4)
	asked := d.before()
	d.add(5, 2)
	d.set(5, 0, asked)
	if q, some := d.share(0, 8); !some || q[5] != 2 || !d.some() {
		t.Errorf("known of: %v", q)
	}
	d.set(5, 0, d.before())
	if d.some() {
		t.Error("a shard without work is known to have some")
	}
}
