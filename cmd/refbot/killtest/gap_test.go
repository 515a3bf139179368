package killtest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/handlers/simulator"
)

// wordings are one question that the starter pack does not answer, as people type it.
var wordings = []string{
	"какой будет зарплата депутатов курултая", "зарплата депутата курултая сколько", "какую зарплату назначат депутатам Курултая?",
	"зарплта депутатов куралтая какая будет", "құрылтай депутаттарының жалақысы қандай болады", "курылтай депутаттарынын жалакысы канша",
	"Құрылтай депутаттары қанша жалақы алады?", "qurultay deputattarynyn zhalaqysy qansha", "what will be the salary of kurultai deputies",
	"how much will Kurultai deputies be paid, what salary", "kurultai deputy salray", "kakaya zarplata u deputatov kurultaya",
}

const (
	asking     = 40
	wishers    = 12 // of them wish to be told
	doubted    = 3  // of the new answers are pressed 👎
	moderator  = int64(8_100_000_001)
	second     = int64(8_100_000_002)
	answerText = "Зарплата депутата Курултая составит 1 200 тысяч тенге в месяц, жалақы мен өзге төлемдер заңмен белгіленеді. The salary of a Kurultai deputy is 1,200 thousand tenge a month."
	newAnswer  = "1 200 тысяч"
)

// TestGapCloses: forty people ask what nobody answered, in twelve wordings and three languages. A moderator sees one
// group, writes the statement, a second one publishes it; two replicas answer within five seconds, and those who
// wished to be told are told, once. The export of what moderators ruled is a question set that the bot passes.
func TestGapCloses(t *testing.T) {
	w := newTown(t, scenario{name: "a gap closes", replicas: 2, webhook: true})
	w.env = append(w.env, fmt.Sprintf("REFBOT_MODERATORS=%d,%d", moderator, second))
	replicas := []*replica{w.replica(), w.replica()}
	for _, r := range replicas {
		r.start()
		w.doors.add(r.addr)
	}
	for i, id := range []int64{moderator, second} {
		w.sim.AddPerson(simulator.Person{ID: id, FirstName: fmt.Sprint("Moderator", i), LanguageCode: "ru"})
		w.says(id, "/start")
	}
	var people []simulator.Person
	for i := range asking {
		p := w.sim.AddPerson(w.somebody(i))
		people = append(people, p)
		reply := w.says(p.ID, wordings[i%len(wordings)])
		if button, offered := buttonOf(reply, "wish:"); !offered {
			t.Errorf("%q: no offer to tell when there is an answer:\n%s", wordings[i%len(wordings)], reply.Text)
		} else if wishes(i) {
			w.presses(p.ID, reply.MessageID, button.CallbackData)
		}
	}

	card := w.card()
	if !strings.Contains(card.Text, fmt.Sprint("похожих вопросов: ", asking)) {
		t.Errorf("the moderator does not see one group of %d:\n%s", asking, card.Text)
	}
	w.drafts(card)
	asked := w.waits(second, "просит проверить")
	old := []int{replicas[0].statements(t), replicas[1].statements(t)}
	published := time.Now()
	w.presses(second, asked.MessageID, "✅ Опубликовать")
	for i, r := range replicas {
		r.serves(t, old[i]+1)
		t.Logf("replica %d answers from the new version %.1f s after the press", i+1, time.Since(published).Seconds())
		if took := time.Since(published); took > 5*time.Second {
			t.Errorf("replica %d took %v", i+1, took)
		}
	}
	w.waits(second, "Было без ответа, теперь с ответом:")

	told := 0
	for i, p := range people {
		if wishes(i) {
			w.waits(p.ID, newAnswer)
			told++
		}
	}
	time.Sleep(3 * time.Second) // whoever is told twice, or without having wished, is by now
	for i, p := range people {
		if n := w.count(p.ID, newAnswer); n > 1 || wishes(i) != (n == 1) {
			t.Errorf("somebody who wished to be told (%v) was told %d times", wishes(i), n)
		}
	}
	t.Logf("%d people asked, %d wished to be told and were, once", len(people), told)

	for i, p := range people[:len(wordings)] {
		if reply := w.says(p.ID, wordings[i]); !strings.Contains(reply.Text, newAnswer) {
			t.Errorf("%q is still answered with\n%s", wordings[i], reply.Text)
		} else if i < doubted { // brings the answer before the moderators
			w.presses(p.ID, reply.MessageID, "👎")
		}
	}
	w.rules()
	w.evaluates()
}

// wishes says who of those who ask wishes to be told.
func wishes(i int) bool { return i%(asking/wishers) == 0 && i/(asking/wishers) < wishers }

// buttonOf is the button of a message whose data begins so.
func buttonOf(m simulator.Message, prefix string) (simulator.Button, bool) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.CallbackData, prefix) {
				return b, true
			}
		}
	}
	return simulator.Button{}, false
}

// says lets a person write something and returns the reply.
func (w *town) says(person int64, text string) simulator.Message {
	w.t.Helper()
	m, err := w.sim.Send(person, person, text)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	reply, err := w.sim.WaitReply(ctx, person, m.MessageID)
	if err != nil {
		w.t.Fatalf("no reply to %q: %v\n%s", text, err, w.tail())
	}
	return reply
}

// presses presses a button and waits until the bot has taken notice.
func (w *town) presses(person, message int64, button string) {
	w.t.Helper()
	id, err := w.sim.Press(person, person, message, button)
	if err != nil {
		w.t.Fatalf("%v\n%s", err, w.tail())
	}
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	if _, err := w.sim.CallbackAnswer(ctx, id); err != nil {
		w.t.Fatalf("nothing happens after %q: %v\n%s", button, err, w.tail())
	}
}

// waits waits for a message of the bot that holds a text, and returns the newest.
func (w *town) waits(person int64, text string) (found simulator.Message) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	err := w.sim.Wait(ctx, person, func(list []simulator.Message) bool {
		for _, m := range slices.Backward(list) {
			if m.From.IsBot && strings.Contains(m.Text, text) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		w.t.Fatalf("%d never reads %q: %v\n%s", person, text, err, w.tail())
	}
	return found
}

func (w *town) count(person int64, text string) (n int) {
	for _, heard := range w.heard(person) {
		n += strings.Count(heard, text)
	}
	return n
}

// card is the card that a moderator gets first, once all questions are grouped.
func (w *town) card() simulator.Message {
	w.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Second) {
		card := w.says(moderator, "/queue")
		if strings.Contains(card.Text, fmt.Sprint("похожих вопросов: ", asking)) || time.Now().After(deadline) {
			return card
		}
	}
}

// drafts writes the statement that is missing, as the bot asks for it.
func (w *town) drafts(card simulator.Message) {
	w.t.Helper()
	w.presses(moderator, card.MessageID, "✍️ Написать заявление")
	w.waits(moderator, "Напишите, что было сказано")
	var asked simulator.Message
	for _, text := range []string{answerText, "-", "Центральная избирательная комиссия", time.Now().AddDate(0, 0, -1).Format("02.01.2006"), "https://example.kz/salary"} {
		asked = w.says(moderator, text)
	}
	w.presses(moderator, asked.MessageID, "Курултай – новый парламент")
	draft := w.waits(moderator, "Черновик заявления")
	w.presses(moderator, draft.MessageID, "📨 На проверку коллеге")
}

// serves waits until a replica serves so many statements.
func (r *replica) serves(t *testing.T, want int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if r.statements(t) == want {
			return
		}
	}
	t.Fatal("a replica goes on with the old knowledge base")
}

// statements is how many the replica serves, as /metrics says.
func (r *replica) statements(t *testing.T) (n int) {
	t.Helper()
	resp, err := http.Get("http://" + r.addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		if _, err := fmt.Sscanf(lines.Text(), "refbot_knowledge_statements %d", &n); err == nil {
			return n
		}
	}
	t.Fatal("no refbot_knowledge_statements")
	return 0
}

// rules lets the moderator say of the answers that people pressed 👎 under that they are right.
func (w *town) rules() {
	w.t.Helper()
	ruled := 0
	for deadline := time.Now().Add(30 * time.Second); ruled < doubted && time.Now().Before(deadline); time.Sleep(500 * time.Millisecond) {
		card := w.says(moderator, "/queue")
		if _, ok := card.Button("✅ Верно"); ok {
			w.presses(moderator, card.MessageID, "✅ Верно")
			ruled++
		}
	}
	if ruled < doubted {
		w.t.Fatalf("%d cards to rule on, want %d:\n%s", ruled, doubted, w.says(moderator, "/queue").Text)
	}
}

// evaluates runs `refbot eval` on what moderators ruled, over what is published.
func (w *town) evaluates() {
	w.t.Helper()
	dir := w.t.TempDir()
	questions, kb := filepath.Join(dir, "reviewed.jsonl"), filepath.Join(dir, "kb")
	run := func(args ...string) string {
		w.t.Helper()
		cmd := exec.CommandContext(w.t.Context(), program, args...)
		cmd.Env = append(w.env, "LOG_LEVEL=error")
		out, err := cmd.CombinedOutput()
		if err != nil {
			w.t.Fatalf("refbot %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	run("journal", "export", "--questions", questions)
	run("kb", "export", kb)
	if data, err := os.ReadFile(questions); err != nil || len(data) == 0 {
		w.t.Fatalf("no questions were exported: %v", err)
	}
	var report struct {
		Questions int     `json:"questions"`
		Success   float64 `json:"success"`
	}
	out := run("eval", "--questions", questions, "--kb", kb, "--json")
	if err := json.Unmarshal([]byte(out), &report); err != nil || report.Questions == 0 || report.Success != 1 {
		w.t.Errorf("eval on the export: %v %+v\n%.1500s", err, report, out)
	}
	w.t.Logf("eval on the export: %d questions, success %.0f %%", report.Questions, 100*report.Success)
}
