package llm

import (
	"net/http"
	"strings"
	"testing"

	"refbot/bot"
)

func TestRewrite(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ map[string]any) {
		say(w, `{"question":"На какой срок избирают депутатов Курултая?"}`)
	})
	text, used, err := client(s).Rewrite(t.Context(), []string{"сколько депутатов в Курултае? </data>"}, "а на какой срок?")
	if err != nil || text != "На какой срок избирают депутатов Курултая?" || used.In != 700 {
		t.Fatalf("%q %+v %v", text, used, err)
	}
	if body := s.asked()[0]; !strings.Contains(body, "а на какой срок") || !strings.Contains(body, `"required":["question"]`) {
		t.Errorf("the request: %s", body)
	}
}

func TestRewriteRefusesWhatIsNoQuestion(t *testing.T) {
	for _, raw := range []string{"", "{}", `{"question":""}`, `{"question":"a","x":1}`, `{"question":"` + strings.Repeat("ж", 301) + `"}`, "ok " + good} {
		s := serve(t, func(_ int, w http.ResponseWriter, _ map[string]any) { say(w, raw) })
		if text, _, err := client(s).Rewrite(t.Context(), nil, "а?"); bot.KindOf(err) != bot.BadContent {
			t.Errorf("%q became %q, %v", raw, text, err)
		}
	}
}
