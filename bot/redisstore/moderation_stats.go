package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// keptHours is how long counters are kept: they are about nobody.
const keptHours = 400 * day

func hourKey(hour int64) string { return filePrefix + "h:" + strconv.FormatInt(hour, 10) }

// tallies are changes of counters by hour and name.
type tallies map[int64]map[string]int

// count counts an entry that the index did not know.
func (t tallies) count(e *bot.Entry) {
	t.add(e, "n", 1)
	t.add(e, "d:"+string(e.Decision), 1)
	t.add(e, "l:"+string(e.Language), 1)
	t.add(e, "m:"+strconv.Itoa(moderation.Step(time.Duration(e.Micros)*time.Microsecond)), 1)
	if e.Topic != "" {
		t.add(e, "t:"+e.Topic, 1)
	}
	if e.Phrasing != nil {
		t.add(e, "p:"+string(e.Phrasing.Ending), 1)
	}
}

func (t tallies) add(e *bot.Entry, name string, by int) {
	hour := e.At.Unix() / 3600
	if t[hour] == nil {
		t[hour] = map[string]int{}
	}
	t[hour][name] += by
}

// moved counts a change of opinion: from what the index knew to what it is.
func (t tallies) moved(e *bot.Entry, prefix, from, to string) {
	if from == to {
		return
	}
	if from != "" {
		t.add(e, prefix+from, -1)
	}
	if to != "" {
		t.add(e, prefix+to, 1)
	}
}

// commands write the changes.
func (t tallies) commands() [][]any {
	var list [][]any
	for hour, names := range t {
		for name, by := range names {
			list = append(list, []any{"HINCRBY", hourKey(hour), name, by})
		}
		list = append(list, []any{"PEXPIRE", hourKey(hour), keptHours.Milliseconds()})
	}
	return list
}

// Stats implements moderation.Journal: days are added up from their hours.
func (m *Moderation) Stats(ctx context.Context, since, until time.Time, b moderation.Bucket) ([]moderation.Stats, error) {
	buckets := bucketsOf(since, until, b)
	var hours []int64
	for _, s := range buckets {
		for h := s.Begin.Unix() / 3600; h*3600 < s.End.Unix(); h++ {
			hours = append(hours, h)
		}
	}
	counted := map[int64]map[string]string{}
	for len(hours) > 0 {
		some := hours[:min(len(hours), 500)]
		hours = hours[len(some):]
		pipe := m.db.Pipeline()
		replies := make([]*redis.MapStringStringCmd, len(some))
		for i, h := range some {
			replies[i] = pipe.HGetAll(ctx, hourKey(h))
		}
		if _, err := pipe.Exec(ctx); err != nil {
			return nil, failed("count the journal", err)
		}
		for i, h := range some {
			counted[h] = replies[i].Val()
		}
	}
	for i := range buckets {
		s := &buckets[i]
		for h := s.Begin.Unix() / 3600; h*3600 < s.End.Unix(); h++ {
			one := statsOf(counted[h])
			s.Add(&one)
		}
	}
	return buckets, nil
}

// bucketsOf cuts a stretch of time into hours or days.
func bucketsOf(since, until time.Time, b moderation.Bucket) []moderation.Stats {
	var list []moderation.Stats
	begin := since.Truncate(time.Hour)
	if b == moderation.Daily {
		begin = time.Date(since.Year(), since.Month(), since.Day(), 0, 0, 0, 0, since.Location())
	}
	for begin.Before(until) && len(list) < moderation.MaxBuckets {
		end := begin.Add(time.Hour)
		if b == moderation.Daily {
			end = begin.AddDate(0, 0, 1)
		}
		list = append(list, moderation.Stats{Begin: begin, End: end})
		begin = end
	}
	return list
}

func statsOf(counters map[string]string) moderation.Stats {
	s := moderation.Stats{
		Decisions: map[knowledge.Decision]int{}, Languages: map[language.Code]int{}, Feedback: map[bot.Feedback]int{},
		Topics: map[string]int{}, Rulings: map[bot.Ruling]int{}, Phrased: map[bot.Ending]int{},
	}
	for name, text := range counters {
		n, _ := strconv.Atoi(text)
		if n == 0 {
			continue
		}
		kind, of, _ := strings.Cut(name, ":")
		switch kind {
		case "n":
			s.Questions += n
		case "d":
			s.Decisions[knowledge.Decision(of)] += n
		case "l":
			s.Languages[language.Code(of)] += n
		case "f":
			s.Feedback[bot.Feedback(of)] += n
		case "t":
			s.Topics[of] += n
		case "r":
			s.Rulings[bot.Ruling(of)] += n
		case "p":
			s.Phrased[bot.Ending(of)] += n
		case "m":
			if step, err := strconv.Atoi(of); err == nil && step >= 0 && step < moderation.Steps {
				s.Latency[step] += n
			}
		}
	}
	return s
}

// span is from when to when the questions of a segment are, in Unix seconds, and which values their traits have.
type span struct {
	first, last int64
	mask        uint32
}

func (s span) String() string { return fmt.Sprintf("%d %d %d", s.first, s.last, s.mask) }

// parseSpan reads "<first> <last> <mask>".
func parseSpan(text string) (s span) {
	_, _ = fmt.Sscanf(text, "%d %d %d", &s.first, &s.last, &s.mask) // what does not read is empty, and passed over
	return s
}
