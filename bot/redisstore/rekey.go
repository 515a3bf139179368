package redisstore

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// Seals counts sealed values by the key that opens them.
type Seals struct {
	Current int // the data key
	Former  int // one of the other keys
	None    int // no key at hand: their key is missing, or they are damaged
}

// Rekey seals anew what a former key has sealed, beside bots at work, so that the former key can go. Claim
// the store with the new key first, and make sure that every replica has it. What it returns is how things
// stood; progress, which may be nil, hears how many values have been looked at. The error is a *bot.Error
// of kind StoreDown.
func (s *Store) Rekey(ctx context.Context, progress func(values int)) (Seals, error) {
	r := &rekeying{store: s, anew: true, progress: progress}
	err := eachMaster(ctx, s.db, r.scan)
	return r.found, failed("seal anew", err)
}

// Seals looks at about so many keys of each master and changes nothing.
func (s *Store) Seals(ctx context.Context, keys int) (Seals, error) {
	r := &rekeying{store: s, most: keys}
	err := eachMaster(ctx, s.db, r.scan)
	return r.found, failed("look at sealed values", err)
}

var resealScript = load("reseal")

// rekeying goes through all keys.
type rekeying struct {
	store    *Store
	anew     bool
	most     int // keys of a master; 0 for all
	progress func(int)

	mu    sync.Mutex // masters are read at the same time
	found Seals
}

func (r *rekeying) scan(ctx context.Context, node *redis.Client) error {
	looked := 0
	for cursor := uint64(0); ; {
		keys, next, err := node.Scan(ctx, cursor, "rb:*", journalBatch).Result()
		if err != nil {
			return err
		}
		if err := r.look(ctx, node, keys); err != nil {
			return err
		}
		looked += len(keys)
		if cursor = next; cursor == 0 || r.most > 0 && looked >= r.most {
			return nil
		}
	}
}

// sealedIn tells whether a key holds sealed values: sorted sets, the inbox' own notes, limits and offices
// do not.
func sealedIn(key string) bool {
	switch tag, rest, _ := strings.Cut(strings.TrimPrefix(key, "rb:{"), "}:"); {
	case strings.HasPrefix(tag, "p:"):
		return rest != "entries"
	case tag == "q":
		return strings.HasPrefix(rest, "a:") || strings.HasPrefix(rest, "n:") || strings.HasPrefix(rest, "c:")
	case tag == "audit", tag == "roles", tag == "switches", strings.HasPrefix(tag, "w") && tag != "web":
		return true
	case tag == "meta":
		return key == probeKey
	case tag == "web":
		return !strings.HasPrefix(rest, "o:")
	case tag == "bc":
		return strings.HasPrefix(key, broadcastPrefix)
	case tag == "kb":
		return strings.HasPrefix(rest, "v:") || strings.HasPrefix(rest, "a:") || strings.HasPrefix(rest, "p:")
	case strings.HasPrefix(tag, "a"):
		return true
	case strings.HasPrefix(tag, "l"):
		return strings.Contains(rest, ":r:")
	default:
		return strings.HasPrefix(tag, "s") && (strings.HasPrefix(rest, "m:") || rest == "dead")
	}
}

// look reads the values of some keys, and has those replaced that a former key opened.
func (r *rekeying) look(ctx context.Context, node *redis.Client, keys []string) error {
	var names []string
	var replies []redis.Cmder
	pipe := node.Pipeline()
	for _, key := range keys {
		if sealedIn(key) {
			names, replies = append(names, key), append(replies, read(ctx, pipe, key))
		}
	}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	var calls []call
	for i, reply := range replies {
		if c, some := r.judge(names[i], reply); some {
			calls = append(calls, c)
		}
	}
	return firstError(run(ctx, node, calls...))
}

// read asks for what a key holds.
func read(ctx context.Context, pipe redis.Pipeliner, key string) redis.Cmder {
	switch typeOf(key) {
	case "hash":
		return pipe.HGetAll(ctx, key)
	case "list":
		return pipe.LRange(ctx, key, 0, -1)
	}
	return pipe.Get(ctx, key)
}

// typeOf is the type of a key that holds sealed values.
func typeOf(key string) string {
	switch {
	case key == rolesGiven, strings.HasPrefix(key, "rb:{a"), strings.HasPrefix(key, "rb:{w"):
		return "hash"
	case key == switchesNow, strings.HasPrefix(key, "rb:{web}:"):
		return "string"
	case key == rolesAudit, key == switchesAudit, strings.HasPrefix(key, "rb:{s"):
		return "list"
	}
	return "string"
}

// judge counts the values of a key; some tells that the call replaces at least one of them.
func (r *rekeying) judge(key string, reply redis.Cmder) (c call, some bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c = call{resealScript, []string{key}, []any{typeOf(key)}}
	for field, values := range valuesOf(reply) {
		for _, old := range values {
			renewed, by, err := r.store.sealer.reseal(key, old)
			switch {
			case err != nil:
				r.found.None++
			case by == 0:
				r.found.Current++
			default:
				r.found.Former++
				c.args = append(c.args, field, old, renewed)
			}
		}
	}
	if r.progress != nil {
		r.progress(r.found.Current + r.found.Former + r.found.None)
	}
	return c, r.anew && len(c.args) > 1
}

// valuesOf lists what a key holds by the field of a hash, "" for other types.
func valuesOf(reply redis.Cmder) map[string][]string {
	switch reply := reply.(type) {
	case *redis.StringCmd:
		if reply.Err() == nil {
			return map[string][]string{"": {reply.Val()}}
		}
	case *redis.StringSliceCmd:
		return map[string][]string{"": reply.Val()}
	case *redis.MapStringStringCmd:
		all := map[string][]string{}
		for field, value := range reply.Val() {
			all[field] = []string{value}
		}
		return all
	}
	return nil
}

// reseal opens a stored value with any key and seals it with the first; by is the number of the key that
// opened it.
func (s *Sealer) reseal(key, value string) (renewed string, by int, err error) {
	if strings.HasSuffix(key, "}:dead") {
		return resealLetter(s, value)
	}
	plain, by, err := s.open(key, []byte(value))
	if err != nil || by == 0 {
		return value, by, err
	}
	return string(s.Seal(key, plain)), by, nil
}
