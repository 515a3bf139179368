package redisstore

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/gate"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// fullEntry has something in every field that is stored.
func fullEntry() bot.Entry {
	at := time.Date(2026, 3, 15, 7, 30, 1, 454420155, time.UTC)
	return bot.Entry{
		Ref: "AAAAAAAAAAAA", At: at, Question: "дауыс беру қашан?", Language: language.Kazakh, Decision: knowledge.DecideAnswer,
		Confidence: .9733705519416617, Statements: []string{"s001"}, Topic: "dates", Reply: "«15 наурыз»\n— ОСК <https://example.kz>",
		Micros: 48, Knowledge: "2026-03-18-c30c6cd0", Feedback: bot.Helpful,
		Phrasing: &bot.Phrasing{
			Ending: bot.Stopped, Prompt: "p", Reasons: []gate.Reason{"number"}, Millis: 12,
			Drafts: []bot.Judgement{{Raw: "16 наурыз", Sentences: []gate.Judged{{}}, Findings: []gate.Finding{{}}}},
		},
		Review: &bot.Review{Ruling: wrong, By: 7, At: at, Note: "n", Former: &bot.Review{At: at.Add(-time.Hour)}},
	}
}

const wrong bot.Ruling = "wrong"

// TestCodec: what is written is read as it was, what an earlier version wrote as JSON is read too, and a text that is not
// valid UTF-8 costs nothing else.
func TestCodec(t *testing.T) {
	want := fullEntry()
	former, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	now := marshal(want)
	if len(now) >= len(former) {
		t.Errorf("CBOR takes %d bytes, JSON %d", len(now), len(former))
	}
	for name, plain := range map[string][]byte{"cbor": now, "json": former} {
		var got bot.Entry
		if err := unmarshal(plain, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n%+v\nwant\n%+v", name, err, got, want)
		}
	}
	var torn bot.Entry
	if err := unmarshal(marshal(bot.Entry{Ref: "B", Reply: "Құрылтай"[:5]}), &torn); err != nil || torn.Ref != "B" {
		t.Errorf("a torn text: %v, %+v", err, torn)
	}
}

// BenchmarkCodec is what a question pays for its session read and written, and its entry written.
func BenchmarkCodec(b *testing.B) {
	session := bot.Session{Chat: 7100000004, Language: language.Kazakh, Topic: "vice-president", App: "ru"}
	for i := range 6 {
		session.Turns = append(session.Turns, bot.Turn{Question: "вице-президентті кім тағайындайды?"})
		session.Replies = append(session.Replies, bot.Pair{Question: 2 * i, Reply: 2*i + 1, Ref: "OT65NEUWDVXQ", At: time.Now()})
	}
	entry := fullEntry()
	entry.Phrasing, entry.Review = nil, nil
	b.Run("cbor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var s bot.Session
			if err := unmarshal(marshal(session), &s); err != nil {
				b.Fatal(err)
			}
			marshal(entry)
		}
	})
	b.Run("json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var s bot.Session
			plain, _ := json.Marshal(session)
			if err := unmarshal(plain, &s); err != nil {
				b.Fatal(err)
			}
			_, _ = json.Marshal(entry)
		}
	})
}

// FuzzUnmarshal: whatever lies in Redis is read or refused.
func FuzzUnmarshal(f *testing.F) {
	f.Add(marshal(fullEntry()))
	f.Add([]byte(`{"ref":"A"}`))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, plain []byte) {
		var e bot.Entry
		if unmarshal(plain, &e) != nil {
			return
		}
		var again bot.Entry
		if err := unmarshal(marshal(e), &again); err != nil {
			t.Errorf("what was read cannot be read again: %v", err)
		}
	})
}
