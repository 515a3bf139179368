package redisstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

var indexScript = load("index")

const day = 24 * time.Hour

// dayKey is the index of the day of a moment (ms) that holds a person's entries. A day is spread over the
// shards, so that a cluster shares it.
func dayKey(person string, at int64) string { return shardOfDay(shardOf(person), at) }

func shardOfDay(shard int, at int64) string {
	return "rb:{j" + strconv.Itoa(shard) + "}:" + time.UnixMilli(at).UTC().Format("20060102")
}

// unfiledKey lists what the clerk has to look at, oldest first.
func unfiledKey(shard int) string { return "rb:{j" + strconv.Itoa(shard) + "}:new" }

func indexMember(person, ref string) string { return person + ":" + ref }

// index prepares the noting of an entry in the index of its day, which goes a day after the last entry in it.
func (s *Store) index(keys personKeys, e *bot.Entry) call {
	at := e.At.UnixMilli()
	end := e.At.UTC().Truncate(day).Add(2*day + s.keep.Journal).UnixMilli()
	return call{indexScript, []string{dayKey(keys.person, at), unfiledKey(shardOf(keys.person))}, []any{indexMember(keys.person, e.Ref), at, end}}
}

// beginIndex notes since when entries are in the index: always, in a store that was empty.
func beginIndex(ctx context.Context, db redis.UniversalClient, fresh bool) error {
	since := int64(0)
	if !fresh {
		since = time.Now().Add(clockSlack).UnixMilli()
	}
	return db.SetNX(ctx, journalKey, since, 0).Err()
}

// indexed tells whether all entries of questions since then are in the index.
func (s *Store) indexed(ctx context.Context, since time.Time) (bool, error) {
	began, err := s.db.Get(ctx, journalKey).Int64()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil && (began == 0 || since.UnixMilli() >= began), failed("read the journal", err)
}

// Page asks for a part of the journal.
type Page struct {
	Since, Until time.Time // of the questions; Until is exclusive, zero times set no bound
	Newest       bool      // first; else oldest first
	Cursor       string    // where the page before ended; "" begins
	Size         int       // entries at most, at least 1
}

// JournalPage reads entries in order of time, by the index: entries from before there was one are not among
// them. next is the cursor of the page that follows, "" when there is none; it is safe to hand out. Entries
// that are gone or do not open are left out, so a page may be shorter than its size and not be the last.
// The error is a *bot.Error: of kind StoreDown, or Internal for a cursor nobody gave.
func (s *Store) JournalPage(ctx context.Context, p Page) (lines []Journaled, next string, err error) {
	places, next, err := s.places(ctx, p)
	if err != nil {
		return nil, "", err
	}
	j := &journal{store: s, each: func(l Journaled) error { lines = append(lines, l); return nil }}
	err = j.readAll(ctx, places)
	return lines, next, err
}

// place is an entry in the index.
type place struct {
	at     int64 // ms
	member string
}

// before orders places by time and, of one millisecond, by name.
func (a place) before(b place) int {
	return cmp.Or(cmp.Compare(a.at, b.at), strings.Compare(a.member, b.member))
}

func (a place) cursor() string { return strconv.FormatInt(a.at, 10) + "-" + a.member }

func parseCursor(text string) (place, error) {
	at, member, found := strings.Cut(text, "-")
	ms, err := strconv.ParseInt(at, 10, 64)
	if err != nil || !found {
		return place{}, &bot.Error{Op: "read the journal", Kind: bot.Internal, Err: errors.New("this is no cursor of it")}
	}
	return place{ms, member}, nil
}

// places finds the entries of a page, going from day to day.
func (s *Store) places(ctx context.Context, p Page) (found []place, next string, err error) {
	from, to := s.window(p)
	after := place{at: -1}
	if p.Cursor != "" {
		if after, err = parseCursor(p.Cursor); err != nil {
			return nil, "", err
		}
		if p.Newest {
			to = min(to, after.at)
		} else {
			from = max(from, after.at)
		}
	}
	for left := p.Size; from <= to && left > 0; left = p.Size - len(found) {
		begin := time.UnixMilli(from).UTC().Truncate(day).UnixMilli()
		if p.Newest {
			begin = time.UnixMilli(to).UTC().Truncate(day).UnixMilli()
		}
		end := begin + day.Milliseconds() - 1
		some, err := s.placesOfDay(ctx, p, max(from, begin), min(to, end), after, left)
		if err != nil {
			return nil, "", err
		}
		found = append(found, some...)
		if p.Newest {
			to = begin - 1
		} else {
			from = end + 1
		}
	}
	if len(found) == p.Size {
		next = found[len(found)-1].cursor()
	}
	return found, next, nil
}

// window is from when to when entries may lie, in milliseconds, both inclusive.
func (s *Store) window(p Page) (from, to int64) {
	from, to = time.Now().Add(-s.keep.Journal-2*day).UnixMilli(), time.Now().Add(day).UnixMilli()
	if !p.Since.IsZero() {
		from = max(from, p.Since.UnixMilli())
	}
	if !p.Until.IsZero() {
		to = min(to, p.Until.UnixMilli()-1)
	}
	return from, to
}

// placesOfDay finds at most n places of one day, from the bounds inward, beyond the cursor.
func (s *Store) placesOfDay(ctx context.Context, p Page, from, to int64, after place, n int) ([]place, error) {
	var replies []*redis.ZSliceCmd
	pipe := s.db.Pipeline()
	for shard := range Shards {
		key := shardOfDay(shard, from)
		all := &redis.ZRangeBy{Min: strconv.FormatInt(from, 10), Max: strconv.FormatInt(to, 10), Count: int64(n)}
		same := *all // those of the cursor's millisecond are few and told apart by name
		if after.at == from || after.at == to {
			same.Min, same.Max, same.Count = strconv.FormatInt(after.at, 10), strconv.FormatInt(after.at, 10), 0
			replies = append(replies, pipe.ZRangeByScoreWithScores(ctx, key, &same))
			if p.Newest {
				all.Max = "(" + same.Max
			} else {
				all.Min = "(" + same.Min
			}
		}
		if p.Newest {
			replies = append(replies, pipe.ZRevRangeByScoreWithScores(ctx, key, all))
		} else {
			replies = append(replies, pipe.ZRangeByScoreWithScores(ctx, key, all))
		}
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, failed("read the journal", err)
	}
	return p.pick(replies, after, n), nil
}

// pick takes the n places next to the cursor.
func (p Page) pick(replies []*redis.ZSliceCmd, after place, n int) []place {
	var all []place
	for _, reply := range replies {
		for _, z := range reply.Val() {
			found := place{int64(z.Score), fmt.Sprint(z.Member)}
			if side := found.before(after); p.Cursor == "" || p.Newest && side < 0 || !p.Newest && side > 0 {
				all = append(all, found)
			}
		}
	}
	slices.SortFunc(all, place.before)
	if p.Newest {
		slices.Reverse(all)
	}
	return all[:min(n, len(all))]
}

// leaf goes through the journal page by page.
func (j *journal) leaf(ctx context.Context) error {
	for p := (Page{Since: j.since, Until: j.until, Size: journalBatch}); ; {
		places, next, err := j.store.places(ctx, p)
		if err == nil {
			err = j.readAll(ctx, places)
		}
		if err != nil || next == "" {
			return err
		}
		p.Cursor = next
	}
}

// readAll reads the entries at some places and hands them on in their order.
func (j *journal) readAll(ctx context.Context, places []place) error {
	var batch []entryName
	for _, p := range places {
		asker, ref, _ := strings.Cut(p.member, ":")
		batch = append(batch, entryName{asker, keysOf(asker).entry + ref})
	}
	if len(batch) == 0 {
		return nil
	}
	return j.entries(ctx, j.store.db, batch)
}
