package main

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/redisstore/redistest"
	"refbot/knowledge/language"
)

func TestBroadcastCommand(t *testing.T) {
	url := redistest.StartMini(t).URL()
	keep := claimed(t, url, 1).Broadcasts()
	ctx, at := t.Context(), time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
	b := &broadcast.Broadcast{
		ID: "AAAAAAAA", State: broadcast.Draft, Author: 5, Created: at, Fallback: language.Russian,
		Content: map[language.Code]broadcast.Message{language.Russian: {Text: "<b>Участки</b> открыты\n\nПриходите"}},
	}
	for _, err := range []error{
		b.Move(broadcast.Submitted, broadcast.ActSubmit, 5, "", at),
		keep.Put(ctx, broadcast.Subscriber{Chat: 77, Language: language.Kazakh, Since: at}),
		keep.Save(ctx, b), keep.Freeze(ctx, b.ID, broadcast.Segment{}, nil), keep.Press(ctx, b.ID, bot.Helpful),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) (string, int) {
		var out, errs bytes.Buffer
		env := map[string]string{"REDIS_URL": url, "DATA_KEY": base64.StdEncoding.EncodeToString(dataKey(1))}
		code := Main(ctx, append([]string{"broadcast"}, args...), &World{Stdout: &out, Stderr: &errs, Getenv: func(n string) string { return env[n] }})
		return out.String() + errs.String(), code
	}
	for _, x := range []struct {
		args string
		code int
		want string
	}{
		{"list", 0, "AAAAAAAA  2026-03-02 07:00:00  submitted  0 of 1 sent  Участки открыты"},
		{"list --json", 0, `"tally":{"Queued":1`},
		{"show AAAAAAAA", 0, "ru (26 units)\n<b>Участки</b> открыты"},
		{"show AAAAAAAA", 0, "rated up 1, down 0"},
		{"show AAAAAAAA", 0, "2026-03-02T07:00:00Z  5  submit"},
		{"show AAAAAAAA --json", 0, `"action":"submit"`},
		{"export AAAAAAAA", 0, "chat,language,outcome,message\n77,kk,queued,0\n"},
		{"export AAAAAAAA --outcome sent", 0, "chat,language,outcome,message\n"},
		{"export BBBBBBBB", 1, "there is no broadcast BBBBBBBB"},
		{"show", 2, "which broadcast?"},
		{"show nonsense", 2, "is no id"},
		{"", 2, "what about broadcasts?"},
		{"sing", 2, "there is no command"},
	} {
		if got, code := run(strings.Fields(x.args)...); code != x.code || !strings.Contains(got, x.want) {
			t.Errorf("broadcast %s: code %d, %q", x.args, code, got)
		}
	}
}
