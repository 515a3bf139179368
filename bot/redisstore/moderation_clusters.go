package redisstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/knowledge/cluster"
	"refbot/knowledge/language"
)

// clusterRecord is a cluster as it is stored. It holds no question, only refs.
type clusterRecord struct {
	Number    uint32                `json:"n"`
	Size      int                   `json:"s"`
	Languages map[language.Code]int `json:"l"`
	Days      map[string]int        `json:"d"`
	First     time.Time             `json:"f"`
	Last      time.Time             `json:"t"`
	Label     string                `json:"b"` // ref
	Recent    []string              `json:"r"` // refs, newest last, at most keptRecent: labels when the label is gone
	Sum       []byte                `json:"v"`
	LabelSum  []byte                `json:"w"`
}

const (
	keptRecent = 16
	keptDays   = 180
)

func clusterKey(n uint32) string { return filePrefix + "c:" + strconv.FormatUint(uint64(n), 10) }

// group is what package cluster knows of it; false when it does not read.
func (c *clusterRecord) group() (cluster.Group, bool) {
	g := cluster.Group{Number: c.Number, Size: c.Size, Label: c.Label}
	return g, g.Sum.UnmarshalBinary(c.Sum) == nil && g.LabelSum.UnmarshalBinary(c.LabelSum) == nil
}

// follow takes over what package cluster has made of it.
func (c *clusterRecord) follow(g *cluster.Group) {
	c.Label = g.Label
	c.Sum, _ = g.Sum.MarshalBinary()
	c.LabelSum, _ = g.LabelSum.MarshalBinary()
}

// add counts a question in.
func (c *clusterRecord) add(e *bot.Entry) {
	c.Size++
	c.Languages[e.Language]++
	c.Days[e.At.UTC().Format(time.DateOnly)]++
	if c.First.IsZero() || e.At.Before(c.First) {
		c.First = e.At.UTC()
	}
	if e.At.After(c.Last) {
		c.Last = e.At.UTC()
	}
	if c.Recent = append(c.Recent, e.Ref); len(c.Recent) > keptRecent {
		c.Recent = c.Recent[1:]
	}
	if len(c.Days) > keptDays {
		delete(c.Days, slices.Min(daysOf(c.Days)))
	}
}

// lose takes a question out again that was forgotten.
func (c *clusterRecord) lose(ref string) {
	c.Size--
	c.Recent = slices.DeleteFunc(c.Recent, func(r string) bool { return r == ref })
}

func daysOf(days map[string]int) []string {
	list := make([]string, 0, len(days))
	for d := range days {
		list = append(list, d)
	}
	slices.Sort(list)
	return list
}

// clusterOf reads a cluster with its label.
func (m *Moderation) clusterOf(ctx context.Context, c *clusterRecord) (moderation.Cluster, error) {
	out := moderation.Cluster{ID: moderation.NewClusterID(c.Number), Size: c.Size, Languages: c.Languages, First: c.First, Last: c.Last}
	for _, day := range daysOf(c.Days) {
		out.Days = append(out.Days, moderation.DayCount{Day: day, Count: c.Days[day]})
	}
	labels := append([]string{c.Label}, c.Recent...)
	for _, ref := range slices.Compact(labels) {
		q, err := m.Question(ctx, ref)
		if err == nil {
			out.Label = q
			return out, nil
		}
		if !errors.Is(err, moderation.ErrUnknown) {
			return out, err
		}
	}
	return out, moderation.ErrUnknown
}

// Get implements moderation.Clusters.
func (m *Moderation) Get(ctx context.Context, id moderation.ClusterID) (moderation.Cluster, error) {
	key := clusterKey(id.Number())
	pipe := m.db.Pipeline()
	value := pipe.Get(ctx, key)
	settled := pipe.ZScore(ctx, fileSettled, strconv.FormatUint(uint64(id.Number()), 10))
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return moderation.Cluster{}, failed("read a cluster", err)
	}
	var c clusterRecord
	if value.Err() != nil || !decode(m.store, key, value.Val(), &c) {
		return moderation.Cluster{}, moderation.ErrUnknown
	}
	out, err := m.clusterOf(ctx, &c)
	if settled.Err() == nil {
		out.Settled = time.UnixMilli(int64(settled.Val()))
	}
	return out, refused("read a cluster", err)
}

// List implements moderation.Clusters. A cursor is how many came before. Settled ones come in the order they were
// settled, the latest first.
func (m *Moderation) List(ctx context.Context, f moderation.ClusterFilter, cursor string, n int) ([]moderation.Cluster, string, error) {
	from, err := strconv.ParseInt(cursor, 10, 32)
	if cursor == "" {
		from, err = 0, nil
	}
	if err != nil || from < 0 {
		return nil, "", moderation.ErrCursor
	}
	set := fileOpen
	if f.Settled {
		set = fileSettled
	}
	n = max(1, min(n, maxPage))
	var list []moderation.Cluster
	for len(list) < n {
		members, err := m.db.ZRevRangeWithScores(ctx, set, from, from+int64(n-len(list))-1).Result()
		if err != nil {
			return nil, "", failed("list clusters", err)
		}
		for _, z := range members {
			from++
			if !f.Settled && z.Score < float64(f.Least) {
				return list, "", nil
			}
			c, err := m.Get(ctx, moderation.ClusterID(fmt.Sprint("C", z.Member)))
			if err == nil && c.Size >= f.Least {
				list = append(list, c)
			} else if err != nil && !errors.Is(err, moderation.ErrUnknown) {
				return nil, "", err
			}
		}
		if len(members) == 0 {
			return list, "", nil
		}
	}
	return list, strconv.FormatInt(from, 10), nil
}

// Settle implements moderation.Clusters.
func (m *Moderation) Settle(ctx context.Context, who int64, id moderation.ClusterID, why string) error {
	return m.move(ctx, who, id, why, true)
}

// Reopen implements moderation.Clusters.
func (m *Moderation) Reopen(ctx context.Context, who int64, id moderation.ClusterID) error {
	return m.move(ctx, who, id, "", false)
}

func (m *Moderation) move(ctx context.Context, who int64, id moderation.ClusterID, why string, settle bool) error {
	c, err := m.Get(ctx, id)
	if err != nil {
		return err
	}
	member, action := strconv.FormatUint(uint64(id.Number()), 10), "reopen"
	pipe := m.db.TxPipeline()
	if settle {
		action = "settle"
		pipe.ZRem(ctx, fileOpen, member)
		pipe.ZAdd(ctx, fileSettled, redis.Z{Score: float64(time.Now().UnixMilli()), Member: member})
		for _, set := range []string{fileQueue, fileLeases} {
			pipe.ZRem(ctx, set, "c:"+member)
		}
		pipe.HDel(ctx, fileHolders, "c:"+member)
	} else {
		pipe.ZRem(ctx, fileSettled, member)
		pipe.ZAdd(ctx, fileOpen, redis.Z{Score: float64(c.Size), Member: member})
		pipe.HDel(ctx, fileSeen, member)
		pipe.ZAdd(ctx, fileQueue, redis.Z{Score: clusterScore(c.Size), Member: "c:" + member})
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return failed("settle a cluster", err)
	}
	return m.store.Audit().Note(ctx, bot.AuditLine{By: who, Room: bot.RoomReview, Action: action, What: string(id), Why: why})
}

// clusterScore is where the card of a cluster stands in the queue.
func clusterScore(size int) float64 {
	return cardScore(moderation.ManyAsk, 1-1/(1+float64(size)))
}
