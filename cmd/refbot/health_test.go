package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHealth(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		code   int
		stdout string
		stderr string
	}{
		{http.StatusOK, "ready\n", exitFine, "ready\n", ""},
		{http.StatusServiceUnavailable, "waiting for Redis\nmore", exitFailed, "", "refbot: health: refbot is not ready: waiting for Redis; its log says more\n"},
		{http.StatusNotFound, "", exitFailed, "", "refbot: health: refbot is not ready: ; its log says more\n"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/readyz" {
				t.Errorf("asked for %s", r.URL.Path)
			}
			w.WriteHeader(test.status)
			_, _ = w.Write([]byte(test.body))
		}))
		code, stdout, stderr := health(t, server.Listener.Addr().String())
		server.Close()
		if code != test.code || stdout != test.stdout || stderr != test.stderr {
			t.Errorf("%d %q: code %d, stdout %q, stderr %q", test.status, test.body, code, stdout, stderr)
		}
	}
}

func TestHealthWhenNothingAnswers(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := health(t, addr)
	if code != exitFailed || stdout != "" || !strings.HasPrefix(stderr, "refbot: health: nothing answers at "+addr) || strings.Count(stderr, "\n") != 1 {
		t.Errorf("code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

func health(t *testing.T, addr string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	w := &World{Stdout: &out, Stderr: &errs, Getenv: func(name string) string {
		if name == "HTTP_ADDR" {
			return addr
		}
		return ""
	}}
	code = Main(context.Background(), []string{"health"}, w)
	return code, out.String(), errs.String()
}

func TestLocalAddr(t *testing.T) {
	for listen, want := range map[string]string{
		":8080": "localhost:8080", "0.0.0.0:80": "localhost:80", "[::]:80": "localhost:80",
		"127.0.0.1:8080": "127.0.0.1:8080", "10.0.0.7:1": "10.0.0.7:1", "[::1]:9": "[::1]:9",
	} {
		if got := localAddr(listen); got != want {
			t.Errorf("localAddr(%q) = %q, want %q", listen, got, want)
		}
	}
}
