package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"refbot/bot/broadcast"
	"refbot/handlers/simulator"
	"refbot/knowledge/language"
)

// clock is the bot's. Where a script sets it, it stands still, so that every run shows the same times.
type clock struct {
	at    atomic.Pointer[time.Time]
	ahead atomic.Int64 // of the real clock, where it goes
}

func (c *clock) now() time.Time {
	if t := c.at.Load(); t != nil {
		return *t
	}
	return time.Now().Add(time.Duration(c.ahead.Load()))
}

// turnClock sets the clock: "2026-03-10 12:00", in the campaign's time zone.
func (s *stage) turnClock(at string) {
	s.t.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", at, s.zone())
	if err != nil {
		s.t.Fatal(err)
	}
	s.clock.at.Store(&t)
	fmt.Fprintf(&s.transcript, "(it is %s)\n", at)
}

func (s *stage) zone() *time.Location {
	return broadcast.Zone(&s.program.live.Load().Pack().Campaign)
}

// subscribers adds people who subscribed a while ago: "12 kk", and with a topic "12 kk abroad".
func (s *stage) subscribers(words []string) {
	s.t.Helper()
	n, err := strconv.Atoi(words[0])
	if err != nil {
		s.t.Fatal(err)
	}
	keeper := s.program.store.Broadcasts()
	for range n {
		p := s.telegram().AddPerson(simulator.Person{LanguageCode: words[1], Started: true})
		x := broadcast.Subscriber{Chat: p.ID, Language: language.Code(words[1]), Topics: words[2:], Since: s.clock.now().AddDate(0, 0, -10)}
		if err := keeper.Put(context.Background(), x); err != nil {
			s.t.Fatal(err)
		}
	}
}

// see waits until somebody sees a text in a message of the bot that is new or has changed, and writes down what is.
func (s *stage) see(name, text string) {
	s.t.Helper()
	chat := s.people[name].ID
	s.until(name, text, func(m simulator.Message) bool { return s.seen[chat][m.MessageID] != looks(m) })
	s.settle()
	fmt.Fprintf(&s.transcript, "(%s sees)\n", name)
	s.show(chat)
}

// gone waits until somebody sees no message with a text any more.
func (s *stage) gone(name, text string) {
	s.t.Helper()
	chat := s.people[name].ID
	deadline := time.Now().Add(30 * time.Second)
	for slices.ContainsFunc(s.telegram().Messages(chat), func(m simulator.Message) bool { return strings.Contains(looks(m), text) }) {
		if time.Now().After(deadline) {
			s.t.Fatalf("%s still sees %q", name, text)
		}
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Fprintf(&s.transcript, "(%s no longer sees %q)\n", name, text)
}

// until waits for a message of the bot.
func (s *stage) until(name, text string, fresh func(simulator.Message) bool) {
	s.t.Helper()
	chat := s.people[name].ID
	deadline := time.Now().Add(30 * time.Second)
	for !slices.ContainsFunc(s.telegram().Messages(chat), func(m simulator.Message) bool {
		return m.From.IsBot && strings.Contains(looks(m), text) && fresh(m)
	}) {
		if time.Now().After(deadline) {
			s.t.Fatalf("%s never sees %q; the last message is %q", name, text, s.lastLook(chat))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (s *stage) lastLook(chat int64) string {
	messages := s.telegram().Messages(chat)
	if len(messages) == 0 {
		return ""
	}
	return looks(messages[len(messages)-1])
}

var broadcastName = regexp.MustCompile(`\b[A-Z2-7]{8}\b`)

// real puts the name of a broadcast in the place of what the transcript calls it.
func (s *stage) real(text string) string {
	for id, name := range s.names {
		text = strings.ReplaceAll(text, name, id)
	}
	return text
}

// plain replaces what is another in every run: the names of broadcasts and the numbers of people.
func (s *stage) plain(text string) string {
	for name, p := range s.people {
		text = strings.ReplaceAll(text, strconv.FormatInt(p.ID, 10), name)
	}
	return broadcastName.ReplaceAllStringFunc(text, func(id string) string {
		if s.names[id] == "" {
			s.names[id] = "#" + strconv.Itoa(len(s.names)+1)
		}
		return s.names[id]
	})
}
