package vectors

import (
	"context"
	"errors"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// bags is an Embedder: a text is the bag of its words' beginnings.
type bags struct {
	mu    sync.Mutex
	texts []string
	fail  error
	wait  time.Duration
}

func (b *bags) Model() string { return "bags" }

func (b *bags) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	b.mu.Lock()
	b.texts = append(b.texts, texts...)
	fail, wait := b.fail, b.wait
	b.mu.Unlock()
	if wait > 0 {
		select {
		case <-ctx.Done():
			return nil, &bot.Error{Op: "embed", Kind: bot.Unavailable, Err: ctx.Err()}
		case <-time.After(wait):
		}
	}
	if fail != nil {
		return nil, fail
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = bag(text)
	}
	return vectors, nil
}

func bag(text string) []float32 {
	v := make([]float32, 256)
	for _, t := range language.Tokenize(text) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(language.Skeleton(t.Folded)))
		v[h.Sum32()%256]++
	}
	sum := 0.0
	for _, x := range v {
		sum += float64(x * x)
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(max(sum, 1)))
	}
	return v
}

func (b *bags) asked() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.texts)
}

func engine(t *testing.T) *knowledge.Engine {
	t.Helper()
	pack, err := knowledge.LoadFS(os.DirFS("../testdata/pack"), "pack")
	if err != nil {
		t.Fatal(err)
	}
	e, err := knowledge.Build(pack)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func opened(t *testing.T, path string) *Cache {
	t.Helper()
	c, err := OpenCache(path)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const turnout = "какая была явка на референдуме?"

func TestNear(t *testing.T) {
	e, b := engine(t), &bags{}
	x := &Index{Embedder: b, Cache: opened(t, ""), Breaker: &bot.Breaker{}}
	if got := x.Near(t.Context(), e, turnout); got != nil || len(b.asked()) != 0 {
		t.Fatalf("before there are vectors: %v", got)
	}
	if err := x.Build(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	for i := range e.Pack().Statements {
		s := &e.Pack().Statements[i]
		if got := x.Near(t.Context(), e, s.Title+" "+s.Text); len(got) == 0 || got[0] != s.ID {
			t.Errorf("%s is not nearest to itself: %v", s.ID, got)
		}
	}
	asked := len(b.asked())
	if x.Near(t.Context(), e, turnout); len(b.asked()) != asked+1 {
		t.Errorf("%d requests for one question", len(b.asked())-asked)
	}
	if x.Near(t.Context(), e, turnout); len(b.asked()) != asked+1 {
		t.Error("the question's vector is not remembered")
	}
}

// TestQuestionsAreRedacted lets a question carry personal data: the server sees none.
func TestQuestionsAreRedacted(t *testing.T) {
	e, b := engine(t), &bags{}
	x := &Index{Embedder: b, Cache: opened(t, "")}
	if err := x.Build(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	x.Near(t.Context(), e, turnout+" мой ИИН 870514300123, телефон +7 701 555 44 33, aigul@mail.kz")
	last := b.asked()[len(b.asked())-1]
	for _, secret := range []string{"870514300123", "555 44 33", "aigul@mail.kz"} {
		if strings.Contains(last, secret) {
			t.Errorf("the server is told %s", secret)
		}
	}
}

// TestOneStatementCostsOneVector opens the cache again: nothing is made anew, and of a changed pack one vector is.
func TestOneStatementCostsOneVector(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "vectors.bin")
	e := engine(t)
	first := &Index{Embedder: &bags{}, Cache: opened(t, path)}
	if err := first.Build(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	b := &bags{}
	x := &Index{Embedder: b, Cache: opened(t, path)}
	if err := x.Build(t.Context(), e); err != nil || len(b.asked()) != 0 {
		t.Fatalf("%v; %d texts embedded again", err, len(b.asked()))
	}
	changed := *e.Pack()
	changed.Statements = slices.Clone(changed.Statements)
	changed.Statements[0].Text += " Ещё предложение."
	other, err := knowledge.Build(&changed)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Build(t.Context(), other); err != nil || len(b.asked()) != 1 {
		t.Fatalf("%v; %d texts embedded for one change", err, len(b.asked()))
	}
	if got := x.Near(t.Context(), e, turnout); got != nil {
		t.Errorf("vectors of another pack are used: %v", got)
	}
}

// TestDamagedCache cuts the file off and spoils a byte: what stands before it is good.
func TestDamagedCache(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.bin")
	keys := []Key{KeyOf("m", "a"), KeyOf("m", "b")}
	if err := opened(t, path).Put(keys, [][]float32{{1, 0}, {0, 1}}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	spoiled := slices.Clone(whole)
	spoiled[len(spoiled)-9] ^= 1
	for name, data := range map[string][]byte{"cut off": whole[:len(whole)-3], "spoiled": spoiled} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c := opened(t, path)
		_, first := c.Get(keys[0])
		_, second := c.Get(keys[1])
		if !first || second {
			t.Errorf("%s: %v %v", name, first, second)
		}
		if err := c.Put(keys[1:], [][]float32{{0, 1}}); err != nil {
			t.Fatal(err)
		}
		if v, ok := opened(t, path).Get(keys[1]); !ok || v[1] != 1 {
			t.Errorf("%s: what was made anew is not read", name)
		}
	}
}

func FuzzCache(f *testing.F) {
	f.Add(record(KeyOf("m", "a"), []float32{1, 2}))
	f.Add([]byte(strings.Repeat("x", 100)))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := &Cache{vectors: map[Key][]float32{}}
		if whole := c.read(strings.NewReader(string(data))); whole > int64(len(data)) {
			t.Fatalf("%d whole of %d", whole, len(data))
		}
	})
}

// TestFailuresLeaveTheWordsAlone fails in every way: Near knows nothing, in time, and the server is left alone.
func TestFailuresLeaveTheWordsAlone(t *testing.T) {
	e, b := engine(t), &bags{}
	x := &Index{Embedder: b, Cache: opened(t, ""), Breaker: &bot.Breaker{}, Time: 20 * time.Millisecond}
	if err := x.Build(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	b.wait = time.Hour
	if got := x.Near(t.Context(), e, "первый вопрос"); got != nil {
		t.Errorf("a slow server: %v", got)
	}
	b.wait, b.fail = 0, &bot.Error{Op: "embed", Kind: bot.Unauthorized, Err: errors.New("no")}
	asked := len(b.asked())
	for range 5 {
		if got := x.Near(t.Context(), e, "второй вопрос"); got != nil {
			t.Errorf("a wrong key: %v", got)
		}
	}
	if n := len(b.asked()) - asked; n != 1 {
		t.Errorf("asked %d times with a wrong key", n)
	}
}

// TestRunFollowsTheKnowledge swaps another engine in: its vectors are made while the old one's serve.
func TestRunFollowsTheKnowledge(t *testing.T) {
	e := engine(t)
	live := knowledge.NewLive(e)
	x := &Index{Embedder: &bags{}, Cache: opened(t, "")}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); x.Run(ctx, live) }()
	waitFor(t, func() bool { return x.Near(ctx, e, turnout) != nil })
	changed := *e.Pack()
	changed.Statements = slices.Clone(changed.Statements[:len(changed.Statements)-1])
	other, err := knowledge.Build(&changed)
	if err != nil {
		t.Fatal(err)
	}
	live.Swap(other)
	waitFor(t, func() bool { return x.Near(ctx, other, turnout) != nil })
	cancel()
	<-done
}

func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not come about")
		}
	}
}

// TestFusedByRank puts a statement first in the other list: it comes first where the words are undecided, and what the
// words do not find at all stays where it is.
func TestFusedByRank(t *testing.T) {
	e := engine(t)
	alone := e.Ask(knowledge.Question{Text: turnout})
	if len(alone.Ranked) < 2 {
		t.Fatal("too few candidates")
	}
	second := alone.Ranked[1]
	fused := e.Ask(knowledge.Question{Text: turnout, Near: []string{second.Statement.ID, "nobody"}})
	i := slices.IndexFunc(fused.Ranked, func(h knowledge.Hit) bool { return h.Statement.ID == second.Statement.ID })
	if i < 0 || fused.Ranked[i].Score <= second.Score {
		t.Errorf("%s: %v in place %d, alone %v", second.Statement.ID, fused.Ranked, i, second.Score)
	}
}
