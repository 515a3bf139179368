package main

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/config"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// archive is a Redis with a journal.
type archive struct {
	t     *testing.T
	store *redisstore.Store
	env   map[string]string
}

func newArchive(t *testing.T) *archive {
	t.Helper()
	url := redistest.StartMini(t).URL()
	return &archive{t: t, store: claimed(t, url, 1), env: map[string]string{
		"REDIS_URL": url, "DATA_KEY": base64.StdEncoding.EncodeToString(dataKey(1)),
	}}
}

// enter journals a question asked some time ago.
func (a *archive) enter(person int64, question string, ago time.Duration) bot.Entry {
	a.t.Helper()
	e := bot.Entry{
		Ref: bot.NewRef(), At: time.Now().Add(-ago).Round(0).UTC(), Question: question, Language: language.Russian,
		Decision: knowledge.DecideAnswer, Confidence: 0.75, Statements: []string{"s1", "s2"}, Topic: "date",
		Reply: "15 марта <https://example.org/?a=1&b=2>\n\n«Слова, \"в кавычках\"»", Micros: 1234, Knowledge: "2026-03-18-0badcafe", Feedback: bot.Helpful,
	}
	if err := a.store.Record(a.t.Context(), person, bot.Session{}, nil, &e); err != nil {
		a.t.Fatal(err)
	}
	return e
}

func (a *archive) export(args ...string) (stdout string, err error) {
	a.t.Helper()
	var out, errs bytes.Buffer
	w := &World{Stdout: &out, Stderr: &errs, Getenv: func(name string) string { return a.env[name] }}
	err = journalCommand(a.t.Context(), w, append([]string{"export"}, args...))
	if err == nil && !strings.Contains(errs.String(), "entries exported\n") {
		a.t.Errorf("standard error says %q", &errs)
	}
	return out.String(), err
}

func TestJournalExportJSON(t *testing.T) {
	a := newArchive(t)
	want := map[string]bot.Entry{}
	for i := range 5 {
		e := a.enter(int64(777000+i%2), fmt.Sprintf("вопрос %d, тел. [телефон]", i), 0)
		want[e.Ref] = e
	}
	text, err := a.export()
	if err != nil {
		t.Fatal(err)
	}
	got, askers := map[string]bot.Entry{}, map[string]int{}
	for line := range strings.Lines(text) {
		var l redisstore.Journaled
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		got[l.Ref] = l.Entry
		askers[l.Asker]++
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(askers) != 2 || strings.Contains(text, "77700") {
		t.Errorf("askers %v in:\n%s", askers, text)
	}
	if !strings.Contains(text, `<https://example.org/?a=1&b=2>`) {
		t.Errorf("letters are escaped that need not be:\n%s", text)
	}
}

func TestJournalExportCSV(t *testing.T) {
	a := newArchive(t)
	evil := []string{"=1+1", "+7", "-1", "@SUM(A1)", "\t=1", "\r=1", `=HYPERLINK("http://evil","x")`, "обычный, \"вопрос\"\nв две строки", ""}
	for _, q := range evil {
		a.enter(7, q, 0)
	}
	text, err := a.export("--format", "csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != len(evil)+1 || !slices.Equal(rows[0], journalColumns) {
		t.Fatalf("%v, %d rows:\n%s", err, len(rows), text)
	}
	column := slices.Index(journalColumns, "question")
	var questions []string
	for _, row := range rows[1:] {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("column %s begins a formula: %q", journalColumns[i], cell)
			}
		}
		questions = append(questions, strings.TrimPrefix(row[column], "'"))
	}
	slices.Sort(questions)
	slices.Sort(evil)
	if diff := cmp.Diff(evil, questions); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if row := rows[1]; row[slices.Index(journalColumns, "confidence")] != "0.75" || row[slices.Index(journalColumns, "statements")] != "s1 s2" {
		t.Errorf("got %q", row)
	}
}

func TestJournalExportBounds(t *testing.T) {
	a := newArchive(t)
	if text, err := a.export("--format=csv"); err != nil || text != strings.Join(journalColumns, ",")+"\n" {
		t.Errorf("an empty journal: %q, %v", text, err)
	}
	pack, err := openPack("")
	if err != nil {
		t.Fatal(err)
	}
	for _, days := range []int{0, 1, 2, 3} {
		a.enter(7, fmt.Sprint(days), time.Duration(days)*24*time.Hour)
	}
	day := func(ago int) string {
		return time.Now().In(pack.Campaign.TimeZone).AddDate(0, 0, -ago).Format(time.DateOnly)
	}
	for _, c := range []struct {
		args []string
		n    int
	}{
		{nil, 4},
		{[]string{"--since", day(1)}, 2},
		{[]string{"--until", day(1)}, 3},
		{[]string{"--since", day(2), "--until", day(2)}, 1},
		{[]string{"--since", time.Now().Add(-25 * time.Hour).Format(time.RFC3339)}, 2},
		{[]string{"--until", time.Now().Add(-25 * time.Hour).Format(time.RFC3339)}, 2},
	} {
		text, err := a.export(c.args...)
		if n := strings.Count(text, "\n"); err != nil || n != c.n {
			t.Errorf("%q: %d entries, want %d; %v", c.args, n, c.n, err)
		}
	}
}

func TestJournalExportToFile(t *testing.T) {
	a := newArchive(t)
	a.enter(7, "вопрос", 0)
	dir := t.TempDir()
	path := filepath.Join(dir, "journal.jsonl")
	if text, err := a.export("--out", path); err != nil || text != "" {
		t.Fatalf("%q, %v", text, err)
	}
	content, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(content), "вопрос") {
		t.Errorf("%q, %v", content, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if _, err := a.export("--out", filepath.Join(dir, "no", "journal")); err == nil {
		t.Error("written to a folder that does not exist")
	}
}

func TestJournalExportMistakes(t *testing.T) {
	a := newArchive(t)
	var usage *usageError
	for _, args := range [][]string{
		{"--format", "xml"},
		{"--since", "yesterday"},
		{"--until", "2026-13-01"},
		{"--since", "2026-03-15", "--until", "2026-03-14"},
		{"more"},
	} {
		if _, err := a.export(args...); !errors.As(err, &usage) {
			t.Errorf("%q: %v", args, err)
		}
	}
	w := &World{Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Getenv: func(string) string { return "" }}
	for _, args := range [][]string{nil, {"burn"}} {
		if err := journalCommand(t.Context(), w, args); !errors.As(err, &usage) {
			t.Errorf("%q: %v", args, err)
		}
	}
	for _, args := range [][]string{{"--help"}, {"export", "--help"}} {
		if err := journalCommand(t.Context(), w, args); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
}

func TestJournalExportWithTheWrongKey(t *testing.T) {
	a := newArchive(t)
	a.enter(7, "вопрос", 0)
	a.env["DATA_KEY"] = base64.StdEncoding.EncodeToString(dataKey(2))
	var setting *config.Error
	if text, err := a.export(); !errors.As(err, &setting) || setting.Variable != "DATA_KEY" || text != "" {
		t.Errorf("%q, %v", text, err)
	}
}

// TestJournalExportOfMixedKeys: what does not open is told, and the rest is there.
func TestJournalExportOfMixedKeys(t *testing.T) {
	a := newArchive(t)
	a.enter(7, "вопрос", 0)
	db, err := redisstore.Connect(a.env["REDIS_URL"])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	sealer, err := redisstore.NewSealer(dataKey(2))
	if err != nil {
		t.Fatal(err)
	}
	stranger := &archive{t: t, store: redisstore.New(db, sealer, redisstore.DefaultRetention())}
	stranger.enter(8, "чужой вопрос", 0)
	path := filepath.Join(t.TempDir(), "journal")
	_, err = a.export("--out", path)
	content, readErr := os.ReadFile(path)
	if !errors.As(err, new(*incompleteError)) || !strings.Contains(err.Error(), " 1 of them") || readErr != nil || strings.Count(string(content), "\n") != 1 {
		t.Errorf("%v; %q, %v", err, content, readErr)
	}
}

func TestJournalOfTheEmbeddedStore(t *testing.T) {
	redistest.Program(t)
	dir := t.TempDir()
	a := &archive{t: t, env: map[string]string{"DATA_DIR": dir}}
	if _, err := a.export(); !errors.Is(err, redisstore.ErrNoData) {
		t.Errorf("an empty folder: %v", err)
	}
	key, err := redisstore.LocalKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := redisstore.StartEmbedded(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	sealer, err := redisstore.NewSealer(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := redisstore.ClaimKey(t.Context(), embedded.DB, sealer); err != nil {
		t.Fatal(err)
	}
	a.store = redisstore.New(embedded.DB, sealer, redisstore.DefaultRetention())
	a.enter(7, "вопрос", 0)
	for _, state := range []string{"running", "stopped"} {
		if text, err := a.export(); err != nil || strings.Count(text, "\n") != 1 {
			t.Errorf("%s: %q, %v", state, text, err)
		}
		_ = embedded.Close()
	}
}

func FuzzHarmless(f *testing.F) {
	f.Add("=1+1")
	f.Add("\t@")
	f.Fuzz(func(t *testing.T, cell string) {
		got := harmless(cell)
		if got != cell && got != "'"+cell || got != "" && strings.ContainsRune("=+-@\t\r", rune(got[0])) {
			t.Errorf("%q became %q", cell, got)
		}
	})
}
