package redisstore

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/knowledge/cluster"
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
