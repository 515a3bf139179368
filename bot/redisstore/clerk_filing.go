package redisstore

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

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
		if err == nil && unmarshal(plain, e) == nil {
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
