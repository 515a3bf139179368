package redisstore

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// testSealed looks for ids and words in everything Redis holds.
func testSealed(t *testing.T, e *env) {
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	const name, question = "Айгүл Серікова", "когда референдум?"
	in := e.store.Inbox(hour)
	raw := fmt.Appendf(nil, `{"update_id":814422907,"message":{"from":{"id":%d,"first_name":%q},"text":%q}}`, asker, name, question)
	for i := range int64(3) {
		put(t, in, bot.Update{ID: 814422907 + i, Mailbox: asker, Data: raw})
	}
	_, err := in.Bury(t.Context(), leaseOne(t, in), errPoison)
	must(t, err)
	session := bot.Session{Chat: asker, Turns: []bot.Turn{{Question: question}}}
	must(t, e.store.Record(t.Context(), asker, session, &bot.Profile{Subscribed: true}, entry("AAAAAAAAAAAA")))
	dump := e.dump(t)
	if len(dump) < 2000 || !bytes.Contains(dump, []byte("rb:{p:")) {
		t.Fatalf("the dump of %d bytes is not one", len(dump))
	}
	for _, secret := range []string{name, "Айгүл", question, "референдум", "15 марта", "update_id", strconv.FormatInt(asker, 10), "814422907"} {
		for how, form := range map[string]string{
			"plain": secret, "hex": hex.EncodeToString([]byte(secret)), "base64": base64.RawStdEncoding.EncodeToString([]byte(secret))[:len(secret)],
		} {
			if bytes.Contains(dump, []byte(form)) {
				t.Errorf("Redis holds %q (%s)", secret, how)
			}
		}
	}
	// The bytes of the id itself.
	if bytes.Contains(dump, []byte{0x01, 0x4a, 0xcf, 0xd6, 0x00}) {
		t.Error("Redis holds the id in binary")
	}
}

// dump returns the names and values of all keys on all masters.
func (e *env) dump(t *testing.T) []byte {
	t.Helper()
	var mu sync.Mutex
	var all bytes.Buffer
	for _, key := range e.keys(t, "*") {
		fmt.Fprintln(&all, key)
	}
	must(t, each(t.Context(), e.db, func(ctx context.Context, node *redis.Client) error {
		mu.Lock()
		defer mu.Unlock()
		for _, key := range node.Keys(ctx, "*").Val() {
			fmt.Fprintln(&all, contents(ctx, node, key))
		}
		return nil
	}))
	return all.Bytes()
}

// contents reads a key of any type used here.
func contents(ctx context.Context, node *redis.Client, key string) any {
	switch node.Type(ctx, key).Val() {
	case "string":
		return node.Get(ctx, key).Val()
	case "list":
		return node.LRange(ctx, key, 0, -1).Val()
	case "hash":
		return node.HGetAll(ctx, key).Val()
	case "zset":
		return node.ZRangeWithScores(ctx, key, 0, -1).Val()
	}
	panic("a type nobody uses: " + key)
}
