package redisstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/redis/go-redis/v9"

	"refbot/bot/broadcast"
)

// FuzzOpen feeds the sealer what Redis might hold after damage or an attack.
func FuzzOpen(f *testing.F) {
	s := newSealer(f, 1, 2)
	sealed := s.Seal("key", []byte("value"))
	f.Add("key", sealed, uint16(0))
	f.Add("key", sealed[:11], uint16(3))
	f.Add("", []byte{}, uint16(0))
	f.Fuzz(func(t *testing.T, key string, data []byte, at uint16) {
		value, err := s.Open(key, data) // only the seed was sealed, in this or another process
		if err == nil && (key != "key" || string(value) != "value") || err != nil && !errors.Is(err, ErrSealed) {
			t.Fatalf("%q opened as %q, %v", data, value, err)
		}
		ours := s.Seal(key, data)
		if value, err := s.Open(key, ours); err != nil || !bytes.Equal(value, data) {
			t.Fatalf("%q came back as %q, %v", data, value, err)
		}
		if _, err := s.Open(key+".", ours); err == nil {
			t.Fatal("a value opens under another key")
		}
		ours[int(at)%len(ours)] ^= 1
		if _, err := s.Open(key, ours); err == nil {
			t.Fatal("a value with a flipped bit opens")
		}
	})
}

// FuzzParseLease feeds the parser of mailboxes replies of any shape.
func FuzzParseLease(f *testing.F) {
	f.Add([]byte("l\x02i\x00\x00\x00\x00\x00\x00\x00\x01l\x01l\x04s\x01as\x01bi\x00\x00\x00\x00\x00\x00\x00\x02s\x01c"))
	f.Add([]byte("l\x02i\x00\x00\x00\x00\x00\x00\x00\x01l\x01l\x02s\x01as\x01b"))
	f.Add([]byte("n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		reply, _ := shape(data, 0)
		due, rows, err := parseLease(reply, nil)
		if err != nil {
			return
		}
		if due < 0 {
			t.Fatalf("%d mailboxes are due", due)
		}
		for _, r := range rows {
			if r.mine && r.update != "" {
				t.Fatalf("%+v", r)
			}
			_ = nextToken(r.token)
		}
	})
}

// shape makes a reply of bytes: n nil, i integer, s string, l list.
func shape(data []byte, depth int) (any, []byte) {
	if len(data) < 2 || depth > 5 {
		return nil, nil
	}
	kind, size, rest := data[0], int(data[1]), data[2:]
	switch kind {
	case 'i':
		if len(data) < 9 {
			return nil, nil
		}
		return int64(binary.BigEndian.Uint64(data[1:9])), data[9:]
	case 's':
		size = min(size, len(rest))
		return string(rest[:size]), rest[size:]
	case 'l':
		list := make([]any, size)
		for i := range list {
			list[i], rest = shape(rest, depth+1)
		}
		return list, rest
	}
	return nil, data[1:]
}

func TestParseLease(t *testing.T) {
	row4 := []any{"mailbox", "token", int64(2), "sealed"}
	for _, test := range []struct {
		name  string
		reply any
		rows  int
		fails bool
	}{
		{"nothing due", []any{int64(0), []any{}}, 0, false},
		{"one of each", []any{int64(5), []any{row4, []any{"mailbox", "token"}}}, 2, false},
		{"nil", nil, 0, true},
		{"a number", int64(1), 0, true},
		{"no count", []any{"5", []any{}}, 0, true},
		{"negative count", []any{int64(-1), []any{}}, 0, true},
		{"no rows", []any{int64(0), nil}, 0, true},
		{"three fields", []any{int64(0), []any{row4[:3]}}, 0, true},
		{"tries as text", []any{int64(0), []any{[]any{"a", "b", "2", "c"}}}, 0, true},
		{"no mailbox", []any{int64(0), []any{[]any{nil, "b"}}}, 0, true},
	} {
		_, rows, err := parseLease(test.reply, nil)
		if len(rows) != test.rows && !test.fails || (err != nil) != test.fails {
			t.Errorf("%s: %+v, %v", test.name, rows, err)
		}
	}
	if _, _, err := parseLease(nil, redis.Nil); !errors.Is(err, redis.Nil) {
		t.Errorf("the error of Redis became %v", err)
	}
}

// FuzzConnect reads addresses; an error must not repeat a password.
func FuzzConnect(f *testing.F) {
	for _, address := range []string{
		"redis://localhost:6379/0", "rediss://u:p@h:1/2?pool_size=3", "redis+cluster://u:secret@a:1,b:2?tls=true",
		"redis+cluster://a,b,[::1]:7/", "redis+sentinel://u:secret@a,b/m/1?sentinel_password=secret", "redis+sentinel://a", "redis+cluster://%zz@a", "http://secret@x", "redis://:secret@:port/",
	} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		db, err := Connect(address)
		if err == nil {
			must(t, db.Close())
		} else if !errors.Is(err, errAddress) && !errors.Is(err, errClusterAddress) && !errors.Is(err, errSentinelAddress) {
			t.Fatalf("an error that may repeat the address: %v", err)
		}
	})
}

func TestClusterOptions(t *testing.T) {
	for _, test := range []struct {
		address, hosts, user, password string
		tls                            bool
	}{
		{"a:1,b:2,c:3", "a:1 b:2 c:3", "", "", false},
		{"u:p%40%2C@a:1,b/?tls=true", "a:1 b:6379", "u", "p@,", true},
		{"[::1]:7000", "[::1]:7000", "", "", false},
		{":p@a", "a:6379", "", "p", false},
	} {
		o, err := clusterOptions(test.address)
		must(t, err)
		if got := strings.Join(o.Addrs, " "); got != test.hosts || o.Username != test.user || o.Password != test.password || (o.TLSConfig != nil) != test.tls {
			t.Errorf("%s: %s, %q, %q, TLS %v", test.address, got, o.Username, o.Password, o.TLSConfig)
		}
	}
	for _, address := range []string{"", "a:1,,b:2", ":1", "%zz@a:1", "a:1:2"} {
		if o, err := clusterOptions(address); !errors.Is(err, errClusterAddress) {
			t.Errorf("%q: %v, %v", address, o, err)
		}
	}
}

func TestSentinelOptions(t *testing.T) {
	o, err := sentinelOptions("u:p%40@a,b:7/main/3?tls=true&sentinel_user=s&sentinel_password=q%26")
	must(t, err)
	got := []any{o.SentinelAddrs, o.MasterName, o.DB, o.Username, o.Password, o.SentinelUsername, o.SentinelPassword, o.TLSConfig != nil}
	if want := []any{[]string{"a:26379", "b:7"}, "main", 3, "u", "p@", "s", "q&", true}; !cmp.Equal(want, got) {
		t.Errorf("read %q, want %q", got, want)
	}
	if o, err = sentinelOptions("a/main"); err != nil || o.MasterName != "main" || o.DB != 0 || o.TLSConfig != nil {
		t.Errorf("the shortest address: %+v, %v", o, err)
	}
	for _, address := range []string{"", "a", "a/", "/main", "a,,b/main", "a/main/x", "a/main/1/2", "a/main/70000"} {
		if o, err := sentinelOptions(address); !errors.Is(err, errSentinelAddress) {
			t.Errorf("%q: %v, %v", address, o, err)
		}
	}
}

func TestHide(t *testing.T) {
	s := newSealer(t, 1)
	seen := map[string]string{}
	for _, purpose := range []string{"person", "mailbox"} {
		for _, id := range []int64{0, 1, -1, 1 << 40, -1 << 63} {
			name := s.Hide(purpose, id)
			if len(name) != 22 || name != newSealer(t, 1).Hide(purpose, id) || name == newSealer(t, 2).Hide(purpose, id) {
				t.Errorf("%s %d is hidden as %q", purpose, id, name)
			}
			if other, ok := seen[name]; ok {
				t.Errorf("%s %d has the name of %s", purpose, id, other)
			}
			seen[name] = purpose
		}
	}
	if _, err := NewSealer(make([]byte, KeySize-1)); err == nil {
		t.Error("a short key passed")
	}
}

// FuzzUnpack feeds the reader of ledgers what Redis might hold after damage.
func FuzzUnpack(f *testing.F) {
	lines := []broadcast.Line{{Chat: asker, Language: "kk", Outcome: broadcast.Sent, Message: 1<<32 - 1}, {Chat: -7, Outcome: broadcast.Queued}}
	f.Add(packRecipients(fromAudience, lines), append(packOutcome('s', 1<<32-1), packOutcome('q', 0)...))
	f.Add([]byte{}, []byte{})
	f.Fuzz(func(t *testing.T, recipients, results []byte) {
		kind, lines, err := unpack(recipients, results)
		if err != nil {
			return
		}
		packed := packRecipients(kind, lines)
		var again []byte
		for _, l := range lines {
			again = append(again, packOutcome(letters[l.Outcome], l.Message)...)
		}
		if !bytes.Equal(again, results) || len(packed) != len(recipients) {
			t.Fatalf("%q %q became %q %q", recipients, results, packed, again)
		}
	})
}

// FuzzParseClaim feeds the parser of claims replies of any shape.
func FuzzParseClaim(f *testing.F) {
	f.Add([]byte("l\x02i\x00\x00\x00\x00\x00\x00\x00\x01l\x01l\x03s\x01as\x01bs\x01c"))
	f.Add([]byte("n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		reply, _ := shape(data, 0)
		if _, row, err := parseClaim(reply, nil); err != nil && row != nil {
			t.Fatalf("%+v beside %v", row, err)
		}
	})
}
