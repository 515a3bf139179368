package redisstore

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/gate"
)

// Keys of phrasing. Those of the quota share a tag, because a call counts for all of them at once:
//
//	rb:{llm}:calls               sorted set: calls under way by when they count as ended (ms)
//	rb:{llm}:minute:<n>          tokens of a minute
//	rb:{llm}:day:<date>          calls of a day (UTC)
//	rb:{llm}:day:<date>:<person> one person's
//	rb:siren:<trouble>           staff have been told
//	rb:phrase:<name>             sealed sentences of an answer; a day
const (
	llmTag       = "rb:{llm}:"
	sirenPrefix  = "rb:siren:"
	phrasePrefix = "rb:phrase:"
)

// QuotaLimits bound what all replicas together ask of the LLM.
type QuotaLimits struct {
	Calls     int // at once
	Tokens    int // a minute
	Day       int // calls a day
	PersonDay int // calls a day for one person
}

// DefaultQuota suits a small paid account.
func DefaultQuota() QuotaLimits {
	return QuotaLimits{Calls: 16, Tokens: 200_000, Day: 20_000, PersonDay: 100}
}

// callTime is when a call counts as ended that nobody ended.
const callTime = 30 * time.Second

// phraseTime is how long a phrased answer is remembered.
const phraseTime = 24 * time.Hour

var (
	takeScript  = load("take")
	spendScript = load("spend")
)

// Phrasing implements bot.Quota, bot.Phrases and bot.Sirens.
type Phrasing struct {
	db     redis.UniversalClient
	sealer *Sealer
	limits QuotaLimits
	now    func() time.Time
}

// NewPhrasing returns what all replicas on this Redis share of phrasing.
func NewPhrasing(db redis.UniversalClient, sealer *Sealer, limits QuotaLimits) *Phrasing {
	return &Phrasing{db, sealer, limits, time.Now}
}

var (
	_ bot.Quota   = (*Phrasing)(nil)
	_ bot.Phrases = (*Phrasing)(nil)
	_ bot.Sirens  = (*Phrasing)(nil)
)

func minuteKey(minute int64) string { return llmTag + "minute:" + strconv.FormatInt(minute, 10) }

// Take implements bot.Quota.
func (p *Phrasing) Take(ctx context.Context, person int64, tokens int) (bot.Grant, bot.Ending, error) {
	now := p.now()
	g := bot.Grant{ID: rand.Text(), Minute: now.Unix() / 60, Tokens: tokens}
	day := llmTag + "day:" + now.UTC().Format(time.DateOnly)
	keys := []string{llmTag + "calls", minuteKey(g.Minute), day, day + ":" + p.sealer.Hide("llm", person)}
	l := p.limits
	args := []any{g.ID, callTime.Milliseconds(), l.Calls, tokens, l.Tokens, l.Day, l.PersonDay}
	ending, err := run(ctx, p.db, call{takeScript, keys, args})[0].Text()
	return g, bot.Ending(ending), failed("book a call of the LLM", err)
}

// Settle implements bot.Quota.
func (p *Phrasing) Settle(ctx context.Context, g bot.Grant, tokens int) error {
	keys := []string{llmTag + "calls", minuteKey(g.Minute)}
	return failed("end a call of the LLM", run(ctx, p.db, call{spendScript, keys, []any{g.ID, tokens - g.Tokens}})[0].Err())
}

func (p *Phrasing) key(name string) string { return phrasePrefix + p.sealer.HideText("phrase", name) }

// Remembered implements bot.Phrases. What does not open is not remembered.
func (p *Phrasing) Remembered(ctx context.Context, name string) ([]gate.Sentence, error) {
	key := p.key(name)
	sealed, err := p.db.Get(ctx, key).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, failed("look up a phrased answer", err)
	}
	return p.opened(key, sealed), nil
}

// opened reads sentences; what was sealed under another data key is not remembered.
func (p *Phrasing) opened(key string, sealed []byte) (sentences []gate.Sentence) {
	plain, err := p.sealer.Open(key, sealed)
	if err != nil || json.Unmarshal(plain, &sentences) != nil {
		return nil
	}
	return sentences
}

// Remember implements bot.Phrases.
func (p *Phrasing) Remember(ctx context.Context, name string, sentences []gate.Sentence) error {
	plain, err := json.Marshal(sentences)
	if err != nil {
		return err
	}
	key := p.key(name)
	return failed("keep a phrased answer", p.db.Set(ctx, key, p.sealer.Seal(key, plain), phraseTime).Err())
}

// Sound implements bot.Sirens.
func (p *Phrasing) Sound(ctx context.Context, trouble string, within time.Duration) (bool, error) {
	first, err := p.db.SetNX(ctx, sirenPrefix+trouble, 1, within).Result()
	return first, failed("tell staff once", err)
}
