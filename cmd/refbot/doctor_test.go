package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/config"
	"refbot/handlers/simulator"
	"refbot/knowledge"
)

const llmKey = "sk-very-secret"

// ward is what a doctor is shown: a Telegram, a Redis, an LLM, and settings that name them.
type ward struct {
	t   *testing.T
	sim *simulator.Server
	env map[string]string
}

func newWard(t *testing.T, redisURL string) *ward {
	t.Helper()
	w := &ward{t: t, sim: simulator.New(simulator.WithBot("refbot", "refbot"))}
	if err := w.sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.sim.Close() })
	w.env = map[string]string{
		"TELEGRAM_BOT_TOKEN": w.sim.Token(), "TELEGRAM_API_URL": w.sim.URL(), "REDIS_URL": redisURL,
		"DATA_KEY": base64.StdEncoding.EncodeToString(dataKey(1)), "HTTP_ADDR": "127.0.0.1:0", "REFBOT_ADMINS": "42",
		"OPENAI_BASE_URL": fakeLLM(t).URL + "/v1", "OPENAI_API_KEY": llmKey, "OPENAI_MODEL": "good",
	}
	return w
}

func dataKey(n byte) []byte { return bytes.Repeat([]byte{n}, redisstore.KeySize) }

// fakeLLM lists two models to whoever has the key.
func fakeLLM(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") != "Bearer "+llmKey:
			http.Error(w, "who are you, "+r.Header.Get("Authorization"), http.StatusUnauthorized)
		case r.URL.Path == "/v1/models":
			_, _ = w.Write([]byte(`{"data":[{"id":"good"},{"id":"better"}]}`))
		case r.URL.Path == "/v1/embeddings" && strings.Contains(body(r), `"better"`):
			_, _ = w.Write([]byte(`{"data":[{"embedding":[0.1,0.2,0.3]}]}`))
		case r.URL.Path == "/bare/chat/completions":
			_, _ = w.Write([]byte(`{"choices":[]}`))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func body(r *http.Request) string {
	text, _ := io.ReadAll(r.Body)
	return string(text)
}

// seen is what `refbot doctor` says.
type seen struct {
	t      *testing.T
	err    error
	text   string
	report doctorReport
}

func (w *ward) doctor() seen {
	w.t.Helper()
	s := seen{t: w.t}
	var out bytes.Buffer
	world := &World{Stdout: &out, Stderr: &bytes.Buffer{}, Getenv: func(name string) string { return w.env[name] }}
	s.err = doctorCommand(w.t.Context(), world, []string{"--json"})
	if out.Len() > 0 {
		if err := json.Unmarshal(out.Bytes(), &s.report); err != nil {
			w.t.Fatalf("%v in %s", err, &out)
		}
	}
	var text strings.Builder
	if err := s.report.print(&text); err != nil {
		w.t.Fatal(err)
	}
	s.text = text.String()
	return s
}

// want fails unless a finding of this name and status mentions the words.
func (s seen) want(name string, status verdict, words ...string) {
	s.t.Helper()
	for _, f := range s.report.Checks {
		if f.Name != name || f.Status != status {
			continue
		}
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(f.Found+" "+f.Advice, word) }) &&
			(status == healthy) == (f.Advice == "") {
			return
		}
	}
	s.t.Errorf("no %s %s with %q in:\n%s", status, name, words, s.text)
}

func TestDoctorOfAHealthyBot(t *testing.T) {
	w := newWard(t, redistest.StartServer(t).URL())
	s := w.doctor()
	for name, words := range map[string]string{
		"settings": "long polling, Redis, an LLM", "token": "@refbot", "webhook": "none is registered", "clock": "in step with Telegram's",
		"redis disk": "appendfsync always", "redis memory": "nothing is thrown away", "redis clock": "in step with Redis'",
		"data key": "nothing is stored yet", "llm": "answers", "http": "free",
	} {
		s.want(name, healthy, words)
	}
	if !strings.Contains(s.text, "answers in") { // how fast is up to the machine the test runs on
		t.Errorf("nothing of Redis in:\n%s", s.text)
	}
	if s.err != nil || s.report.Failed > 0 {
		t.Errorf("%v:\n%s", s.err, s.text)
	}
	var plain bytes.Buffer
	world := &World{Stdout: &plain, Stderr: &bytes.Buffer{}, Getenv: func(name string) string { return w.env[name] }}
	if err := doctorCommand(t.Context(), world, nil); err != nil {
		t.Error(err)
	}
	for line := range strings.Lines(plain.String()) {
		if word := strings.Fields(line); len(word) > 0 && !slices.Contains([]string{"ok", "warn", "fail", "→"}, word[0]) && !strings.Contains(line, " fine") {
			t.Errorf("a line that is none: %q", line)
		}
	}
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	redis := redistest.StartMini(t).URL()
	stranger, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	for name, c := range map[string]struct {
		set    map[string]string
		check  string
		status verdict
		words  []string
	}{
		"token":        {map[string]string{"TELEGRAM_BOT_TOKEN": "1:wrong_token"}, "token", broken, []string{"does not know it", "@BotFather"}},
		"telegram":     {map[string]string{"TELEGRAM_API_URL": "http://127.0.0.1:1"}, "token", broken, []string{"check the network"}},
		"demo":         {map[string]string{"TELEGRAM_BOT_TOKEN": ""}, "token", healthy, []string{"demo"}},
		"admins":       {map[string]string{"REFBOT_ADMINS": ""}, "staff", doubtful, []string{"REFBOT_ADMINS"}},
		"redis away":   {map[string]string{"REDIS_URL": "redis://user:pass-word@127.0.0.1:1"}, "redis", broken, []string{"127.0.0.1:1", "REDIS_URL"}},
		"redis mute":   {nil, "redis", doubtful, []string{"does not tell its version"}},
		"http":         {map[string]string{"HTTP_ADDR": stranger.Addr().String()}, "http", broken, []string{"choose another HTTP_ADDR"}},
		"llm key":      {map[string]string{"OPENAI_API_KEY": "sk-wrong"}, "llm", broken, []string{"HTTP 401", "OPENAI_API_KEY", "quote"}},
		"llm model":    {map[string]string{"OPENAI_MODEL": "best"}, "llm", doubtful, []string{"lists 2 models", "best"}},
		"embeddings":   {map[string]string{"OPENAI_EMBEDDING_MODEL": "best"}, "embeddings", doubtful, []string{"does not list best", "OPENAI_EMBEDDING_MODEL"}},
		"hearing":      {map[string]string{"OPENAI_TRANSCRIBE_MODEL": "ears"}, "transcription", doubtful, []string{"does not list ears"}},
		"llm path":     {map[string]string{"OPENAI_BASE_URL": "<llm>/v2"}, "llm", broken, []string{"HTTP 404", "/v1"}},
		"llm no list":  {map[string]string{"OPENAI_BASE_URL": "<llm>/bare"}, "llm", healthy, []string{"answers"}},
		"llm away":     {map[string]string{"OPENAI_BASE_URL": "http://127.0.0.1:1"}, "llm", broken, []string{"does not answer"}},
		"embeds":       {map[string]string{"OPENAI_EMBEDDING_MODEL": "better"}, "embeddings", healthy, []string{"vectors of 3 numbers"}},
		"embeds not":   {map[string]string{"OPENAI_EMBEDDING_MODEL": "good"}, "embeddings", doubtful, []string{"HTTP 404"}},
		"embeds alone": {map[string]string{"OPENAI_EMBEDDING_MODEL": "third"}, "embeddings", doubtful, []string{"does not list third"}},
		"campaign":     {nil, "campaign", healthy, []string{"the vote is on 2026-03-15", "in Asia/Almaty"}},
		"no llm":       {map[string]string{"OPENAI_BASE_URL": "", "OPENAI_API_KEY": "", "OPENAI_MODEL": ""}, "llm", healthy, []string{"none is set"}},
		"knowledge":    {map[string]string{"KNOWLEDGE_DIR": "help"}, "knowledge", broken, []string{"kb check help"}},
		"hook missing": {map[string]string{"WEBHOOK_URL": "https://bot.example.org/secret-path"}, "webhook", doubtful, []string{"none is registered yet"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWard(t, redis)
			llm := strings.TrimSuffix(w.env["OPENAI_BASE_URL"], "/v1")
			for variable, value := range c.set {
				w.env[variable] = strings.ReplaceAll(value, "<llm>", llm)
			}
			s := w.doctor()
			s.want(c.check, c.status, c.words...)
			if failed := s.err != nil; failed != (c.status == broken) {
				t.Errorf("error %v:\n%s", s.err, s.text)
			}
			s.tellsNoSecret(w)
		})
	}
}

// tellsNoSecret looks for every secret in everything that was said.
func (s seen) tellsNoSecret(w *ward) {
	s.t.Helper()
	all, err := json.Marshal(s.report)
	if err != nil {
		s.t.Fatal(err)
	}
	_, password := redisAddress(config.Secret(w.env["REDIS_URL"]))
	for _, secret := range []string{w.env["TELEGRAM_BOT_TOKEN"], w.env["DATA_KEY"], w.env["OPENAI_API_KEY"], password, "secret-path"} {
		if secret != "" && strings.Contains(s.text+string(all), secret) {
			s.t.Errorf("the secret %q is shown:\n%s", secret, s.text)
		}
	}
}

func TestDoctorKnowsTheDataKey(t *testing.T) {
	url := redistest.StartMini(t).URL()
	w := newWard(t, url)
	claimed(t, url, 1)
	s := w.doctor()
	s.want("data key", healthy, "it opens what is stored")
	s.want("published", healthy, "nothing yet")
	s.want("inbox", healthy, "0 chats wait")
	w.env["DATA_KEY"] = base64.StdEncoding.EncodeToString(dataKey(2))
	s = w.doctor()
	s.want("data key", broken, "does not open", "DATA_KEY")
	if s.err == nil {
		t.Error("a wrong key is no failure")
	}
	s.tellsNoSecret(w)
}

// claimed is a store whose data key consists of a byte.
func claimed(t *testing.T, url string, key byte) *redisstore.Store {
	t.Helper()
	db, err := redisstore.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	sealer, err := redisstore.NewSealer(dataKey(key))
	if err != nil {
		t.Fatal(err)
	}
	if err := redisstore.ClaimKey(context.Background(), db, sealer); err != nil {
		t.Fatal(err)
	}
	return redisstore.New(db, sealer, redisstore.DefaultRetention())
}

func TestDoctorSettings(t *testing.T) {
	var out, errs bytes.Buffer
	w := &World{Stdout: &out, Stderr: &errs, Getenv: func(name string) string {
		return map[string]string{"REDIS_URL": "redis://localhost"}[name]
	}}
	var setting *config.Error
	if err := doctorCommand(t.Context(), w, nil); !errors.As(err, &setting) || setting.Variable != "DATA_KEY" || out.Len() > 0 {
		t.Errorf("%v, output %q", err, &out)
	}
}

func TestDoctorWebhook(t *testing.T) {
	d := &doctor{settings: config.Config{Webhook: config.Webhook{URL: "https://bot.example.org/hook"}}}
	polling := &doctor{}
	for _, c := range []struct {
		d      *doctor
		info   hookInfo
		status verdict
		words  string
	}{
		{d, hookInfo{URL: "https://bot.example.org/hook", Pending: 3}, healthy, "bot.example.org; 3 updates"},
		{d, hookInfo{URL: "https://bot.example.org/hook", Allowed: []string{"message"}}, doubtful, "callback_query"},
		{d, hookInfo{URL: "https://other.example.org/secret"}, doubtful, "at other.example.org"},
		{d, hookInfo{}, doubtful, "none is registered yet"},
		{polling, hookInfo{Pending: 2}, healthy, "2 updates wait"},
		{polling, hookInfo{URL: "https://other.example.org/secret"}, doubtful, "set to poll"},
		{polling, hookInfo{URL: "://"}, doubtful, "an address that is none"},
	} {
		f := c.d.registered(c.info)
		if f.Status != c.status || !strings.Contains(f.Found, c.words) || strings.Contains(f.Found+f.Advice, "secret") {
			t.Errorf("%+v: %+v", c.info, f)
		}
	}
}

func TestDoctorHTTP(t *testing.T) {
	ready := "ready"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(map[string]string{"/healthz": "alive\n", "/readyz": ready + "\n"}[r.URL.Path]))
	}))
	defer server.Close()
	d := &doctor{settings: config.Config{HTTPAddr: server.Listener.Addr().String()}}
	if f := d.checkHTTP(t.Context())[0]; f.Status != healthy || !strings.Contains(f.Found, "is ready") {
		t.Errorf("beside a refbot: %+v", f)
	}
	ready = "not ready: waiting for Redis"
	if f := d.checkHTTP(t.Context())[0]; f.Status != doubtful || !strings.Contains(f.Found, ready) {
		t.Errorf("beside one that waits: %+v", f)
	}
}

func TestJudgeClock(t *testing.T) {
	for ahead, want := range map[time.Duration]struct {
		status verdict
		words  string
	}{
		0: {healthy, "in step with Redis'"}, time.Second: {healthy, "in step with Redis'"}, 10 * time.Second: {doubtful, "10s behind Redis'"},
		-10 * time.Second: {doubtful, "10s ahead of Redis'"}, -3 * time.Hour: {broken, "3 hours ahead of Redis'"},
	} {
		if f := judgeClock("clock", "Redis'", ahead, 0); f.Status != want.status || f.Found != want.words {
			t.Errorf("%s: %+v", ahead, f)
		}
	}
}

func TestJudgeVote(t *testing.T) {
	if f := judgeVote(knowledge.Campaign{}, time.Now()); f.Status != doubtful || f.Advice == "" {
		t.Errorf("no day: %+v", f)
	}
	day := time.Date(2026, 3, 15, 0, 0, 0, 0, time.UTC)
	if f := judgeVote(knowledge.Campaign{VoteDate: day, TimeZone: time.FixedZone("there", 5*3600)}, day.Add(21*time.Hour)); f.Status != healthy || !strings.Contains(f.Found, "2026-03-16 02:00") {
		t.Errorf("%+v", f)
	}
}

func TestJudgeNode(t *testing.T) {
	good := redisstore.Node{Version: "7.0.15", Role: "master", Mode: "standalone", Append: "on", Fsync: "always", Policy: "noeviction", Memory: 1 << 20}
	for name, c := range map[string]struct {
		change func(*redisstore.Node)
		check  int // of judgeNode's findings
		status verdict
		words  string
	}{
		"good":           {func(*redisstore.Node) {}, 0, healthy, "Redis 7.0.15 at here"},
		"valkey":         {func(n *redisstore.Node) { n.Valkey = "8.1.1" }, 0, healthy, "Valkey 8.1.1"},
		"loading":        {func(n *redisstore.Node) { n.Loading = true }, 0, broken, "loading"},
		"replica":        {func(n *redisstore.Node) { n.Role = "slave" }, 0, broken, "takes no writes"},
		"cluster":        {func(n *redisstore.Node) { n.Mode = "cluster" }, 0, broken, "one node of a cluster"},
		"broken cluster": {func(n *redisstore.Node) { n.ClusterState = "fail" }, 0, broken, "state is fail"},
		"old":            {func(n *redisstore.Node) { n.Version = "6.2.7" }, 0, doubtful, "6.2.7"},
		"too old":        {func(n *redisstore.Node) { n.Version = "5.0.1" }, 0, broken, "too old"},
		"slow":           {func(n *redisstore.Node) { n.Latency = time.Second }, 0, doubtful, "slow"},
		"no aof":         {func(n *redisstore.Node) { n.Append = "off" }, 1, broken, "lost"},
		"disk full":      {func(n *redisstore.Node) { n.WriteFailed = true }, 1, broken, "last write failed"},
		"lazy aof":       {func(n *redisstore.Node) { n.Fsync = "no" }, 1, doubtful, "appendfsync no"},
		"quiet aof":      {func(n *redisstore.Node) { n.Fsync = "" }, 1, healthy, "append-only file"},
		"evicts":         {func(n *redisstore.Node) { n.Policy, n.MaxMemory = "allkeys-lru", 1<<30 }, 2, broken, "allkeys-lru"},
		"would evict":    {func(n *redisstore.Node) { n.Policy = "allkeys-lru" }, 2, doubtful, "would be"},
		"evicted":        {func(n *redisstore.Node) { n.Evicted = 3 }, 2, broken, "3 keys"},
		"nearly full":    {func(n *redisstore.Node) { n.MaxMemory = 1 << 20 }, 2, doubtful, "1.0 MB of 1.0 MB"},
		"machine full":   {func(n *redisstore.Node) { n.Machine = 3 << 19 }, 2, doubtful, "1.0 MB of the machine's 1.5 MB"},
		"clock":          {func(n *redisstore.Node) { n.Clock = time.Hour }, 3, broken, "behind Redis'"},
	} {
		n := good
		c.change(&n)
		f := judgeNode("", "at here", false, n)[c.check]
		if f.Status != c.status || !strings.Contains(f.Found, c.words) || (f.Status == healthy) != (f.Advice == "") {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestDoctorEmbedded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there")
	d := &doctor{settings: config.Config{Store: config.Store{DataDir: dir}}}
	if f := d.checkDisk(t.Context())[0]; f.Name != "disk" || f.Status == broken && !strings.Contains(f.Found, "free") {
		t.Errorf("disk: %+v", f)
	}
	redistest.Program(t)
	if f := d.checkStore(t.Context())[0]; f.Status != healthy || !strings.Contains(f.Found, dir) {
		t.Errorf("before the first start: %+v", f)
	}
	if _, err := redisstore.LocalKey(dir); err != nil {
		t.Fatal(err)
	}
	embedded, err := redisstore.StartEmbedded(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer embedded.Close()
	for _, f := range d.checkStore(t.Context()) {
		if f.Status == broken {
			t.Errorf("beside a running one: %+v", f)
		}
	}
}

func TestWritable(t *testing.T) {
	dir := t.TempDir()
	if err := writable(dir); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left there: %v", left)
	}
	if err := writable(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is not there can be written to")
	}
}

func TestExistingParent(t *testing.T) {
	dir := t.TempDir()
	if got, err := existingParent(filepath.Join(dir, "a", "b")); err != nil || got != dir {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := existingParent("doctor.go"); err == nil {
		t.Errorf("a file is a folder: %q", got)
	}
}

func TestRedisAddress(t *testing.T) {
	for address, want := range map[string][2]string{
		"redis://localhost:6379/0":              {"localhost:6379", ""},
		"rediss://user:p%40ss@host:1":           {"host:1", "p@ss"},
		"redis+cluster://u:pw@a:1,b:2?tls=true": {"a:1,b:2", "pw"},
		"redis://user@host":                     {"host", ""},
		"nonsense":                              {"", ""},
	} {
		hosts, password := redisAddress(config.Secret(address))
		if hosts != want[0] || password != want[1] {
			t.Errorf("%s: %q, %q", address, hosts, password)
		}
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 1500 * time.Millisecond: "1.5s", time.Minute: "1m0s", 3 * time.Hour: "3 hours", 80 * time.Hour: "3 days",
	} {
		if got := span(d); got != want {
			t.Errorf("span(%s) = %q, want %q", d, got, want)
		}
	}
}
