package redisstore

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot/moderation"
)

// Bounds of the work for a page.
const (
	segmentsAtOnce = 64
	maxSegments    = 4096 // four million entries
	textAtOnce     = 250  // entries read at once for a filter by text
	maxText        = 3000 // entries read for one page of it
	maxPage        = 500
)

// pageTime is how long a page looks before it says how far it came.
const pageTime = 90 * time.Millisecond

// reading is a page that is being put together.
type reading struct {
	m      *Moderation
	filter moderation.Filter
	needle moderation.Needle
	sieve  sieve
	page   moderation.Page
	n      int
	next   int64 // the number to go on with
	read   int   // entries read
	begun  time.Time
	full   bool

	searched time.Time // of the last entry whose traits were looked at
}

// Page implements moderation.Journal. A cursor is the number of the entry to go on with.
func (m *Moderation) Page(ctx context.Context, f moderation.Filter, cursor string, n int) (moderation.Page, error) {
	page, err := m.page(ctx, f, cursor, max(1, min(n, maxPage)))
	return page, refused("read the journal", err)
}

func (m *Moderation) page(ctx context.Context, f moderation.Filter, cursor string, n int) (moderation.Page, error) {
	s, err := m.sieve(ctx, f)
	if err != nil {
		return moderation.Page{}, err
	}
	total, err := m.db.Get(ctx, fileNext).Int64()
	if err != nil && !errors.Is(err, redis.Nil) {
		return moderation.Page{}, err
	}
	r := &reading{m: m, filter: f, needle: moderation.NewNeedle(f.Text), sieve: s, n: n, begun: time.Now()}
	if !f.Oldest {
		r.next = total - 1
	}
	if cursor != "" {
		if r.next, err = strconv.ParseInt(cursor, 10, 64); err != nil || r.next < 0 {
			return moderation.Page{}, moderation.ErrCursor
		}
		r.next = min(r.next, total)
	}
	if s.impossible {
		return moderation.Page{}, nil
	}
	if f.Asker != "" {
		return r.page, r.ofAsker(ctx, total)
	}
	return r.page, r.run(ctx, total)
}

// run goes through the segments.
func (r *reading) run(ctx context.Context, total int64) error {
	spans, err := r.spans(ctx)
	if err != nil {
		return err
	}
	for looked := 0; r.next >= 0 && r.next < total && !r.full; {
		var some []int64
		seg, last := r.next/segmentSize, (total-1)/segmentSize
		for ; len(some) < segmentsAtOnce && seg >= 0 && seg <= last; seg += r.step() {
			if spans == nil || spans[seg] {
				some = append(some, seg)
			} else if len(some) == 0 {
				r.skip(seg)
			}
		}
		if err := r.segments(ctx, some); err != nil {
			return err
		}
		if !r.full && len(some) > 0 {
			r.skip(some[len(some)-1])
		}
		if looked += len(some); !r.full && (looked >= maxSegments || time.Since(r.begun) > pageTime) {
			r.page.Searched = r.searched
			break
		}
	}
	if r.next < 0 || r.next >= total {
		r.page.Searched = time.Time{}
	} else {
		r.page.Next = strconv.FormatInt(r.next, 10)
	}
	return nil
}

func (r *reading) step() int64 {
	if r.filter.Oldest {
		return 1
	}
	return -1
}

// skip goes on behind a segment.
func (r *reading) skip(seg int64) {
	if r.filter.Oldest {
		r.next = (seg + 1) * segmentSize
	} else {
		r.next = seg*segmentSize - 1
	}
}

// spans are the segments that may hold what is asked for; nil for all.
func (r *reading) spans(ctx context.Context) (map[int64]bool, error) {
	masks := r.sieve.masks()
	if r.sieve.since == 0 && r.sieve.until == 0 && len(masks) == 0 {
		return nil, nil
	}
	all, err := r.m.db.HGetAll(ctx, fileSpans).Result()
	if err != nil {
		return nil, err
	}
	within := map[int64]bool{}
	for seg, text := range all {
		n, _ := strconv.ParseInt(seg, 10, 64)
		s := parseSpan(text)
		within[n] = s.last >= r.sieve.since && (r.sieve.until == 0 || s.first < r.sieve.until) &&
			!slices.ContainsFunc(masks, func(mask uint32) bool { return s.mask&mask == 0 })
	}
	return within, nil
}

// segments looks at some segments in their order.
func (r *reading) segments(ctx context.Context, numbers []int64) error {
	if len(numbers) == 0 {
		return nil
	}
	keys := make([]string, len(numbers))
	for i, n := range numbers {
		keys[i] = traitsKey(n)
	}
	values, err := r.m.db.MGet(ctx, keys...).Result()
	if err != nil {
		return err
	}
	var passed []found
	for i, n := range numbers {
		passed = r.pick(passed, n, r.m.openSegment(keys[i], values[i], traitSize))
		if want := r.wanted(); len(passed) >= want || i == len(numbers)-1 {
			if err := r.take(ctx, passed); err != nil || r.full {
				return err
			}
			passed = passed[:0]
		}
	}
	return nil
}

// wanted is how many entries are worth a round trip.
func (r *reading) wanted() int {
	if r.needle != nil {
		return textAtOnce
	}
	return r.n - len(r.page.Questions)
}

// pick appends the entries of a segment that pass the sieve, in order.
func (r *reading) pick(passed []found, seg int64, traits []byte) []found {
	count := len(traits) / traitSize
	for i := range count {
		at := i
		if !r.filter.Oldest {
			at = count - 1 - i
		}
		number := seg*segmentSize + int64(at)
		if r.filter.Oldest && number < r.next || !r.filter.Oldest && number > r.next {
			continue
		}
		t := readTraits(traits[at*traitSize:])
		r.searched = time.Unix(int64(t.at), 0)
		if r.sieve.passes(t) {
			passed = append(passed, found{number: number, traits: t})
		}
	}
	return passed
}

// take reads entries, some at a time, until the page is full.
func (r *reading) take(ctx context.Context, passed []found) error {
	for len(passed) > 0 {
		some := passed[:min(len(passed), max(r.wanted(), 1))]
		passed = passed[len(some):]
		if err := r.m.name(ctx, some); err != nil {
			return err
		}
		list, err := r.m.read(ctx, some)
		if err != nil {
			return err
		}
		r.read += len(some)
		if r.choose(some, list); r.full {
			return nil
		}
		if last := some[len(some)-1].number; r.needle != nil && (r.read >= maxText || time.Since(r.begun) > pageTime) && len(list) > 0 {
			r.next, r.full, r.page.Searched = last+r.step(), true, list[len(list)-1].At
			return nil
		}
	}
	return nil
}

// choose takes what fits into the page.
func (r *reading) choose(some []found, list []moderation.Question) {
	numbers := make(map[string]int64, len(some))
	for _, f := range some {
		numbers[f.ref] = f.number
	}
	for i := range list {
		q := &list[i]
		if !fits(&r.filter, q) || !r.needle.In(q.Question) {
			continue
		}
		r.page.Questions = append(r.page.Questions, *q)
		if len(r.page.Questions) == r.n {
			r.next, r.full = numbers[q.Ref]+r.step(), true
			return
		}
	}
}

// name fills in whose entries they are.
func (m *Moderation) name(ctx context.Context, places []found) error {
	var keys []string
	at := map[int64]int{}
	for _, f := range places {
		seg := f.number / segmentSize
		if _, met := at[seg]; !met {
			at[seg] = len(keys)
			keys = append(keys, namesKey(seg))
		}
	}
	values, err := m.db.MGet(ctx, keys...).Result()
	if err != nil {
		return err
	}
	names := make([][]byte, len(keys))
	for i := range keys {
		names[i] = m.openSegment(keys[i], values[i], nameSize)
	}
	for i := range places {
		f := &places[i]
		of, n := names[at[f.number/segmentSize]], int(f.number%segmentSize)
		if len(of) >= (n+1)*nameSize {
			f.person, f.ref = readName(of[n*nameSize:])
		}
	}
	return nil
}

// ofAsker reads the entries of one person, who has their own list of them.
func (r *reading) ofAsker(ctx context.Context, total int64) error {
	refs, err := r.m.db.ZRange(ctx, keysOf(r.filter.Asker).entries, 0, -1).Result()
	if err != nil {
		return err
	}
	pipe := r.m.db.Pipeline()
	numbers := make([]*redis.StringCmd, len(refs))
	for i, ref := range refs {
		numbers[i] = pipe.HGet(ctx, refKey(ref), ref)
	}
	if len(refs) > 0 {
		if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
	}
	var places []found
	for i := range refs {
		if n, err := numbers[i].Int64(); err == nil && (r.filter.Oldest && n >= r.next || !r.filter.Oldest && n <= r.next) {
			places = append(places, found{number: n})
		}
	}
	if places, err = r.sifted(ctx, places); err != nil {
		return err
	}
	if err := r.take(ctx, places); err != nil {
		return err
	}
	if r.full && r.next >= 0 && r.next < total {
		r.page.Next = strconv.FormatInt(r.next, 10)
	}
	return nil
}

// sifted are those of some entries that pass the sieve, in order.
func (r *reading) sifted(ctx context.Context, places []found) ([]found, error) {
	slices.SortFunc(places, func(a, b found) int { return cmp.Compare(a.number, b.number) * int(r.step()) })
	var keys []string
	for _, f := range places {
		if key := traitsKey(f.number / segmentSize); len(keys) == 0 || keys[len(keys)-1] != key {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	values, err := r.m.db.MGet(ctx, keys...).Result()
	if err != nil {
		return nil, err
	}
	traits := map[string][]byte{}
	for i, key := range keys {
		traits[key] = r.m.openSegment(key, values[i], traitSize)
	}
	var passed []found
	for _, f := range places {
		of, at := traits[traitsKey(f.number/segmentSize)], int(f.number%segmentSize)*traitSize
		if len(of) < at+traitSize {
			continue
		}
		if f.traits = readTraits(of[at:]); r.sieve.passes(f.traits) {
			passed = append(passed, f)
		}
	}
	return passed, nil
}

// eachSize is how many entries are in memory while all are visited.
const eachSize = 200

// Each implements moderation.Journal.
func (m *Moderation) Each(ctx context.Context, f moderation.Filter, visit func(moderation.Question) error) error {
	f.Oldest = true
	for cursor := ""; ; {
		page, err := m.Page(ctx, f, cursor, eachSize)
		if err != nil {
			return err
		}
		for _, q := range page.Questions {
			if err := visit(q); err != nil {
				return err
			}
		}
		if cursor = page.Next; cursor == "" {
			return nil
		}
	}
}
