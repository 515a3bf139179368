package redisstore

import (
	"os/exec"
	"testing"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

// benchEnv is a redis-server where one is installed, else one in memory.
func benchEnv(b *testing.B) (*env, *RoundTrips) {
	b.Helper()
	var url string
	if _, err := exec.LookPath("redis-server"); err == nil {
		url = redistest.StartServer(b, "appendfsync everysec").URL()
	} else {
		url = redistest.StartMini(b).URL()
	}
	e, trips := newEnv(b, url), &RoundTrips{}
	must(b, ClaimKey(b.Context(), e.db, e.sealer))
	e.db.AddHook(trips)
	b.ReportAllocs()
	return e, trips
}

// reportTrips tells round trips for each of n units of work an iteration.
func reportTrips(b *testing.B, trips *RoundTrips, n int) {
	b.Helper()
	b.ReportMetric(float64(trips.Count())/float64(b.N*n), "trips/unit")
}

// typical is about what Telegram sends for a question.
var typical = make([]byte, 900)

func batchOf(n int, from int64) []bot.Update {
	updates := make([]bot.Update, n)
	for i := range updates {
		updates[i] = bot.Update{ID: from + int64(i), Mailbox: int64(i), Data: typical}
	}
	return updates
}

func BenchmarkPut100(b *testing.B) {
	e, trips := benchEnv(b)
	in, id := e.store.Inbox(hour), int64(0)
	for b.Loop() {
		if id%(100*mailboxSize) == 0 {
			b.StopTimer()
			must(b, e.db.FlushDB(b.Context()).Err())
			b.StartTimer()
		}
		must(b, in.Put(b.Context(), batchOf(100, id)))
		id += 100
	}
	reportTrips(b, trips, 100)
}

// BenchmarkQuestion is all that a question costs the store, 64 chats at once, one after the other.
func BenchmarkQuestion(b *testing.B) {
	e, trips := benchEnv(b)
	in, id, session := e.store.Inbox(hour), int64(0), bot.Session{Turns: []bot.Turn{{Question: "когда референдум?"}}}
	for b.Loop() {
		must(b, in.Put(b.Context(), batchOf(64, id)))
		id += 64
		ds, err := in.Lease(b.Context(), 64)
		must(b, err)
		for i, d := range ds {
			_, err := e.store.Recall(b.Context(), int64(i))
			must(b, err)
			_, err = in.Finish(b.Context(), d, bot.Outcome{Person: int64(i), Session: &session, Entry: entry("AAAAAAAAAAAA")})
			must(b, err)
		}
	}
	reportTrips(b, trips, 64)
}

func BenchmarkLeaseDone64(b *testing.B) {
	e, trips := benchEnv(b)
	in, id := e.store.Inbox(hour), int64(0)
	for b.Loop() {
		b.StopTimer()
		must(b, in.Put(b.Context(), batchOf(64, id)))
		id += 64
		b.StartTimer()
		ds, err := in.Lease(b.Context(), 64)
		must(b, err)
		for _, d := range ds {
			_, err := in.Done(b.Context(), d)
			must(b, err)
		}
	}
	reportTrips(b, trips, 64)
}

func BenchmarkRecall(b *testing.B) {
	e, trips := benchEnv(b)
	must(b, e.store.Record(b.Context(), asker, bot.Session{Turns: []bot.Turn{{Question: "когда референдум?"}}}, &bot.Profile{}, nil))
	for b.Loop() {
		_, err := e.store.Recall(b.Context(), asker)
		must(b, err)
	}
	reportTrips(b, trips, 1)
}

func BenchmarkRecord(b *testing.B) {
	e, trips := benchEnv(b)
	session := bot.Session{Turns: []bot.Turn{{Question: "когда референдум?"}}}
	for b.Loop() {
		must(b, e.store.Record(b.Context(), asker, session, nil, entry("AAAAAAAAAAAA")))
	}
	reportTrips(b, trips, 1)
}
