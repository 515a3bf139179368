package redisstore

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/bot/redisstore/redistest"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// scale is how many entries TestModerationScale has.
const scale = 1_000_000

// TestModerationScale fills a real Redis with a million entries of 180 days and tells how long each filter's pages
// take, what an entry costs, and that an export needs flat memory. It runs with REFBOT_SLOW=1 for some minutes.
func TestModerationScale(t *testing.T) {
	if os.Getenv("REFBOT_SLOW") == "" {
		t.Skip("fills a Redis with a million entries: REFBOT_SLOW=1")
	}
	e := newEnv(t, redistest.StartServer(t, "appendonly no", "save \"\"").URL())
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	clerk := e.clerk()
	before := e.memory(t)
	started := time.Now()
	for from := 0; from < scale; from += 2000 {
		e.journalled(t, from, 2000)
		must(t, clerk.Catchup(t.Context()))
	}
	t.Logf("%d entries stored and filed in %v", scale, time.Since(started).Round(time.Second))
	all := e.memory(t)
	index := e.sizeOf(t, filePrefix+"*")
	t.Logf("bytes per entry: %d in all, of which the index of moderation %d", (all-before)/scale, index/scale)
	m := e.store.Moderation()
	now := time.Now()
	for name, f := range map[string]moderation.Filter{
		"none": {}, "a day": {Since: now.AddDate(0, 0, -90), Until: now.AddDate(0, 0, -89)},
		"language": {Language: language.Kazakh}, "verdict": {Decision: knowledge.DecideOfftopic}, "topic": {Topic: "topic-7"},
		"feedback": {Feedback: bot.NotHelpful}, "open": {State: moderation.Open}, "ruling, none there": {Ruling: moderation.Spam},
		"reviewed, none there": {State: moderation.Reviewed},
		"several":              {Language: language.English, Decision: knowledge.DecideAbstain, Feedback: bot.NotHelpful},
		"asker":                {Asker: e.sealer.Hide("person", 77)}, "cluster": {Cluster: "C3"},
		"text, common": {Text: "вопрос"}, "text, rare": {Text: "вопрос 999999"}, "text, none there": {Text: "нет такого слова"},
	} {
		e.timePages(t, m, name, f)
	}
	e.timeEach(t, m)
}

// timePages reads pages one after another, from the first on.
func (e *env) timePages(t *testing.T, m *Moderation, name string, f moderation.Filter) {
	t.Helper()
	var took []time.Duration
	entries := 0
	for cursor, n := "", 0; n < 60; n++ {
		started := time.Now()
		page, err := m.Page(t.Context(), f, cursor, 50)
		must(t, err)
		took = append(took, time.Since(started))
		entries += len(page.Questions)
		cursor = page.Next
	}
	slices.Sort(took)
	p95 := took[len(took)*95/100]
	t.Logf("%-22s p50 %6.1f ms  p95 %6.1f ms  (%d pages, %d entries)", name, ms(took[len(took)/2]), ms(p95), len(took), entries)
	if p95 > 150*time.Millisecond {
		t.Errorf("%s: p95 is %v, want at most 150 ms", name, p95)
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// timeEach visits all.
func (e *env) timeEach(t *testing.T, m *Moderation) {
	t.Helper()
	var before, stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	peak, visited, started := uint64(0), 0, time.Now()
	must(t, m.Each(t.Context(), moderation.Filter{}, func(moderation.Question) error {
		if visited++; visited%50_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&stats)
			peak = max(peak, stats.HeapAlloc)
		}
		return nil
	}))
	grown := int64(peak) - int64(before.HeapAlloc)
	t.Logf("export of %d entries in %v; the heap grew by %d KB at most", visited, time.Since(started).Round(time.Second), grown/1024)
	if visited != scale || grown > 16<<20 {
		t.Errorf("%d entries visited, the heap grew by %d bytes", visited, grown)
	}
}

// journalled stores entries as Record does, many at once.
func (e *env) journalled(t *testing.T, from, n int) {
	t.Helper()
	random := rand.New(rand.NewPCG(uint64(from), 1))
	reply := "По сообщению Центральной избирательной комиссии, референдум пройдёт 15 марта 2026 года. Участки открыты с 7:00 до 20:00. Источник: election.gov.kz"
	var calls []call
	for i := from; i < from+n; i++ {
		entry := &bot.Entry{
			Ref: bot.NewRef(), At: time.Now().Add(-179*24*time.Hour + time.Duration(float64(i)/scale*float64(178*24*time.Hour))),
			Question: fmt.Sprintf("тема%d вопрос %d о референдуме и новой Конституции", random.IntN(3000), i),
			Language: languages[1+random.IntN(3)], Decision: decisions[1+random.IntN(4)], Confidence: .5 + random.Float64()/2,
			Topic: fmt.Sprint("topic-", random.IntN(20)), Statements: []string{"s001", "s002"}, Reply: reply, Micros: int64(random.IntN(5000)), Knowledge: "0123456789ab",
		}
		if random.IntN(20) == 0 {
			entry.Feedback = bot.NotHelpful
		}
		calls = append(calls, e.store.record(bot.Outcome{Person: int64(random.IntN(200_000)), Entry: entry})...)
	}
	must(t, firstError(run(t.Context(), e.db, calls...)))
}

func (e *env) memory(t *testing.T) int64 {
	t.Helper()
	return parseInfo(e.db.Info(t.Context(), "memory").Val()).Memory
}

// sizeOf is how much memory keys take.
func (e *env) sizeOf(t *testing.T, pattern string) (sum int64) {
	t.Helper()
	for cursor := uint64(0); ; {
		keys, next, err := e.db.Scan(t.Context(), cursor, pattern, 1000).Result()
		must(t, err)
		pipe := e.db.Pipeline()
		for _, key := range keys {
			pipe.MemoryUsage(t.Context(), key)
		}
		if len(keys) > 0 {
			cmds, err := pipe.Exec(t.Context())
			must(t, err)
			for _, c := range cmds {
				n, _ := c.(interface{ Result() (int64, error) }).Result()
				sum += n
			}
		}
		if cursor = next; cursor == 0 {
			return sum
		}
	}
}
