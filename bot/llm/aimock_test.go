package llm

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"refbot/bot"
)

// startMock starts @copilotkit/aimock, a server of OpenAI's protocol that is none of refbot's own. REFBOT_AIMOCK
// names its cli.js; without it the test is skipped, and fails where REFBOT_REQUIRE_TOOLS=1.
func startMock(t *testing.T, fixtures any, flags ...string) string {
	t.Helper()
	cli := os.Getenv("REFBOT_AIMOCK")
	if _, err := os.Stat(cli); cli == "" || err != nil {
		if os.Getenv("REFBOT_REQUIRE_TOOLS") == "1" {
			t.Fatal("REFBOT_AIMOCK does not name aimock's dist/cli.js, and REFBOT_REQUIRE_TOOLS=1")
		}
		t.Skip("REFBOT_AIMOCK does not name aimock's dist/cli.js")
	}
	body, err := json.Marshal(map[string]any{"fixtures": fixtures})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "fixtures.json")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", append([]string{cli, "-p", "0", "-f", file}, flags...)...)
	cmd.Env = append(os.Environ(), "AIMOCK_API_KEYS=sk-mock")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "listening on "); ok {
			go func() {
				for lines.Scan() { // whoever does not read stops the server
				}
			}()
			return strings.TrimSpace(address) + "/v1"
		}
	}
	t.Fatal("aimock did not start")
	return ""
}

type fixture struct {
	Match    map[string]string `json:"match"`
	Response map[string]any    `json:"response"`
}

func TestAimockAnswers(t *testing.T) {
	base := startMock(t, []fixture{{map[string]string{"userMessage": "когда референдум"}, map[string]any{"content": good}}})
	draft, err := New(Options{BaseURL: base, APIKey: "sk-mock"}).Write(t.Context(), brief())
	if err != nil || len(draft.Sentences) != 1 || draft.Sentences[0].Statements[0] != 1 {
		t.Fatalf("%+v %v", draft, err)
	}
}

func TestAimockFails(t *testing.T) {
	answers := []fixture{{map[string]string{"userMessage": "когда референдум"}, map[string]any{"content": good}}}
	for _, test := range []struct {
		name, key string
		flags     []string
		kind      bot.Kind
	}{
		{"500", "sk-mock", []string{"--chaos-drop", "1"}, bot.Unavailable},
		{"429", "sk-mock", []string{"--chaos-ratelimit", "1"}, bot.RateLimited},
		{"a cut line", "sk-mock", []string{"--chaos-disconnect", "1"}, bot.Unavailable},
		{"malformed JSON", "sk-mock", []string{"--chaos-malformed", "1"}, bot.BadContent},
		{"a wrong key", "sk-other", nil, bot.Unauthorized},
	} {
		t.Run(test.name, func(t *testing.T) {
			base := startMock(t, answers, test.flags...)
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			_, err := New(Options{BaseURL: base, APIKey: test.key}).Write(ctx, brief())
			if bot.KindOf(err) != test.kind {
				t.Fatalf("%q (%v), want %q", bot.KindOf(err), err, test.kind)
			}
		})
	}
}
