package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime/debug"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		args  []string
		rest  []string
		json  bool
		turns list
	}{
		{args: []string{"a", "b"}, rest: []string{"a", "b"}},
		{args: []string{"--json", "a"}, rest: []string{"a"}, json: true},
		{args: []string{"a", "-json", "b"}, rest: []string{"a", "b"}, json: true},
		{args: []string{"--turn", "x", "a", "--turn=y"}, rest: []string{"a"}, turns: list{"x", "y"}},
		{args: []string{"--", "--json"}, rest: []string{"--json"}},
		{args: []string{"a", "--", "--json", "--"}, rest: []string{"a", "--json", "--"}},
		{args: []string{"--json", "--", "-5 градусов"}, rest: []string{"-5 градусов"}, json: true},
		{args: nil},
	} {
		f := newFlags(&World{Stdout: io.Discard}, "ask")
		asJSON := f.Bool("json", false, "")
		var turns list
		f.Var(&turns, "turn", "")
		rest, err := f.parse(test.args)
		if err != nil {
			t.Errorf("parse(%q): %v", test.args, err)
		}
		if diff := cmp.Diff(test.rest, rest); diff != "" || *asJSON != test.json || !cmp.Equal(turns, test.turns) {
			t.Errorf("parse(%q): json %v, turns %q, rest (-want +got):\n%s", test.args, *asJSON, turns, diff)
		}
	}
}

func TestOneLine(t *testing.T) {
	for message, want := range map[string]string{"": "", "a": "a", "a\n": "a", "a\nb\r\n\nc": "a (and 2 more)"} {
		if got := oneLine(message); got != want {
			t.Errorf("oneLine(%q) = %q, want %q", message, got, want)
		}
	}
}

// TestBrokenPipe makes sure that a result nobody could read is a failure.
func TestBrokenPipe(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"version"}, {"version", "--json"}, {"kb", "list"}, {"kb", "list", "--json"}, {"ask", "--help"}} {
		var stderr bytes.Buffer
		w := &World{Stdout: brokenPipe{}, Stderr: &stderr, Getenv: func(string) string { return "" }}
		if code := Main(context.Background(), args, w); code != exitFailed || stderr.String() != "refbot: broken pipe\n" {
			t.Errorf("%q: code %d, stderr %q", args, code, stderr.String())
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestDescribeBuild(t *testing.T) {
	v := describeBuild(&debug.BuildInfo{
		Main: debug.Module{Version: "v1.2.3"},
		Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "1a2b"},
			{Key: "vcs.time", Value: "2026-11-22T10:00:00Z"},
			{Key: "vcs.modified", Value: "true"},
		},
	})
	v.Go, v.Platform, v.Knowledge, v.Count = "go1.26.0", "linux/amd64", "2026-03-18-0badcafe", 7
	const want = "refbot v1.2.3\nrevision 1a2b with changes, 2026-11-22T10:00:00Z\ngo1.26.0 linux/amd64\n" +
		"knowledge 2026-03-18-0badcafe, 7 statements\n"
	if v.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", v, want)
	}
	if v := describeBuild(nil); v.Version != "(devel)" || v.Go == "" {
		t.Errorf("without build info: %+v", v)
	}
}
