package redisstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
)

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
