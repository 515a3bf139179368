package redisstore

import (
	"context"
	"strconv"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/moderation"
)

// Rule implements moderation.Journal.
func (m *Moderation) Rule(ctx context.Context, who int64, ref string, r bot.Review) (moderation.Question, error) {
	if err := moderation.Check(r); err != nil {
		return moderation.Question{}, err
	}
	return m.review(ctx, who, ref, "rule "+string(r.Ruling), r.Note, func(e *bot.Entry) error {
		next := bot.Review{Ruling: r.Ruling, Better: r.Better, Note: r.Note, By: who, At: time.Now().UTC(), Former: e.Review}
		depth := 1
		for at := &next; at.Former != nil; at, depth = at.Former, depth+1 {
			if depth == moderation.MaxFormer {
				at.Former = nil
				break
			}
		}
		e.Review = &next
		return nil
	})
}

// Undo implements moderation.Journal.
func (m *Moderation) Undo(ctx context.Context, who int64, ref string) (moderation.Question, error) {
	return m.review(ctx, who, ref, "undo", "", func(e *bot.Entry) error {
		if e.Review == nil {
			return moderation.ErrNothing
		}
		e.Review = e.Review.Former
		return nil
	})
}

// review changes the ruling on an entry, and what the queue makes of it.
func (m *Moderation) review(ctx context.Context, who int64, ref, action, why string, change func(*bot.Entry) error) (q moderation.Question, err error) {
	f, err := m.locate(ctx, ref)
	if err != nil {
		return q, refused("rule on an answer", err)
	}
	e, there, err := m.store.amend(ctx, f.person, ref, change)
	if err == nil && !there {
		err = moderation.ErrUnknown
	}
	if err != nil {
		return q, refused("rule on an answer", err)
	}
	if err := m.reviewed(ctx, &f, e.Review != nil); err != nil {
		return q, refused("rule on an answer", err)
	}
	line := bot.AuditLine{By: who, Room: bot.RoomReview, Action: action, What: ref, Why: why}
	if err := m.store.Audit().Note(ctx, line); err != nil {
		return q, err
	}
	return moderation.Question{Asker: f.person, Entry: e, Cluster: moderation.NewClusterID(f.traits.cluster)}, nil
}

// reviewed takes the cards of an entry out of the queue; where there is no ruling any more, the clerk puts them back.
func (m *Moderation) reviewed(ctx context.Context, f *found, ruled bool) error {
	pipe := m.db.Pipeline()
	cluster := strconv.FormatUint(uint64(f.traits.cluster), 10)
	switch {
	case ruled:
		cards := []any{"q:" + f.ref}
		if f.traits.cluster != 0 {
			cards = append(cards, "c:"+cluster)
			if size := m.db.ZScore(ctx, fileOpen, cluster).Val(); size > 0 {
				pipe.HSet(ctx, fileSeen, cluster, int(size))
			}
		}
		pipe.ZRem(ctx, fileQueue, cards...)
		pipe.ZRem(ctx, fileLeases, cards...)
		pipe.HDel(ctx, fileHolders, texts(cards)...)
	case f.traits.cluster != 0:
		pipe.HDel(ctx, fileSeen, cluster)
	default:
		return nil
	}
	_, err := pipe.Exec(ctx)
	return err
}

func texts(values []any) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i], _ = v.(string)
	}
	return list
}

// cardOf tells a card's kind, "q" or "c", from its name.
func cardOf(card string) (kind, name string) {
	kind, name, _ = strings.Cut(card, ":")
	return kind, name
}
