package redisstore

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/moderation"
)

// sieve is a filter as traits are compared with it.
type sieve struct {
	since, until            int64 // seconds; until is exclusive, 0 sets no bound
	verdict, verdictOf      byte
	opinion, opinionOf      byte
	topic                   uint16
	cluster                 uint32
	open, reviewed, byTopic bool
	impossible              bool
}

func (m *Moderation) sieve(ctx context.Context, f moderation.Filter) (sieve, error) {
	s := sieve{cluster: f.Cluster.Number(), open: f.State == moderation.Open, reviewed: f.State == moderation.Reviewed}
	if !f.Since.IsZero() {
		s.since = f.Since.Unix()
	}
	if !f.Until.IsZero() {
		s.until = f.Until.Unix() + 1 // the fraction of a second is told from the entry
	}
	part := func(place byte, asked bool, shift uint, of, is *byte) {
		if asked {
			s.impossible = s.impossible || place == 0
			*of |= 15 << shift
			*is |= place << shift
		}
	}
	part(placeIn(decisions, f.Decision), f.Decision != "", 0, &s.verdictOf, &s.verdict)
	part(placeIn(languages, f.Language), f.Language != "", 4, &s.verdictOf, &s.verdict)
	part(placeIn(feedbacks, f.Feedback), f.Feedback != "", 0, &s.opinionOf, &s.opinion)
	part(placeIn(rulings, f.Ruling), f.Ruling != "", 4, &s.opinionOf, &s.opinion)
	s.impossible = s.impossible || f.Cluster != "" && s.cluster == 0
	if f.Topic == "" {
		return s, nil
	}
	s.byTopic = true
	n, err := m.db.HGet(ctx, fileTopics, f.Topic).Int()
	if errors.Is(err, redis.Nil) {
		s.impossible, err = true, nil
	}
	s.topic = uint16(n)
	return s, err
}

func (s *sieve) passes(t traits) bool {
	at := int64(t.at)
	return !t.gone() && t.verdict&s.verdictOf == s.verdict && t.opinion&s.opinionOf == s.opinion &&
		(!s.byTopic || t.topic == s.topic) && (s.cluster == 0 || t.cluster == s.cluster) &&
		(!s.open || t.opinion>>4 == 0) && (!s.reviewed || t.opinion>>4 != 0) &&
		at >= s.since && (s.until == 0 || at < s.until)
}

// fits tells of an entry as it is now what the sieve told of its traits a moment ago.
func fits(f *moderation.Filter, q *moderation.Question) bool {
	return (f.Since.IsZero() || !q.At.Before(f.Since)) && (f.Until.IsZero() || q.At.Before(f.Until)) && fitsReview(f, q) &&
		(f.Language == "" || f.Language == q.Language) && (f.Decision == "" || f.Decision == q.Decision) &&
		(f.Topic == "" || f.Topic == q.Topic) && (f.Feedback == "" || f.Feedback == q.Feedback) &&
		(f.Asker == "" || f.Asker == q.Asker) && (f.Cluster == "" || f.Cluster == q.Cluster)
}

// fitsReview tells it of what moderators made of the entry.
func fitsReview(f *moderation.Filter, q *moderation.Question) bool {
	ruling := bot.Ruling("")
	if q.Review != nil {
		ruling = q.Review.Ruling
	}
	return (f.Ruling == "" || f.Ruling == ruling) && (f.State != moderation.Open || ruling == "") && (f.State != moderation.Reviewed || ruling != "")
}

// masks are what a segment must have a bit of, each, to hold what passes.
func (s *sieve) masks() (list []uint32) {
	if s.verdictOf&15 != 0 {
		list = append(list, 1<<(s.verdict&15))
	}
	if s.verdictOf>>4 != 0 {
		list = append(list, 1<<(maskLanguage+(s.verdict>>4)))
	}
	if s.opinionOf&15 != 0 {
		list = append(list, 1<<(maskFeedback+(s.opinion&15)))
	}
	if s.opinionOf>>4 != 0 {
		list = append(list, 1<<(maskRuling+(s.opinion>>4)))
	}
	if s.reviewed {
		list = append(list, (1<<len(rulings)-2)<<maskRuling)
	}
	return list
}
