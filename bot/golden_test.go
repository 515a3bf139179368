package bot

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot/gate"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestEveryMessage plays a person who sees everything refbot can say, once per language, and compares
// it with testdata/replies/<language>.golden: a text to be read aloud.
func TestEveryMessage(t *testing.T) {
	for _, code := range language.Codes() {
		t.Run(string(code), func(t *testing.T) {
			got := everyMessage(t, code)
			path := filepath.Join("testdata", "replies", string(code)+".golden")
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
				t.Errorf("replies differ from %s; read the difference, then run with -update\n%s", path, firstDifference(got, string(want)))
			}
			checkAllSaid(t, texts.For(code), got)
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\ngot  %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return "one is longer than the other"
}

// everyMessage is the transcript of a conversation that meets every sentence.
func everyMessage(t *testing.T, code language.Code) string {
	t.Helper()
	s := newScene(t, code)
	s.command("start", "")
	s.command("help", "")
	s.command("nonsense", "")
	s.command("start", "topic-nowhere")
	s.command("start", "st-r1")
	s.menus()
	s.questions()
	s.verdicts()
	s.oddities()
	s.translation()
	s.settings()
	s.profile()
	s.staff()
	s.rush()
	s.told()
	s.stopped()
	s.ask("rfrbt htpekmnfns htathtylevf")
	return s.transcript.String()
}

// menus walks through the topics.
func (s *scene) menus() {
	s.command("topics", "")
	s.press("topic:all:1")
	s.press("topic:results")
	s.press("topic:results:1")
	s.press("topic:empty")
	s.press("st:r1")
	s.press("st:gone")
	s.press("bc:approve:1")
	s.press("topic:nowhere")
}

// questions shows the shapes an answer can take, composed from verdicts so that no ranking is at play.
func (s *scene) questions() {
	find := func(id string) *knowledge.Statement {
		st, ok := s.engine.Statement(id)
		if !ok {
			s.t.Fatalf("the test pack has no statement %s", id)
		}
		return st
	}
	answer := func(title string, a knowledge.Answer) {
		a.Decision, a.Language = knowledge.DecideAnswer, s.code
		a.Ranked = append(a.Ranked, a.Hits...)
		s.show(title, Compose(s.engine, a))
	}
	hit := func(id string) knowledge.Hit { return knowledge.Hit{Statement: find(id), Score: 1} }
	answer("one statement", knowledge.Answer{Hits: []knowledge.Hit{hit("r1")}, Topic: "results"})
	for _, id := range []string{"k1", "e1"} {
		answer("a statement in its own language: "+id, knowledge.Answer{Hits: []knowledge.Hit{hit(id)}})
	}
	for _, id := range []string{"r2-kk", "r2-en", "k1-ru", "e1-ru", "e1-kk"} {
		answer("a translated statement: "+id, knowledge.Answer{Hits: []knowledge.Hit{hit(id)}})
	}
	answer("the newest of several", knowledge.Answer{Hits: []knowledge.Hit{hit("r1")}, Replaced: []*knowledge.Statement{find("r0")}})
	answer("an old value that was asked for", knowledge.Answer{Hits: []knowledge.Hit{hit("r0")}, Historic: true})
	answer("a disputed value", knowledge.Answer{Hits: []knowledge.Hit{hit("r3")}})
	answer("two statements", knowledge.Answer{Hits: []knowledge.Hit{hit("r1"), hit("r2")}})
}

// verdicts shows what is said when there is no answer to give.
func (s *scene) verdicts() {
	compose := func(title string, a knowledge.Answer) {
		a.Language = s.code
		s.show(title, Compose(s.engine, a))
	}
	compose("abstain", knowledge.Answer{Decision: knowledge.DecideAbstain, Nearby: []string{"results", "voting"}})
	compose("abstain, nothing nearby", knowledge.Answer{Decision: knowledge.DecideAbstain})
	compose("neutral", knowledge.Answer{Decision: knowledge.DecideNeutral, Nearby: []string{"voting"}})
	for _, k := range []knowledge.OfftopicKind{knowledge.OtherSubject, knowledge.OtherCountry, knowledge.Order, knowledge.Gibberish} {
		compose("offtopic: "+string(k), knowledge.Answer{Decision: knowledge.DecideOfftopic, Offtopic: k})
	}
	for _, k := range []knowledge.SmalltalkKind{
		knowledge.Greeting, knowledge.Thanks, knowledge.Farewell, knowledge.Acknowledge,
		knowledge.WhoAreYou, knowledge.WhatCanYou, knowledge.SwitchLanguage, knowledge.Insult,
	} {
		compose("smalltalk: "+string(k), knowledge.Answer{Decision: knowledge.DecideSmalltalk, Smalltalk: k})
	}
}

// translation shows a statement with its machine translation.
func (s *scene) translation() {
	id, words := "r1", map[language.Code]string{
		language.Kazakh:  "Айгүл Серікқызы: көлді сақтауды дауыс бергендердің 62,4 %-ы қолдады, 37,6 %-ы қарсы болды. Қатысу 70,1 % болды.",
		language.English: "Aigul Serikkyzy: 62.4% of those who voted were for preserving the lake, 37.6% against. Turnout was 70.1%.",
		language.Russian: "На берегу озера запрещается строительство.",
	}[s.code]
	if s.code == language.Russian {
		id = "k1"
	}
	st, ok := s.engine.Statement(id)
	if !ok {
		s.t.Fatalf("the test pack has no statement %s", id)
	}
	r := ComposeStatement(s.engine, texts.For(s.code), st)
	at := slices.IndexFunc(r.Parts, func(p Part) bool { return p.Style == Quote })
	s.show("a statement with its translation by an LLM", withTranslation(r, at, []gate.Sentence{{Text: words}}))
}

// oddities are events that carry no question.
func (s *scene) oddities() {
	s.event("a photo", Event{Kind: Media})
	s.assistant.Ears = &Ears{Files: sound{}, Transcriber: scribed{texts.For(s.code).Examples[0]}}
	s.event("a voice message", Event{Kind: Media, Voice: &Voice{File: "v", Seconds: 5}})
	s.event("a long voice message", Event{Kind: Media, Voice: &Voice{File: "v", Seconds: 61}})
	s.assistant.Ears.Transcriber = scribed{}
	s.event("a voice message without words", Event{Kind: Media, Voice: &Voice{File: "v", Seconds: 5}})
	s.assistant.Phraser = &Phraser{}
	s.command("privacy", "with voice messages")
	s.assistant.Ears, s.assistant.Phraser = nil, nil
	s.store.memories, s.store.entries = map[int64]Memory{}, map[string]*Entry{}
	s.event("added to a group", Event{Kind: Joined})
	s.inline("???")
	s.failure("an error", &Error{Kind: Internal})
	s.rate()
}

func (s *scene) settings() {
	s.command("lang", "")
	s.press("lang:auto")
	s.press("lang:" + string(s.code))
	s.command("unsubscribe", "")
	s.command("subscribe", "")
	s.press("sub:lang:" + string(s.code))
	s.press("sub:topics")
	s.press("sub:topic:results")
	s.press("sub:regions")
	s.press("sub:region:north")
	s.press("sub:regions")
	s.press("sub:region:nowhere")
	s.command("mydata", "")
	s.press("sub:region:none")
	s.press("sub:menu")
	s.press("sub:all")
	s.press("sub:topic:nowhere")
	s.command("unsubscribe", "")
	s.command("subscribe", "")
	s.command("privacy", "")
	s.assistant.Phraser = &Phraser{}
	s.command("privacy", "where an LLM phrases answers")
	s.assistant.Phraser = nil
	s.store.entries = map[string]*Entry{}
	for i, f := range []Feedback{Helpful, NotHelpful, ""} {
		at := time.Date(2026, 3, 13+i, 9, 0, 0, 0, time.UTC)
		s.store.entries[fmt.Sprint(i)] = &Entry{At: at, Question: texts.For(s.code).Examples[i], Feedback: f}
	}
	s.store.entries["1"].Review = &Review{}
	s.assistant.News = news{}
	s.command("mydata", "")
	s.assistant.News = nil
	s.command("forget", "")
	s.press("forget:no")
	s.press("forget:yes")
	s.press("forget:yes")
	s.command("mydata", "")
}

// news is one broadcast that everybody got.
type news struct{}

func (news) Received(context.Context, int64) ([]Received, error) {
	return []Received{{time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC), "<b>Участки</b>\nоткрыты с 7 до 20 часов. Возьмите с собой удостоверение личности или паспорт, пожалуйста."}}, nil
}

// profile shows what stands in Telegram's own places.
func (s *scene) profile() {
	t := texts.For(s.code)
	fmt.Fprintf(&s.transcript, "== command menu\n")
	for _, c := range t.Commands {
		fmt.Fprintf(&s.transcript, "/%s – %s\n", c.Name, c.Description)
	}
	fmt.Fprintf(&s.transcript, "\n== description\n%s\n\n== short description\n%s\n", t.Description, t.ShortDescription)
}

// checkAllSaid fails for a sentence of the catalog that the transcript does not show.
func checkAllSaid(t *testing.T, c *texts.Catalog, transcript string) {
	t.Helper()
	said := *c
	said.Broadcast, said.Review, said.Dashboard = texts.Broadcast{}, texts.Review{}, nil // their own packages show those
	c = &said
	walkStrings(reflect.ValueOf(*c), "", func(field, sentence string) {
		if len([]rune(sentence)) > 3 && !strings.Contains(transcript, strings.TrimSpace(sentence)) {
			t.Errorf("no golden shows %s: %q", field, sentence)
		}
	})
}

func walkStrings(v reflect.Value, path string, visit func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			walkStrings(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkStrings(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			walkStrings(v.MapIndex(key), fmt.Sprintf("%s[%v]", path, key), visit)
		}
	}
}
