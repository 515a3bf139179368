package main

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/handlers/simulator"
)

// TestMetricsOfARunningBot asks questions and reads /metrics: everything that happens is counted, and
// nothing of who asked what is there.
func TestMetricsOfARunningBot(t *testing.T) {
	for _, store := range stores() {
		t.Run(store.name, func(t *testing.T) {
			s := newStage(t, store.environment(t))
			person := s.telegram().AddPerson(simulator.Person{FirstName: "Ольга", Username: "olga_private", LanguageCode: "ru", Started: true})
			for _, text := range []string{"/help", "когда пройдёт референдум?", "за кого голосовать? мой ИИН 870101300123"} {
				if _, err := s.telegram().Send(person.ID, person.ID, text); err != nil {
					t.Fatal(err)
				}
				s.settle()
			}
			if _, err := s.telegram().Inline(person.ID, person.ID, "явка", ""); err != nil {
				t.Fatal(err)
			}
			wants := []string{
				`refbot_updates_received_total{door="polling",kind="message"} 3`,
				`refbot_updates_received_total{door="polling",kind="inline_query"} 1`,
				`refbot_updates_handled_total{outcome="done"} 4`,
				`refbot_verdicts_total{decision="neutral",language="ru"} 1`,
				`refbot_replies_total{decision="neutral",language="ru"} 1`,
				`refbot_replies_total{decision="none",language="ru"} 1`,
				`refbot_telegram_calls_total{method="sendMessage",outcome="ok"} 3`,
				`refbot_telegram_calls_total{method="answerInlineQuery",outcome="ok"} 1`,
				`refbot_redis_round_trips_total{operation="put"} 4`,
				`refbot_stage_duration_seconds_count{stage="total"} 4`,
				`refbot_stage_duration_seconds_count{stage="search"} 2`,
				`refbot_ready 1`, `refbot_redis_up 1`, `refbot_dead_letters 0`, `refbot_limiter_silence_seconds 0`,
			}
			lacks := func(text string) (absent []string) {
				for _, want := range wants {
					if !strings.Contains(text, "\n"+want+"\n") {
						absent = append(absent, want)
					}
				}
				return absent
			}
			text := s.metrics(t)
			for range 500 { // an update is counted and its time told a moment after it is settled
				if len(lacks(text)) == 0 {
					break
				}
				time.Sleep(10 * time.Millisecond)
				text = s.metrics(t)
			}
			for _, want := range lacks(text) {
				t.Errorf("/metrics lacks %s", want)
			}
			for _, stage := range bot.Stages() {
				if stage == bot.StagePhrase { // there is no LLM
					continue
				}
				if !regexp.MustCompile(`stage_duration_seconds_count\{stage="` + string(stage) + `"\} [1-9]`).MatchString(text) {
					t.Errorf("nobody timed the stage %s", stage)
				}
			}
			unnamed := regexp.MustCompile(`(?m)^.*"other".*$`).FindAllString(text, -1)
			for _, line := range unnamed {
				if !strings.HasPrefix(line, "refbot_redis_round_trips_total") { // this test scans Redis through the bot's client
					t.Errorf("something has no name: %s", line)
				}
			}
			for _, secret := range []string{"870101300123", "ИИН", "Ольга", "olga_private", s.telegram().Token()} {
				if strings.Contains(text, secret) {
					t.Errorf("/metrics tells %q", secret)
				}
			}
			promtool(t, text, "check", "metrics")
		})
	}
}

// metrics fetches /metrics.
func (s *stage) metrics(t *testing.T) string {
	t.Helper()
	resp, err := http.Get("http://" + s.program.status.addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("HTTP %d, %v", resp.StatusCode, err)
	}
	return string(text)
}
