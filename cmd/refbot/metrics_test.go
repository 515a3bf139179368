package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/handlers/telegram"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// exposed is what /metrics shows.
func exposed(t testing.TB, m *metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.registry.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	if w.Code != http.StatusOK {
		t.Fatalf("/metrics answers %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// watched shows the state of a program at rest.
func watched() *metrics {
	m := newMetrics()
	m.watch(func(p *metricsParts) { *p = atRest() })
	return m
}

func atRest() metricsParts {
	return metricsParts{
		live:  knowledge.NewLive(builtEngine()),
		ready: func(context.Context) bool { return true },
		quiet: func() time.Duration { return 0 },
		depth: func(context.Context) (redisstore.Depth, error) {
			return redisstore.Depth{Due: 3, InWork: 2, Oldest: 1500 * time.Millisecond, Dead: 4}, nil
		},
	}
}

func builtEngine() *knowledge.Engine {
	pack, err := openPack("")
	if err != nil {
		panic(err)
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		panic(err)
	}
	return engine
}

// busy makes every metric count something.
func busy(m *metrics) {
	for _, s := range bot.Stages() {
		m.Took(s, 3*time.Millisecond)
	}
	m.Judged(knowledge.DecideAnswer, language.Kazakh)
	m.Replied(knowledge.DecideAnswer, language.Kazakh)
	m.Replied("", language.Russian)
	m.Waited(time.Second)
	m.Silenced(true, time.Second)
	m.Received(telegram.ByWebhook, "message")
	m.Settled(telegram.HowDone)
	m.Called("sendMessage", "", 40*time.Millisecond)
	m.Called("sendMessage", bot.RateLimited, 40*time.Millisecond)
	m.Called("getUpdates", "", 25*time.Second)
	m.asked("recall", "", time.Millisecond)
	m.asked("put", redisstore.FailedTimeout, time.Second)
	door := m.watchDoor(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	door.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/hook", http.NoBody))
}

func TestMetrics(t *testing.T) {
	m := watched()
	busy(m)
	text := exposed(t, m)
	for _, want := range []string{
		`refbot_verdicts_total{decision="answer",language="kk"} 1`,
		`refbot_verdicts_total{decision="neutral",language="en"} 0`,
		`refbot_replies_total{decision="none",language="ru"} 1`,
		`refbot_updates_received_total{door="webhook",kind="message"} 1`,
		`refbot_updates_handled_total{outcome="done"} 1`,
		`refbot_updates_handled_total{outcome="buried"} 0`,
		`refbot_stage_duration_seconds_count{stage="compose"} 1`,
		`refbot_telegram_calls_total{method="sendMessage",outcome="ok"} 1`,
		`refbot_telegram_calls_total{method="sendMessage",outcome="rate_limited"} 1`,
		`refbot_redis_round_trips_total{operation="recall"} 1`,
		`refbot_redis_errors_total{operation="put",failure="timeout"} 1`,
		`refbot_limiter_wait_seconds_count 1`,
		`refbot_limiter_silences_total{scope="all"} 1`,
		`refbot_webhook_responses_total{code="401"} 1`,
		`refbot_ready 1`, `refbot_redis_up 1`, `refbot_dead_letters 4`, `refbot_inbox_oldest_age_seconds 1.5`,
		`refbot_inbox_mailboxes{state="due"} 3`, `refbot_inbox_mailboxes{state="in_work"} 2`,
		`refbot_knowledge_info{version="2`, `refbot_build_info{`, "\ngo_goroutines ", "\nprocess_start_time_seconds ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	if strings.Contains(text, `duration_seconds_count{method="getUpdates"}`) {
		t.Error("a poll counts as a slow call")
	}
}

// TestMetricsTellNothing hands hostile words to everything that can become a label: none is shown, and
// the number of series stays what it was.
func TestMetricsTellNothing(t *testing.T) {
	m := watched()
	busy(m)
	hostile(m, "first")
	before := series(exposed(t, m))
	for _, evil := range []string{"7654321", "как голосовать?", "123456789:AAE-secret", "o\"}\nrefbot_ready 0\n#", "\xff\x00", strings.Repeat("x", 1<<12), "@someone"} {
		hostile(m, evil)
		text := exposed(t, m)
		if strings.Contains(text, strings.ToValidUTF8(evil, "\ufffd")) || strings.Contains(text, "refbot_ready 0") {
			t.Errorf("%.20q is shown", evil)
		}
		if n := series(text); n != before {
			t.Errorf("%.20q makes %d series of %d", evil, n, before)
		}
	}
}

func hostile(m *metrics, evil string) {
	m.Took(bot.Stage(evil), time.Second)
	m.Judged(knowledge.Decision(evil), language.Code(evil))
	m.Replied(knowledge.Decision(evil), language.Code(evil))
	m.Received(telegram.Door(evil), telegram.UpdateKind(evil))
	m.Settled(telegram.How(evil))
	m.Called(evil, bot.Kind(evil), time.Second)
	m.asked(evil, evil, time.Second)
}

// series counts lines that are no comments.
func series(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "refbot_") {
			n++
		}
	}
	return n
}

func TestLabel(t *testing.T) {
	for version, want := range map[string]string{
		"2026-03-18-0badcafe": "2026-03-18-0badcafe", "(devel)": "(devel)", "v1.2.3+dirty": "v1.2.3+dirty", "go1.26.8": "go1.26.8",
		"": other, "с": other, "a b": other, `a"b`: other, strings.Repeat("1", 65): other,
	} {
		if got := label(version); got != want {
			t.Errorf("label(%q) = %q, want %q", version, got, want)
		}
	}
}

// TestMetricsWithoutRedis: what is not known is not shown as nothing, and Redis is not asked again and again.
func TestMetricsWithoutRedis(t *testing.T) {
	m, asked := watched(), 0
	s := m.state
	s.ready = func(context.Context) bool { return false }
	s.depth = func(ctx context.Context) (redisstore.Depth, error) {
		asked++
		if _, bounded := ctx.Deadline(); !bounded {
			t.Error("Redis may take for ever")
		}
		return redisstore.Depth{}, errors.New("away")
	}
	for range 3 {
		text := exposed(t, m)
		if !strings.Contains(text, "\nrefbot_redis_up 0\n") || !strings.Contains(text, "\nrefbot_ready 0\n") ||
			strings.Contains(text, "\nrefbot_dead_letters ") || strings.Contains(text, "\nrefbot_inbox_") {
			t.Errorf("got:\n%s", text)
		}
	}
	if asked != 1 {
		t.Errorf("Redis was asked %d times within %s", asked, depthFresh)
	}
	s.asked = time.Now().Add(-depthFresh)
	s.depth = atRest().depth
	if text := exposed(t, m); !strings.Contains(text, "\nrefbot_redis_up 1\n") || !strings.Contains(text, "\nrefbot_dead_letters 4\n") {
		t.Errorf("Redis is back, got:\n%s", text)
	}
}

// TestMetricsAtTheStart: somebody may look before anything else stands.
func TestMetricsAtTheStart(t *testing.T) {
	text := exposed(t, newMetrics())
	for _, want := range []string{"\nrefbot_ready 0\n", "\nrefbot_redis_up 0\n", "\nrefbot_build_info{"} {
		if !strings.Contains(text, want) {
			t.Errorf("/metrics lacks %q", want)
		}
	}
	if strings.Contains(text, "\nrefbot_knowledge_") || strings.Contains(text, "\nrefbot_dead_letters ") {
		t.Errorf("it tells what it cannot know:\n%s", text)
	}
}

// TestMetricsKnowTheMethods reads out of the source which methods are called: each has its label.
func TestMetricsKnowTheMethods(t *testing.T) {
	called := regexp.MustCompile(`(?:\.Call\(ctx, |settled\()"(\w+)"`)
	found := 0
	for _, dir := range []string{"../../handlers/telegram", "."} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			source, err := os.ReadFile(dir + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range called.FindAllSubmatch(source, -1) {
				found++
				if !slices.Contains(methods, string(match[1])) {
					t.Errorf("%s calls %s, which metrics count as %q", e.Name(), match[1], other)
				}
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d calls were found in the source", found)
	}
}

// TestWatchDoor: the answer passes unchanged, and the door can still reach the connection.
func TestWatchDoor(t *testing.T) {
	m := newMetrics()
	server := httptest.NewServer(m.watchDoor(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Second)); err != nil {
			t.Errorf("the connection is out of reach: %v", err)
		}
		_, _ = io.Copy(w, r.Body)
	})))
	defer server.Close()
	resp, err := http.Post(server.URL, "text/plain", strings.NewReader("echo"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != "echo" || !strings.Contains(exposed(t, m), `refbot_webhook_responses_total{code="200"} 1`) {
		t.Errorf("%q, %v", body, err)
	}
}

// promtool runs Prometheus' own tool; the test is skipped, or fails, where there is none.
func promtool(t *testing.T, stdin string, args ...string) {
	t.Helper()
	program, err := exec.LookPath("promtool")
	switch {
	case err == nil:
	case os.Getenv("REFBOT_REQUIRE_TOOLS") == "1":
		t.Fatal("promtool (Debian's prometheus) is not installed, and REFBOT_REQUIRE_TOOLS=1")
	default:
		t.Skip("promtool is not installed")
	}
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdin = strings.NewReader(stdin)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, &out)
	}
}

func TestPromtoolMetrics(t *testing.T) {
	m := watched()
	busy(m)
	promtool(t, exposed(t, m), "check", "metrics")
}
