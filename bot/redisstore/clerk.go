package redisstore

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/cluster"
	"refbot/knowledge/language"
)

var (
	fileScript  = load("file")
	filedScript = load("filed")
)

// Clerk keeps the index of moderation: it looks at every entry that was stored, changed or forgotten, off the way of
// the replies. One is at work at a time ([Office]); should there be two, one of them writes and the other starts
// again, so nothing is counted twice.
type Clerk struct {
	// Vector tells what a question speaks of; nil makes no clusters.
	Vector func(question string) cluster.Vector
	// Report, if set, hears of trouble that stopped nothing.
	Report func(error)

	m       *Moderation
	version string // "" when nothing is known yet
	next    int64
	topics  map[string]uint16
	groups  *cluster.Groups
	records map[uint32]*clusterRecord
	swept   time.Time
}

// NewClerk returns a clerk that knows nothing yet.
func NewClerk(m *Moderation) *Clerk { return &Clerk{m: m} }

// How the clerk works: how often it looks, how many entries of each shard it takes at once, how often it throws away
// what is over, and after how long a segment that is not full is closed, so that it goes when its entries do.
const (
	clerkPause = 500 * time.Millisecond
	clerkBatch = 64
	sweepPause = time.Hour
	spanLimit  = 7 * day
)

// Run works until ctx ends.
func (c *Clerk) Run(ctx context.Context) {
	c.version = "" // somebody else may have been at work since
	for ctx.Err() == nil {
		n, err := c.Round(ctx)
		if err != nil && ctx.Err() == nil {
			c.report(err)
		}
		if n == 0 || err != nil {
			rest(ctx, clerkPause)
		}
	}
}

func (c *Clerk) report(err error) {
	if c.Report != nil {
		c.Report(err)
	}
}

// Catchup runs rounds until there is nothing to look at.
func (c *Clerk) Catchup(ctx context.Context) error {
	for {
		if n, err := c.Round(ctx); n == 0 || err != nil {
			return err
		}
	}
}

// Round looks at what waits, some of every shard, and tells how many entries that were. The error is a *bot.Error
// of kind StoreDown; what was not written comes again.
func (c *Clerk) Round(ctx context.Context) (int, error) {
	n, err := c.round(ctx)
	if err != nil {
		c.version = "" // it may have been written, or not
	}
	return n, failed("look through the journal", err)
}

func (c *Clerk) round(ctx context.Context) (int, error) {
	if c.version == "" {
		if err := c.load(ctx); err != nil {
			return 0, err
		}
	}
	if now := time.Now(); now.Sub(c.swept) > sweepPause {
		if err := c.sweep(ctx, now); err != nil {
			return 0, err
		}
		c.swept = now
		if c.version == "" { // it wrote
			return 1, nil
		}
	}
	pipe := c.m.db.Pipeline()
	var waiting [Shards]*redis.StringSliceCmd
	for shard := range waiting {
		waiting[shard] = pipe.LRange(ctx, unfiledKey(shard), 0, clerkBatch-1)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return 0, err
	}
	var members []string
	for _, w := range waiting {
		members = append(members, w.Val()...)
	}
	if len(members) == 0 {
		return 0, nil
	}
	written, err := c.file(ctx, members)
	if err != nil || !written {
		c.version = ""
		return len(members), err
	}
	var calls []call
	for shard, w := range waiting {
		if list := w.Val(); len(list) > 0 {
			args := make([]any, len(list))
			for i := range list {
				args[i] = list[i]
			}
			calls = append(calls, call{filedScript, []string{unfiledKey(shard)}, args})
		}
	}
	return len(members), firstError(run(ctx, c.m.db, calls...))
}

// load reads what a clerk has to know.
func (c *Clerk) load(ctx context.Context) error {
	if err := c.adopt(ctx); err != nil {
		return err
	}
	pipe := c.m.db.Pipeline()
	version, next, topics := pipe.Get(ctx, fileVersion), pipe.Get(ctx, fileNext), pipe.HGetAll(ctx, fileTopics)
	open, settled := pipe.ZRange(ctx, fileOpen, 0, -1), pipe.ZRange(ctx, fileSettled, 0, -1)
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	c.version = cmp.Or(version.Val(), "0")
	c.next, _ = strconv.ParseInt(next.Val(), 10, 64)
	c.topics = map[string]uint16{}
	for topic, n := range topics.Val() {
		number, _ := strconv.ParseUint(n, 10, 16)
		c.topics[topic] = uint16(number)
	}
	return c.loadClusters(ctx, append(open.Val(), settled.Val()...))
}

// adopt has the clerk look at entries from before there was one, once.
func (c *Clerk) adopt(ctx context.Context) error {
	n, err := c.m.db.Exists(ctx, fileVersion).Result()
	if err != nil || n > 0 {
		return err
	}
	_, err = c.m.store.Journal(ctx, time.Time{}, time.Time{}, func(l Journaled) error {
		return c.m.db.RPush(ctx, unfiledKey(shardOf(l.Asker)), indexMember(l.Asker, l.Ref)).Err()
	})
	if err != nil {
		return err
	}
	return c.m.db.SetNX(ctx, fileVersion, 0, 0).Err()
}

func (c *Clerk) loadClusters(ctx context.Context, members []string) error {
	c.groups, c.records = cluster.NewGroups(0), map[uint32]*clusterRecord{}
	for len(members) > 0 {
		some := members[:min(len(members), journalBatch)]
		members = members[len(some):]
		pipe := c.m.db.Pipeline()
		values := make([]*redis.StringCmd, len(some))
		for i, member := range some {
			values[i] = pipe.Get(ctx, filePrefix+"c:"+member)
		}
		if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
		for i, member := range some {
			record := new(clusterRecord)
			if values[i].Err() != nil || !decode(c.m.store, filePrefix+"c:"+member, values[i].Val(), record) {
				continue
			}
			if g, ok := record.group(); ok {
				c.records[record.Number] = record
				c.groups.Put(g)
			}
		}
	}
	return nil
}

// filing is a round's change of the index.
type filing struct {
	*Clerk
	segments map[int64]*segment
	commands [][]any
	tallies  tallies
	clusters map[uint32]bool // that have changed
	grown    map[uint32]bool // of those, the ones with a new question
	seen     map[string]bool
}

// file looks at entries and writes what follows; false when another clerk was faster.
func (c *Clerk) file(ctx context.Context, members []string) (bool, error) {
	f := &filing{
		Clerk: c, segments: map[int64]*segment{}, tallies: tallies{}, clusters: map[uint32]bool{}, grown: map[uint32]bool{}, seen: map[string]bool{},
	}
	entries, numbers, err := f.read(ctx, members)
	if err != nil {
		return false, err
	}
	if err := f.fetch(ctx, numbers, len(members)); err != nil {
		return false, err
	}
	for i, member := range members {
		if f.seen[member] {
			continue
		}
		f.seen[member] = true
		person, ref, _ := strings.Cut(member, ":")
		switch {
		case entries[i] == nil && numbers[i] >= 0:
			f.forget(numbers[i], ref)
		case entries[i] == nil:
		case numbers[i] >= 0:
			f.update(numbers[i], entries[i])
		default:
			f.enter(person, entries[i])
		}
	}
	if err := f.putClusters(ctx); err != nil {
		return false, err
	}
	f.putSegments()
	f.commands = append(f.commands, f.tallies.commands()...)
	return f.write(ctx)
}

// read reads entries, nil where there is none, and their numbers, -1 for those that have none yet.
func (f *filing) read(ctx context.Context, members []string) ([]*bot.Entry, []int64, error) {
	pipe := f.m.db.Pipeline()
	values, numbers := make([]*redis.StringCmd, len(members)), make([]*redis.StringCmd, len(members))
	for i, member := range members {
		person, ref, _ := strings.Cut(member, ":")
		values[i], numbers[i] = pipe.Get(ctx, keysOf(person).entry+ref), pipe.HGet(ctx, refKey(ref), ref)
	}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, nil, err
	}
	if err := cmp.Or(lastError(values), lastError(numbers)); err != nil {
		return nil, nil, err
	}
	entries, places := make([]*bot.Entry, len(members)), make([]int64, len(members))
	for i, member := range members {
		person, ref, _ := strings.Cut(member, ":")
		places[i] = -1
		if n, err := numbers[i].Int64(); err == nil {
			places[i] = n
		}
		e := new(bot.Entry)
		plain, err := f.m.store.sealer.Open(keysOf(person).entry+ref, []byte(values[i].Val()))
		if err == nil && json.Unmarshal(plain, e) == nil {
			entries[i] = e
		}
	}
	return entries, places, nil
}

// fetch reads the segments that change: those of known entries, and those that new ones come into.
func (f *filing) fetch(ctx context.Context, numbers []int64, fresh int) error {
	need := map[int64]bool{}
	for _, n := range numbers {
		if n >= 0 {
			need[n/segmentSize] = true
		}
	}
	for n := f.next / segmentSize; n <= (f.next+int64(fresh))/segmentSize; n++ {
		need[n] = true
	}
	pipe := f.m.db.Pipeline()
	replies := map[int64]*redis.SliceCmd{}
	for n := range need {
		replies[n] = pipe.MGet(ctx, traitsKey(n), namesKey(n))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return err
	}
	for n, reply := range replies {
		values := reply.Val()
		f.segments[n] = &segment{
			number: n, traits: f.m.openSegment(traitsKey(n), values[0], traitSize), names: f.m.openSegment(namesKey(n), values[1], nameSize),
		}
	}
	return nil
}

// enter gives an entry its number.
func (f *filing) enter(person string, e *bot.Entry) {
	var name [nameSize]byte
	if !putName(name[:], person, e.Ref) {
		return
	}
	n := f.next
	seg := f.segments[n/segmentSize]
	if at := n % segmentSize; at > 0 && len(seg.traits) >= traitSize && e.At.Unix()-int64(readTraits(seg.traits).at) > int64(spanLimit.Seconds()) {
		n = (n/segmentSize + 1) * segmentSize
		if seg = f.segments[n/segmentSize]; seg == nil {
			seg = &segment{number: n / segmentSize}
			f.segments[seg.number] = seg
		}
	}
	f.next = n + 1
	number := f.group(e)
	seg.put(int(n%segmentSize), traitsOf(e, f.topic(e.Topic), number), name[:])
	f.do("HSET", refKey(e.Ref), e.Ref, n)
	f.commands = append(f.commands, cardCommand(e))
	f.tallies.count(e)
	if e.Feedback != "" {
		f.tallies.moved(e, "f:", "", string(e.Feedback))
	}
	if e.Review != nil {
		f.tallies.moved(e, "r:", "", string(e.Review.Ruling))
	}
}

func (f *filing) do(words ...any) { f.commands = append(f.commands, words) }

// topic is the number of a topic, 0 for none.
func (f *filing) topic(id string) uint16 {
	if id == "" {
		return 0
	}
	n, met := f.topics[id]
	if !met {
		n = uint16(min(len(f.topics)+1, 1<<16-1))
		f.topics[id] = n
		f.do("HSET", fileTopics, id, n)
	}
	return n
}

// group puts a question without an answer into its cluster.
func (f *filing) group(e *bot.Entry) uint32 {
	if e.Decision != knowledge.DecideAbstain || f.Vector == nil {
		return 0
	}
	number := f.groups.Add(e.Ref, f.Vector(e.Question))
	if number == 0 {
		return 0
	}
	record := f.records[number]
	if record == nil {
		record = &clusterRecord{Number: number, Languages: map[language.Code]int{}, Days: map[string]int{}}
		f.records[number] = record
	}
	record.add(e)
	record.follow(f.groups.Get(number))
	f.clusters[number], f.grown[number] = true, true
	return number
}

// update brings the index up to date with an entry that has changed.
func (f *filing) update(n int64, e *bot.Entry) {
	seg, at := f.segments[n/segmentSize], int(n%segmentSize)
	if seg == nil || len(seg.traits) < (at+1)*traitSize {
		return
	}
	old := readTraits(seg.traits[at*traitSize:])
	now := traitsOf(e, f.topic(e.Topic), old.cluster)
	seg.put(at, now, nil)
	f.tallies.moved(e, "f:", string(valueIn(feedbacks, old.opinion&15)), string(valueIn(feedbacks, now.opinion&15)))
	f.tallies.moved(e, "r:", string(valueIn(rulings, old.opinion>>4)), string(valueIn(rulings, now.opinion>>4)))
	f.commands = append(f.commands, cardCommand(e))
	if old.cluster != 0 && old.opinion>>4 != 0 && now.opinion>>4 == 0 {
		f.clusters[old.cluster], f.grown[old.cluster] = true, true // the ruling was taken back
	}
}

func valueIn[T any](list []T, place byte) T {
	if int(place) < len(list) {
		return list[place]
	}
	return list[0]
}

// forget takes an entry out.
func (f *filing) forget(n int64, ref string) {
	f.do("HDEL", refKey(ref), ref)
	f.do("ZREM", fileQueue, "q:"+ref)
	seg, at := f.segments[n/segmentSize], int(n%segmentSize)
	if seg == nil || len(seg.traits) < (at+1)*traitSize {
		return
	}
	old := readTraits(seg.traits[at*traitSize:])
	seg.put(at, traits{at: old.at}, make([]byte, nameSize))
	if record := f.records[old.cluster]; record != nil {
		record.lose(ref)
		f.clusters[old.cluster] = true
	}
}

// put writes an entry into the segment; nil names stay as they are.
func (s *segment) put(at int, t traits, name []byte) {
	if missing := (at + 1) - len(s.traits)/traitSize; missing > 0 {
		s.traits = append(s.traits, make([]byte, missing*traitSize)...)
	}
	if missing := (at + 1) - len(s.names)/nameSize; missing > 0 {
		s.names = append(s.names, make([]byte, missing*nameSize)...)
	}
	t.put(s.traits[at*traitSize:])
	if name != nil {
		copy(s.names[at*nameSize:], name)
	}
}

// span tells what is in the segment.
func (s *segment) span() (all span) {
	for i := 0; i < len(s.traits); i += traitSize {
		t := readTraits(s.traits[i:])
		at := int64(t.at)
		if at == 0 {
			continue
		}
		if all.first == 0 || at < all.first {
			all.first = at
		}
		all.last, all.mask = max(all.last, at), all.mask|t.mask()
	}
	return all
}

func (f *filing) putSegments() {
	for n, s := range f.segments {
		if len(s.traits) == 0 {
			continue
		}
		span := s.span()
		end := time.Unix(span.last, 0).Add(f.m.store.keep.Journal + 2*day).UnixMilli()
		f.do("SET", traitsKey(n), f.m.store.sealer.Seal(traitsKey(n), s.traits), "PXAT", end)
		f.do("SET", namesKey(n), f.m.store.sealer.Seal(namesKey(n), s.names), "PXAT", end)
		f.do("HSET", fileSpans, n, span.String())
	}
	f.do("SET", fileNext, f.next)
}

// putClusters writes the clusters that have changed, and their cards.
func (f *filing) putClusters(ctx context.Context) error {
	if len(f.clusters) == 0 {
		return nil
	}
	var numbers []uint32
	var members []string
	for n := range f.clusters {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		members = append(members, strconv.FormatUint(uint64(n), 10))
	}
	seen, err := f.m.db.HMGet(ctx, fileSeen, members...).Result()
	if err != nil {
		return err
	}
	for i, n := range numbers {
		record, member := f.records[n], members[i]
		if record == nil {
			continue
		}
		if record.Size <= 0 {
			f.drop(n, member)
			continue
		}
		f.do("SET", clusterKey(n), f.m.store.encode(clusterKey(n), record))
		if !f.grown[n] {
			continue
		}
		f.do("ZREM", fileSettled, member)
		f.do("ZADD", fileOpen, record.Size, member)
		ruled, _ := strconv.Atoi(fmt.Sprint(seen[i]))
		if record.Size >= 2*ruled {
			f.do("ZADD", fileQueue, formatScore(clusterScore(record.Size)), "c:"+member)
		}
	}
	return nil
}

// drop forgets a cluster.
func (f *filing) drop(n uint32, member string) {
	f.do("DEL", clusterKey(n))
	f.do("ZREM", fileSettled, member)
	f.do("ZREM", fileOpen, member)
	f.do("ZREM", fileQueue, "c:"+member)
	f.do("HDEL", fileSeen, member)
	f.groups.Drop(n)
	delete(f.records, n)
}

// write writes everything at once, if nobody else has written.
func (f *filing) write(ctx context.Context) (bool, error) {
	args := []any{f.version}
	for _, words := range f.commands {
		args = append(append(args, len(words)), words...)
	}
	n, err := run(ctx, f.m.db, call{fileScript, []string{fileVersion}, args})[0].Int()
	if err != nil || n == 0 {
		return false, err
	}
	version, _ := strconv.ParseInt(f.version, 10, 64)
	f.version = strconv.FormatInt(version+1, 10)
	return true, nil
}

// sweep throws away what is over: segments whose last entry is, with their refs, and clusters nobody asks about.
func (c *Clerk) sweep(ctx context.Context, now time.Time) error {
	over := now.Add(-c.m.store.keep.Journal - day)
	f := &filing{Clerk: c, segments: map[int64]*segment{}}
	spans, err := c.m.db.HGetAll(ctx, fileSpans).Result()
	if err != nil {
		return err
	}
	for seg, span := range spans {
		if parseSpan(span).last >= over.Unix() {
			continue
		}
		n, _ := strconv.ParseInt(seg, 10, 64)
		value, err := c.m.db.Get(ctx, namesKey(n)).Result()
		if err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
		names := c.m.openSegment(namesKey(n), value, nameSize)
		for i := 0; i+nameSize <= len(names); i += nameSize {
			_, ref := readName(names[i:])
			f.do("HDEL", refKey(ref), ref)
			f.do("ZREM", fileQueue, "q:"+ref)
		}
		f.do("DEL", traitsKey(n), namesKey(n))
		f.do("HDEL", fileSpans, seg)
	}
	for n, record := range c.records {
		if record.Last.Before(over) {
			f.drop(n, strconv.FormatUint(uint64(n), 10))
		}
	}
	if len(f.commands) == 0 {
		return nil
	}
	_, err = f.write(ctx)
	c.version = ""
	return err
}
