package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
)

// TestHostileUpdates sends what no client of Telegram would through both doors: wrong types, nulls, huge
// and invisible text, deep JSON, foreign callback data, staff commands by citizens, wrong secrets.
// REFBOT_SLOW=1 sends 50,000.
func TestHostileUpdates(t *testing.T) {
	n := 1500
	if os.Getenv("REFBOT_SLOW") == "1" {
		n = 50_000
	}
	r := newRig(t, redistest.StartServer(t).URL())
	staff := &noStaff{t: t}
	r.mutate = func(a *bot.Assistant) {
		a.Staff = bot.NewStaff(staff, map[int64]bot.Roles{999: {bot.Admin}})
	}
	p := r.replica()
	h := &hostile{dice: rand.New(rand.NewPCG(4, 2))}
	for range 50 {
		h.people = append(h.people, r.person())
	}
	p.work()
	stop := p.poll()
	for range n / 2 {
		if _, err := r.sim.Inject(h.person(), h.update()); err != nil {
			t.Fatal(err)
		}
	}
	r.until("the poller took it all", func() bool { return r.sim.PendingUpdates() == 0 })
	stop()
	hook := p.hook()
	for i := range n / 2 {
		secret, body := hookSecret, h.numbered(1_000_000+i)
		if h.dice.IntN(10) == 0 {
			secret = "wrong"
		}
		if code := post(t, hook.URL+"/hook", http.MethodPost, secret, body).StatusCode; code >= 500 || secret == "wrong" != (code == http.StatusUnauthorized) {
			t.Fatalf("answered %d to %.300s", code, body)
		}
	}
	r.until("all is settled", func() bool { d, err := p.inbox.Depth(t.Context()); return err == nil && d.Due+d.InWork == 0 })
	for what, lines := range map[string]int{"panics": r.logged("panicked"), "updates set aside": r.logged("set aside")} {
		if lines > 0 {
			t.Errorf("%d %s\n%s", lines, what, r.log.String())
		}
	}
	for _, refusal := range r.sim.Refusals() {
		if !invented(refusal) {
			t.Errorf("Telegram refused %+v", refusal)
		}
	}
	t.Logf("%d updates, %d replies", n, r.sim.Sent()["sendMessage"])
}

// invented are refusals that only say that a chat, a query or a message was made up by the update, or that
// somebody pressed a button again.
func invented(r simulator.Refusal) bool {
	for _, words := range []string{"chat not found", "query is too old", "message to edit not found", "message can't be edited", "message is not modified", "terminated by"} {
		if strings.Contains(r.Description, words) {
			return true
		}
	}
	return false
}

// noStaff fails the test when a role is given, whoever does it.
type noStaff struct {
	bot.RoleStore
	t *testing.T
}

func (n *noStaff) Granted(context.Context) (map[int64]bot.Roles, error) { return nil, nil }

func (n *noStaff) ChangeRole(_ context.Context, c bot.RoleChange) (bool, error) {
	n.t.Errorf("a citizen changed a role: %+v", c)
	return false, nil
}

// hostile invents updates.
type hostile struct {
	dice   *rand.Rand
	people []int64
}

func (h *hostile) person() int64 { return h.people[h.dice.IntN(len(h.people))] }

func (h *hostile) numbered(id int) string {
	body := string(h.update())
	return fmt.Sprintf(`{"update_id":%d,%s`, id, body[1:])
}

// update is one update without its number: sound in part, spoilt in part.
func (h *hostile) update() json.RawMessage {
	from := fmt.Sprintf(`{"id":%s,"is_bot":%s,"language_code":%s}`, h.pick(fmt.Sprint(h.person()), 12), h.pick("false", 20), h.pick(`"ru"`, 5))
	chat := fmt.Sprintf(`{"id":%s,"type":%s}`, h.pick(fmt.Sprint(h.person()), 12), h.pick(`"private"`, 12))
	message := fmt.Sprintf(`{"message_id":%s,"date":%d,"from":%s,"chat":%s,"text":%s}`,
		h.pick(fmt.Sprint(1+h.dice.IntN(1e6)), 10), time.Now().Unix()-int64(h.dice.IntN(4000)), h.pick(from, 20), h.pick(chat, 20), h.text())
	switch h.dice.IntN(6) {
	case 0:
		return json.RawMessage(fmt.Sprintf(`{"callback_query":{"id":%s,"from":%s,"message":%s,"data":%s}}`, h.pick(`"1"`, 8), from, h.pick(message, 8), h.text()))
	case 1:
		return json.RawMessage(fmt.Sprintf(`{"inline_query":{"id":%s,"from":%s,"query":%s,"offset":%s}}`, h.pick(`"1"`, 8), from, h.text(), h.text()))
	case 2:
		return json.RawMessage(fmt.Sprintf(`{"my_chat_member":{"chat":%s,"from":%s,"old_chat_member":%s,"new_chat_member":{"status":"kicked"}}}`, chat, from, h.pick(`{"status":"member"}`, 3)))
	case 3:
		return json.RawMessage(fmt.Sprintf(`{"edited_message":%s}`, h.pick(message, 10)))
	}
	return json.RawMessage(fmt.Sprintf(`{"message":%s}`, h.pick(message, 20)))
}

// pick is the sound value, or once in so many times something else.
func (h *hostile) pick(sound string, in int) string {
	if h.dice.IntN(in) > 0 {
		return sound
	}
	spoilt := []string{
		`null`, `"x"`, `-1`, `0`, `1e400`, `9223372036854775808`, `[]`, `{}`, `true`, `{"id":{"id":{"id":[[[[]]]]}}}`, `"\ud800"`,
		strings.Repeat("[", 2000) + strings.Repeat("]", 2000),
	}
	return spoilt[h.dice.IntN(len(spoilt))]
}

// text is what people, and those who mean harm, type.
func (h *hostile) text() string {
	texts := []string{
		"когда референдум?", "/start topic-all", "/start st-../../etc", "/grant 5 admin", "/whoami", "/broadcast всем", "/revoke 999",
		"bc:approve:1", "mod:ok:AAAAAAAAAAAA", "fb:up:AAAAAAAAAAAA", "topic:all:99999999999999999999", "st:<b>", "forget:yes", "lang:xx",
		"\u202e\u200b\u2066\ufeff", strings.Repeat("а", 5000), strings.Repeat("👩‍👩‍👧‍👦", 300), "<b>&amp;<script>", "\x00\x01", "@refbot", "/",
		"{{.Token}} %s %n ${jndi:ldap://x}", "' OR 1=1 --", "\u0000",
	}
	quoted, err := json.Marshal(texts[h.dice.IntN(len(texts))])
	if err != nil {
		panic(err)
	}
	return h.pick(string(quoted), 15)
}
