package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"sync"
	"time"
	"unicode/utf8"

	"refbot/bot/gate"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Times of phrasing.
const (
	// PhraseTime is how long all a model is asked about one question may take: completing it, phrasing its answer.
	PhraseTime = 8 * time.Second
	// PhraseVisible is when the extractive answer is shown in a private chat, to be edited later.
	PhraseVisible = 900 * time.Millisecond
	// repairTime is what must be left for another draft.
	repairTime = 1500 * time.Millisecond
	// settleTime bounds what is said to the store when the answer is ready.
	settleTime = time.Second
	// troubleTime is how long staff are not told again of the same trouble.
	troubleTime = time.Hour
)

// maxDrafts is how many drafts an answer gets: the first, and one repaired by the gate's findings.
const maxDrafts = 2

// Phraser has answers phrased by a Writer and lets nothing out that the gate stops. Writer is required; what
// is nil sets no limit, remembers nothing, tells nobody.
type Phraser struct {
	Writer     Writer
	Translator Translator // nil: statements are shown in the language they were made in
	Rewriter   Rewriter   // nil: follow-ups are understood by the engine alone
	Quota      Quota
	Phrases    Phrases
	Sirens     Sirens
	// Alarm tells staff of trouble in words without any text of people.
	Alarm   func(ctx context.Context, trouble Ending)
	Breaker *Breaker
	Time    time.Duration // PhraseTime where it is not set
	Visible time.Duration // PhraseVisible where it is not set

	mu     sync.Mutex
	told   map[Ending]time.Time
	gate   *gate.Gate
	engine *knowledge.Engine
}

// gateOf returns the gate of an engine's knowledge, which changes rarely.
func (p *Phraser) gateOf(e *knowledge.Engine) *gate.Gate {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.engine != e {
		p.gate, p.engine = gate.New(e.Pack()), e
	}
	return p.gate
}

// ToPhrase is an answer to be phrased.
type ToPhrase struct {
	Engine   *knowledge.Engine
	Answer   knowledge.Answer
	Question string // as typed; it is redacted before anybody sees it
	Person   int64  // whose daily answers it counts against
	Now      time.Time
}

// job is something a model writes and the gate judges.
type job struct {
	name   string // in the memory of phrases
	brief  Brief
	person int64 // whose daily answers it counts against
	engine *knowledge.Engine
	write  func(context.Context, Brief) (Draft, error)
	check  func(*gate.Gate, []gate.Sentence) gate.Verdict
}

// Phrase has an answer phrased, within p.Time. It never fails: without sentences the extractive answer is as
// good as ever.
func (p *Phraser) Phrase(ctx context.Context, a ToPhrase) Phrasing {
	b := briefOf(a)
	return p.do(ctx, job{
		name: p.nameOf(a, b), brief: b, person: a.Person, engine: a.Engine, write: p.Writer.Write,
		check: func(g *gate.Gate, draft []gate.Sentence) gate.Verdict { return g.Check(b.Language, b.Sources, draft) },
	})
}

// do has a job done, within p.Time: from memory, or by drafts within the limits.
func (p *Phraser) do(ctx context.Context, j job) (out Phrasing) {
	started := time.Now()
	out.Prompt = p.Writer.Prompt()
	defer func() { out.Millis = time.Since(started).Milliseconds() }()
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(p.Time, PhraseTime))
	defer cancel()
	if out.Sentences = p.remembered(ctx, j.name); out.Sentences != nil {
		out.Ending = Remembered
		return out
	}
	if !p.Breaker.Allow() {
		out.Ending = Broken
		return out
	}
	out.Ending = p.booked(ctx, j, &out)
	p.note(ctx, out.Ending)
	if out.Ending == Phrased && p.Phrases != nil {
		later, done := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
		defer done()
		_ = p.Phrases.Remember(later, j.name, out.Sentences)
	}
	return out
}

// briefOf tells a Writer what it may know: the redacted question and the statements.
func briefOf(a ToPhrase) Brief {
	question, _ := language.Redact(cmp.Or(a.Answer.Understood, a.Question))
	b := Brief{Question: Shorten(question, maxAsked), Language: a.Answer.Language}
	for _, hit := range a.Answer.Hits {
		b.Sources = append(b.Sources, sourceOf(a, hit))
	}
	return b
}

// Limits on what a prompt holds, in characters.
const (
	maxAsked = 600
	maxTold  = 2400 // of a statement; of a longer one its best sentences
)

func sourceOf(a ToPhrase, hit knowledge.Hit) gate.Source {
	s := hit.Statement
	if utf8.RuneCountInString(s.Text) > maxTold {
		cut := *s
		cut.Text = Excerpt(hit, maxTold)
		return gate.NewSource(&cut, nil, a.Now)
	}
	return gate.NewSource(s, a.Engine.Versions(cmp.Or(s.Key, s.ID)), a.Now)
}

// nameOf names an answer in the memory of phrases: who asks the same of the same knowledge under the same
// prompts gets the same sentences. It is a digest: no word can be read from it.
func (p *Phraser) nameOf(a ToPhrase, b Brief) string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%q %q %q %q", language.Fold(b.Question), b.Language, a.Engine.Pack().Version, p.Writer.Prompt())
	for _, hit := range a.Answer.Hits {
		_, _ = fmt.Fprintf(h, " %q", hit.Statement.ID)
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

func (p *Phraser) remembered(ctx context.Context, name string) []gate.Sentence {
	if p.Phrases == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	sentences, err := p.Phrases.Remembered(ctx, name)
	if err != nil {
		return nil
	}
	return sentences
}

// booked writes drafts within the shared limits. Without a store there is no telling what others use: the
// LLM is left alone.
func (p *Phraser) booked(ctx context.Context, j job, out *Phrasing) Ending {
	if p.Quota == nil {
		return p.drafts(ctx, j, out)
	}
	grant, refusal, err := p.Quota.Take(ctx, j.person, estimate(j.brief))
	switch {
	case err != nil:
		return Busy
	case refusal != "":
		return refusal
	}
	ending := p.drafts(ctx, j, out)
	later, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	_ = p.Quota.Settle(later, grant, out.Usage.In+out.Usage.Out)
	return ending
}

// promptTokens is about what the instructions and an answer cost; a token is some three characters of Cyrillic.
const (
	promptTokens   = 1500
	charactersEach = 3
)

// estimate is about how many tokens a call uses.
func estimate(b Brief) int {
	n := utf8.RuneCountInString(b.Question)
	for _, s := range b.Sources {
		n += utf8.RuneCountInString(s.Text) + utf8.RuneCountInString(s.Title)
	}
	return promptTokens + n/charactersEach
}

// drafts has an answer written, and written once more when the gate stops it.
func (p *Phraser) drafts(ctx context.Context, j job, out *Phrasing) Ending {
	g, b := p.gateOf(j.engine), j.brief
	go g.Prepare(b.Language, b.Sources) // while the model writes
	for range maxDrafts {
		draft, err := j.write(ctx, b)
		out.Usage.In += draft.Usage.In
		out.Usage.Out += draft.Usage.Out
		if err != nil {
			if draft.Raw != "" {
				out.Drafts = append(out.Drafts, Judgement{Raw: Shorten(draft.Raw, maxRaw)})
			}
			return endingOf(ctx, err)
		}
		verdict := j.check(g, draft.Sentences)
		out.take(draft, &verdict)
		if verdict.Pass() {
			out.Sentences = draft.Sentences
			return Phrased
		}
		deadline, ok := ctx.Deadline()
		if len(draft.Sentences) == 0 || ok && time.Until(deadline) < repairTime {
			break // the statements do not answer, says the model, or there is no time left to mend
		}
		b.Faults = verdict.Sentences
		if len(verdict.Findings) > 0 {
			b.Faults = append(b.Faults, gate.Judged{Findings: verdict.Findings})
		}
	}
	return Stopped
}

// maxRaw is how much of a draft is kept for moderators, in characters.
const maxRaw = 2000

// take notes a draft and its verdict.
func (out *Phrasing) take(d Draft, v *gate.Verdict) {
	out.Drafts = append(out.Drafts, Judgement{Shorten(d.Raw, maxRaw), v.Sentences, v.Findings})
	out.Reasons = append(out.Reasons, v.Reasons()...)
}

// endingOf tells why no draft came.
func endingOf(ctx context.Context, err error) Ending {
	if ctx.Err() != nil {
		return OutOfTime
	}
	switch KindOf(err) {
	case BadContent:
		return Malformed
	case RateLimited:
		return Limited
	case Unauthorized:
		return Refused
	}
	return Down
}

// note tells the breaker and, once, staff.
func (p *Phraser) note(ctx context.Context, e Ending) {
	switch e {
	case Phrased, Stopped, Malformed:
		p.Breaker.Succeed()
		return
	case OutOfTime, Refused, Limited, Down:
		if opened := p.Breaker.Fail(e == Refused); !opened {
			return
		}
	case UsedUp:
		p.Breaker.Cancel()
	default:
		p.Breaker.Cancel()
		return
	}
	p.alarm(context.WithoutCancel(ctx), e)
}

// alarm tells staff, unless this or another replica has.
func (p *Phraser) alarm(ctx context.Context, trouble Ending) {
	if p.Alarm == nil || !p.first(trouble) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	if p.Sirens != nil {
		if first, err := p.Sirens.Sound(ctx, string(trouble), quietAfter(trouble)); err == nil && !first {
			return
		}
	}
	p.Alarm(ctx, trouble)
}

// quietAfter is how long staff are not told again: a day's allowance is used up until the next day.
func quietAfter(trouble Ending) time.Duration {
	if trouble == UsedUp {
		return 24 * time.Hour
	}
	return troubleTime
}

// first reports whether this replica has not told of the trouble lately.
func (p *Phraser) first(trouble Ending) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.told[trouble]) < quietAfter(trouble) {
		return false
	}
	if p.told == nil {
		p.told = map[Ending]time.Time{}
	}
	p.told[trouble] = time.Now()
	return true
}
