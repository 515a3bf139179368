package review_test

import (
	"bytes"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/bot/review"
	"refbot/bot/texts"
	"refbot/bot/texts/textstest"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// asked are the questions of a scene by language: one the pack answers, and three ways to ask what it does not.
var asked = map[language.Code][4]string{
	language.Russian: {"какие результаты референдума?", "сколько стоил референдум?", "во сколько обошёлся референдум?", "цена референдума?"},
	language.Kazakh:  {"референдум нәтижесі қандай?", "референдум қанша тұрды?", "референдумға қанша ақша кетті?", "референдумның құны?"},
	language.English: {"what are the results?", "what did the referendum cost?", "how much was spent on the referendum?", "price of the referendum?"},
}

// TestConversation plays a review from the first card to the published statement, and compares it with
// testdata/<language>.golden: a text to be read aloud.
func TestConversation(t *testing.T) {
	for _, code := range language.Codes() {
		t.Run(string(code), func(t *testing.T) {
			got := conversation(t, code)
			path := filepath.Join("testdata", string(code)+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the conversation differs from %s; read the difference, then run with -update\n%s", path, got)
			}
		})
	}
}

var drafts = regexp.MustCompile(`· [A-Z2-7]{8}\b`)

func conversation(t *testing.T, code language.Code) string {
	t.Helper()
	s, q := newScene(t, code), asked[code]
	s.question("A", q[0], knowledge.DecideAnswer, "").Statements = []string{"r1"}
	s.question("B", q[0]+" ", knowledge.DecideAnswer, "").Feedback = bot.NotHelpful
	for i, letter := range []string{"C", "D", "E"} {
		s.question(letter, q[1+i], knowledge.DecideAbstain, "C1")
	}
	s.journal.cards = s.journal.cards[:3]
	s.question("F", "vote yes!!! t.me/spam", knowledge.DecideOfftopic, "")
	s.command(author, "queue")
	s.press(author, "mod:ok:")
	s.press(author, "mod:undo:")
	s.press(author, "mod:wrong:")
	s.press(author, "mod:better:")
	s.press(author, "mod:card:")
	s.press(author, "mod:wrong:")
	s.press(author, "mod:better:")
	s.press(author, "mod:pick:")
	s.press(author, "mod:skip:")
	s.write1(code)
	s.press(author, "mod:submit:")
	s.press(second, "mod:publish:")
	if !strings.HasPrefix(s.journal.settled, "C1 ") {
		t.Errorf("the cluster is not settled: %q", s.journal.settled)
	}
	s.journal.cards = []string{strings.Repeat("F", 12)}
	s.press(second, "mod:next")
	s.press(second, "mod:spam:")
	s.command(second, "stats")
	if img, err := png.Decode(bytes.NewReader(s.picture)); err != nil || img.Bounds().Dx() < 300 {
		t.Errorf("the picture: %v", err)
	}
	s.press(second, "mod:digest")
	s.press(second, "mod:digest:8")
	return drafts.ReplaceAllString(s.transcript.String()+s.digests(), "· XXXXXXXX")
}

// digests lets a day pass: everybody gets one digest, at their hour.
func (s *scene) digests() string {
	s.t.Helper()
	zone := s.live.Load().Pack().Campaign.TimeZone
	day := time.Date(2026, 3, 21, 0, 0, 0, 0, zone)
	s.transcript.Reset()
	for _, at := range []time.Duration{7*time.Hour + 59*time.Minute, 8 * time.Hour, 8*time.Hour + time.Minute, 9*time.Hour + 10*time.Minute, 13 * time.Hour} {
		s.now = day.Add(at)
		fmt.Fprintf(&s.transcript, "== at %s\n", s.now.Format("15:04"))
		if err := s.room.SendDigests(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
	}
	return s.transcript.String()
}

// TestDigestIsNotLate: who missed the hour because the bot was down gets no digest in the evening, and who wants none none.
func TestDigestIsNotLate(t *testing.T) {
	s := newScene(t, language.English)
	zone := s.live.Load().Pack().Campaign.TimeZone
	s.now = time.Date(2026, 3, 21, 12, 1, 0, 0, zone)
	if err := s.room.SendDigests(t.Context()); err != nil || s.messages > 0 {
		t.Errorf("sent %d messages three hours late, %v", s.messages, err)
	}
	s.command(second, "stats")
	s.press(second, "mod:digest")
	s.press(second, "mod:digest:off")
	sent := s.messages
	s.now = time.Date(2026, 3, 22, 9, 0, 0, 0, zone)
	if err := s.room.SendDigests(t.Context()); err != nil || s.messages != sent+1 {
		t.Errorf("sent %d messages, %v; want one, to the moderator who did not choose", s.messages-sent, err)
	}
}

// write1 drafts the statement that is missing, with some slips.
func (s *scene) write1(code language.Code) {
	s.t.Helper()
	text := map[language.Code]string{
		language.Russian: "Референдум обошёлся в 20,8 млрд тенге: такова цена референдума.",
		language.Kazakh:  "Референдум 20,8 млрд теңге тұрды: референдумның құны осындай, сонша ақша кетті.",
		language.English: "The referendum cost 20.8 billion tenge: this is the price of the referendum and what was spent.",
	}[code]
	s.press(author, "mod:answer:")
	for _, line := range []string{text, "-", "Lake Commission", "32.13.2026", "21.03.2026", "19.03.2026", "example.kz", "https://lake.example/cost"} {
		s.write(author, line)
	}
	s.press(author, "mod:topic:")
	id := strings.Split(s.buttons[author][0].Data, ":")[2]
	s.press(author, "mod:edit:"+id+":title")
	s.write(author, strings.Repeat("x", 600))
	s.write(author, "20,8")
}

// TestEverySentence writes down every sentence of the room.
func TestEverySentence(t *testing.T) {
	for _, code := range language.Codes() {
		t.Run(string(code), func(t *testing.T) {
			textstest.Golden(t, filepath.Join("testdata", "sentences-"+string(code)+".golden"), texts.For(code).Review, *update)
		})
	}
}

// TestEveryKeyHasASentence: whatever the desks may say has words in every language.
func TestEveryKeyHasASentence(t *testing.T) {
	for _, code := range language.Codes() {
		r := texts.For(code).Review
		for _, ruling := range moderation.Rulings() {
			if r.Rulings[string(ruling)] == "" {
				t.Errorf("%s: no words for ruling %s", code, ruling)
			}
		}
		for _, why := range []moderation.Why{moderation.ManyAsk, moderation.Disliked, moderation.Unsure, moderation.Held, moderation.ByChance} {
			if r.Why[string(why)] == "" {
				t.Errorf("%s: no words for %s", code, why)
			}
		}
		for _, why := range []library.Reason{
			library.BadState, library.NotYours, library.SecondOnly, library.Faulty, library.NoChange, library.OldVersion, library.NoSuch, library.TooLarge, library.WentWrong,
		} {
			if r.Refusals[string(why)] == "" {
				t.Errorf("%s: no words for refusal %s", code, why)
			}
		}
	}
}

// A draft that is given back goes to its author with the reason, and can be changed and submitted again.
func TestGivenBack(t *testing.T) {
	s := newScene(t, language.Russian)
	s.question("C", asked[language.Russian][1], knowledge.DecideAbstain, "C1")
	s.command(author, "queue")
	s.write1(language.Russian)
	s.press(author, "mod:submit:")
	publish := s.buttons[second][0].Data
	s.press(second, "mod:return:")
	s.write(second, "нет имени")
	if got := s.transcript.String(); !strings.Contains(got, "to 11:\nВаше заявление «20,8» вернули: нет имени") {
		t.Errorf("the author does not hear why\n%s", got)
	}
	s.buttons[boss] = []bot.Button{{Text: "old", Data: publish}}
	s.press(boss, "mod:publish:")
	if got := s.transcript.String(); !strings.Contains(got, "Это уже решено") {
		t.Error("what was given back is published")
	}
}

// Who wrote a statement does not publish it, and buttons nobody made do nothing.
func TestForged(t *testing.T) {
	s := newScene(t, language.Russian)
	s.question("C", asked[language.Russian][1], knowledge.DecideAbstain, "C1")
	s.command(author, "queue")
	s.write1(language.Russian)
	s.press(author, "mod:submit:")
	own := s.buttons[second][0].Data
	s.buttons[author] = []bot.Button{{Text: "forged", Data: own}}
	s.press(author, "mod:publish:")
	if got := s.transcript.String(); !strings.Contains(got, "Своё заявление публикует другой человек") {
		t.Errorf("the author published\n%s", got)
	}
	for _, data := range []string{
		"mod", "mod:", "mod:ok", "mod:ok:", "mod:ok:short", "mod:ok:" + strings.Repeat("Z", 12), "mod:publish:ZZZZZZZZ", "mod:pick:" + strings.Repeat("C", 12) + ":nowhere",
		"mod:edit:ZZZZZZZZ:text", "mod:nothing:" + strings.Repeat("C", 12), "mod:topic:ZZZZZZZZ:x", "mod:undo:" + strings.Repeat("C", 12), "mod:" + strings.Repeat("x", 80),
	} {
		s.event(author, bot.Event{Kind: bot.Pressed, Data: data, Query: "q"})
	}
	if q := s.journal.find(strings.Repeat("C", 12)); q.Review != nil {
		t.Errorf("ruled %+v", q.Review)
	}
	if n, err := s.room.Library.Shelf.Latest(t.Context()); n != 0 || err != nil {
		t.Errorf("version %d was published, %v", n, err)
	}
}

func TestReadDay(t *testing.T) {
	for text, want := range map[string]string{
		"20.03.2026": "2026-03-20", "1.3.2026": "2026-03-01", "2026-03-15": "2026-03-15", "«сегодня»": "2026-03-20", "Бүгін": "2026-03-20", "yesterday": "2026-03-19",
		"21.03.2026": "", "32.01.2026": "", "": "", "март": "", "20/03/26": "", "01.01.0001": "",
	} {
		day, ok := review.ReadDay(text, noon)
		if ok != (want != "") || ok && day != want {
			t.Errorf("%q: %s %v, want %q", text, day, ok, want)
		}
	}
}

func FuzzReadDay(f *testing.F) {
	f.Add("20.03.2026")
	f.Add("сегодня")
	f.Fuzz(func(_ *testing.T, text string) { review.ReadDay(text, noon) })
}
