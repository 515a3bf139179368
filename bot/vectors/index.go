package vectors

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
	"refbot/knowledge/language/recent"
)

// Times and sizes.
const (
	// QueryTime is how long a question waits at most for its vector.
	QueryTime = 400 * time.Millisecond
	// batchTime bounds one call for the vectors of statements.
	batchTime = 60 * time.Second
	// pause is waited before a pack whose vectors could not be made is tried again.
	pause = time.Minute
	// look is how often a new version of the knowledge is looked for.
	look = time.Second
	// batch is how many statements are embedded at once.
	batch = 32
	// nearest is how many statements a list has at most.
	nearest = 30
	// remembered is how many questions' vectors are kept.
	remembered = 1024
	// maxText bounds what is embedded of a statement, and maxQuestion of a question, in characters.
	maxText     = 4000
	maxQuestion = 600
)

// Embedder makes vectors of length 1. bot/llm implements it. Errors are *bot.Error and hold no text.
type Embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	// Model names the model: vectors of two models compare with nothing.
	Model() string
}

// Index ranks the statements of the engine in use. Embedder and Cache are required.
type Index struct {
	Embedder Embedder
	Cache    *Cache
	Breaker  *bot.Breaker
	// Progress is called as the vectors of a pack are made; nil tells nobody.
	Progress func(done, total int)
	// Trouble is called when they can't be made, or kept; nil tells nobody.
	Trouble func(error)
	Time    time.Duration // QueryTime where it is not set

	table   atomic.Pointer[table]
	queries atomic.Pointer[recent.Words[[]float32]]
}

var _ knowledge.Neighbours = (*Index)(nil)

// table holds the vectors of one pack.
type table struct {
	pack    *knowledge.Pack
	vectors [][]float32 // by statement
}

// Build makes the vectors of an engine's pack that the cache lacks. Until it returns, Near knows none of them.
func (x *Index) Build(ctx context.Context, e *knowledge.Engine) error {
	pack := e.Pack()
	keys, missing := make([]Key, len(pack.Statements)), []int(nil)
	for i := range pack.Statements {
		keys[i] = KeyOf(x.Embedder.Model(), textOf(&pack.Statements[i]))
		if _, ok := x.Cache.Get(keys[i]); !ok {
			missing = append(missing, i)
		}
	}
	for done := 0; done < len(missing); done += batch {
		some := missing[done:min(done+batch, len(missing))]
		if err := x.make(ctx, pack, keys, some); err != nil {
			return err
		}
		if x.Progress != nil {
			x.Progress(done+len(some), len(missing))
		}
	}
	t := &table{pack, make([][]float32, len(keys))}
	for i, key := range keys {
		t.vectors[i], _ = x.Cache.Get(key)
	}
	x.table.Store(t)
	return nil
}

// make has some statements embedded and keeps the vectors.
func (x *Index) make(ctx context.Context, pack *knowledge.Pack, keys []Key, some []int) error {
	ctx, cancel := context.WithTimeout(ctx, batchTime)
	defer cancel()
	texts, names := make([]string, len(some)), make([]Key, len(some))
	for i, at := range some {
		texts[i], names[i] = textOf(&pack.Statements[at]), keys[at]
	}
	vectors, err := x.Embedder.Embed(ctx, texts)
	if err != nil {
		return err
	}
	if err := x.Cache.Put(names, vectors); err != nil {
		x.trouble(err) // they serve from memory
	}
	return nil
}

func (x *Index) trouble(err error) {
	if x.Trouble != nil {
		x.Trouble(err)
	}
}

// textOf is what is embedded of a statement.
func textOf(s *knowledge.Statement) string { return bot.Shorten(s.Title+"\n"+s.Text, maxText) }

// Run builds for the engine in use, and again whenever another one is swapped in, until ctx ends.
func (x *Index) Run(ctx context.Context, live *knowledge.Live) {
	for {
		wait := look
		if e := live.Load(); x.packOf() != e.Pack() {
			if err := x.Build(ctx, e); err != nil && ctx.Err() == nil {
				x.trouble(err)
				wait = pause
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

func (x *Index) packOf() *knowledge.Pack {
	if t := x.table.Load(); t != nil {
		return t.pack
	}
	return nil
}

// Near implements knowledge.Neighbours.
func (x *Index) Near(ctx context.Context, e *knowledge.Engine, text string) []string {
	t := x.table.Load()
	if t == nil || t.pack != e.Pack() {
		return nil
	}
	redacted, _ := language.Redact(text)
	question := x.vectorOf(ctx, bot.Shorten(redacted, maxQuestion))
	if question == nil {
		return nil
	}
	type near struct {
		at    int
		score float32
	}
	list := make([]near, 0, len(t.vectors))
	for i, v := range t.vectors {
		if len(v) == len(question) {
			list = append(list, near{i, dot(v, question)})
		}
	}
	slices.SortFunc(list, func(a, b near) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.at, b.at))
	})
	ids := make([]string, 0, nearest)
	for _, n := range list[:min(nearest, len(list))] {
		ids = append(ids, t.pack.Statements[n.at].ID)
	}
	return ids
}

// vectorOf embeds a question in time; nil where that fails.
func (x *Index) vectorOf(ctx context.Context, question string) []float32 {
	queries := x.queries.Load()
	if queries == nil {
		x.queries.CompareAndSwap(nil, recent.New[[]float32](remembered))
		queries = x.queries.Load()
	}
	name := x.Embedder.Model() + "\x00" + language.Fold(question)
	if v, ok := queries.Get(name); ok {
		return v
	}
	if !x.Breaker.Allow() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(x.Time, QueryTime))
	defer cancel()
	vectors, err := x.Embedder.Embed(ctx, []string{question})
	if err != nil || len(vectors) != 1 {
		x.Breaker.Fail(bot.KindOf(err) == bot.Unauthorized)
		return nil
	}
	x.Breaker.Succeed()
	queries.Put(name, vectors[0])
	return vectors[0]
}

func dot(a, b []float32) float32 {
	var sum float32
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
