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
	d.set(5, 0)
	d.set(6, 0)
	if q, some := d.share(0, 8); some || q[5] != -1 {
		t.Errorf("with nothing left: %v", q)
	}
}
