package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// Journaled is a line of the journal as it may be read: redacted, with a pseudonym for the asker.
type Journaled struct {
	// Asker is the same for all questions of a person, and leads to nobody without the name key.
	Asker string `json:"asker"`
	bot.Entry
}

// journalBatch is how many people, and how many entries, are asked for in one round trip: at a few
// kilobytes an entry it bounds what is in memory.
const journalBatch = 200

// clockSlack is how far the clock of a Redis may be behind that of a bot.
const clockSlack = time.Hour

// Journal hands every entry from since to until (exclusive; zero times set no bound) to each, which is
// called by one goroutine at a time. It needs the same memory however long the journal is, and neither
// stops nor blocks a bot at work. Entries come in order of time, by the index. An entry that is stored or
// deleted meanwhile may be there or not.
//
// Entries from before there was an index are found by looking at every person: then people come in no
// order, the entries of one person in order of time, and when Redis shrinks its tables meanwhile, a person
// may come twice: Entry.Ref tells.
//
// sealed is how many entries do not open with the data key. The error is that of each, or a *bot.Error
// of kind StoreDown.
func (s *Store) Journal(ctx context.Context, since, until time.Time, each func(Journaled) error) (sealed int, err error) {
	j := &journal{store: s, since: since, until: until, each: each}
	indexed, err := s.indexed(ctx, since)
	switch {
	case err != nil:
		return 0, err
	case indexed:
		err = j.leaf(ctx)
	default:
		err = eachMaster(ctx, s.db, j.scan)
	}
	return j.sealed, err
}

type journal struct {
	store        *Store
	since, until time.Time
	each         func(Journaled) error

	mu     sync.Mutex // masters are read at the same time
	sealed int
}

// eachMaster calls f for the one node, or for every master of a cluster.
func eachMaster(ctx context.Context, db redis.UniversalClient, f func(context.Context, *redis.Client) error) error {
	switch db := db.(type) {
	case *redis.ClusterClient:
		return db.ForEachMaster(ctx, f)
	case *redis.Client:
		return f(ctx, db)
	}
	return fmt.Errorf("redisstore: a client of type %T has no nodes to ask", db)
}

const (
	entriesBefore, entriesAfter = "rb:{p:", "}:entries" // around the asker, in the key of their entries
)

// scan goes through the people of one node.
func (j *journal) scan(ctx context.Context, node *redis.Client) error {
	for cursor := uint64(0); ; {
		keys, next, err := node.Scan(ctx, cursor, entriesBefore+"*"+entriesAfter, 5*journalBatch).Result()
		if err != nil {
			return failed("read the journal", err)
		}
		for len(keys) > 0 {
			n := min(len(keys), journalBatch)
			if err := j.people(ctx, node, keys[:n]); err != nil {
				return err
			}
			keys = keys[n:]
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

// people reads the entries of some people.
func (j *journal) people(ctx context.Context, node *redis.Client, keys []string) error {
	window := &redis.ZRangeBy{Min: j.earliest(), Max: "+inf"}
	lists := make([]*redis.StringSliceCmd, len(keys))
	pipe := node.Pipeline()
	for i, key := range keys {
		lists[i] = pipe.ZRangeByScore(ctx, key, window)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return failed("read the journal", err)
	}
	var batch []entryName
	for i, key := range keys {
		asker := strings.TrimSuffix(strings.TrimPrefix(key, entriesBefore), entriesAfter)
		for _, ref := range lists[i].Val() {
			batch = append(batch, entryName{asker, keysOf(asker).entry + ref})
			if len(batch) == journalBatch {
				if err := j.entries(ctx, node, batch); err != nil {
					return err
				}
				batch = batch[:0]
			}
		}
	}
	return j.entries(ctx, node, batch)
}

// earliest is when Redis may have stored the first entry that is wanted, in milliseconds. There is no
// latest: an entry may be stored long after its question, when Redis was away.
func (j *journal) earliest() string {
	if j.since.IsZero() {
		return "-inf"
	}
	return strconv.FormatInt(j.since.Add(-clockSlack).UnixMilli(), 10)
}

// entryName is an entry that is to be read.
type entryName struct{ asker, key string }

// entries reads some entries and hands on those within the bounds.
func (j *journal) entries(ctx context.Context, node redis.UniversalClient, batch []entryName) error {
	values := make([]*redis.StringCmd, len(batch))
	pipe := node.Pipeline()
	for i, e := range batch {
		values[i] = pipe.Get(ctx, e.key)
	}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return failed("read the journal", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, e := range batch {
		text, err := values[i].Bytes()
		if errors.Is(err, redis.Nil) { // forgotten, or its time is over
			continue
		}
		if err != nil {
			return failed("read the journal", err)
		}
		if err := j.hand(e, text); err != nil {
			return err
		}
	}
	return nil
}

// hand opens an entry and hands it on.
func (j *journal) hand(e entryName, text []byte) error {
	line := Journaled{Asker: e.asker}
	plain, err := j.store.sealer.Open(e.key, text)
	if err == nil {
		err = unmarshal(plain, &line.Entry)
	}
	if err != nil {
		j.sealed++
		return nil //nolint:nilerr // counted: one entry must not keep the others from being read
	}
	if !j.since.IsZero() && line.At.Before(j.since) || !j.until.IsZero() && !line.At.Before(j.until) {
		return nil
	}
	return j.each(line)
}
