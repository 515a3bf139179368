package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"refbot/handlers/simulator"
	"refbot/knowledge/language"
)

// embedder is a server of embeddings: a text is the bag of its words.
type embedder struct {
	*httptest.Server
	mu    sync.Mutex
	texts []string
	fail  int // HTTP status
}

func serveVectors(t *testing.T) *embedder {
	t.Helper()
	s := &embedder{}
	s.Server = httptest.NewServer(http.HandlerFunc(s.answer))
	t.Cleanup(s.Close)
	return s
}

func (s *embedder) answer(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	var body struct{ Input []string }
	if !strings.HasSuffix(r.URL.Path, "/embeddings") || json.Unmarshal(raw, &body) != nil {
		http.Error(w, `{"error":{"message":"no"}}`, http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.texts = append(s.texts, body.Input...)
	fail := s.fail
	s.mu.Unlock()
	if fail != 0 {
		http.Error(w, `{"error":{"message":"no"}}`, fail)
		return
	}
	type datum struct {
		Index     int       `json:"index"`
		Embedding []float32 `json:"embedding"`
	}
	list := make([]datum, len(body.Input))
	for i, text := range body.Input {
		list[i] = datum{i, bagOf(text)}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"data": list})
}

func (s *embedder) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.texts...)
}

func bagOf(text string) []float32 {
	v := make([]float32, 512)
	v[0] = 1
	for _, t := range language.Tokenize(text) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(language.Stem(t.Folded, language.Russian)))
		v[h.Sum32()%512]++
	}
	return v
}

// commandWith runs a command with settings.
func commandWith(t *testing.T, env map[string]string, args ...string) (out, errs string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	w := &World{Getenv: func(name string) string { return env[name] }, Stdout: &stdout, Stderr: &stderr}
	switch args[0] {
	case "ask":
		err = askCommand(t.Context(), w, args[1:])
	case "eval":
		err = evalCommand(t.Context(), w, args[1:])
	}
	return stdout.String(), stderr.String(), err
}

// TestEmbeddings evaluates and asks with vectors: the second time none of a statement is made anew, and where the server
// fails the words answer.
func TestEmbeddings(t *testing.T) {
	s := serveVectors(t)
	data := t.TempDir()
	env := map[string]string{"OPENAI_BASE_URL": s.URL + "/v1", "OPENAI_EMBEDDING_MODEL": "bags", "DATA_DIR": data}
	questions := filepath.Join(t.TempDir(), "questions.jsonl")
	line := `{"id":"q1","lang":"ru","type":"answerable","style":"plain","turns":["какая явка на референдуме 15 марта?"],"relevant":{"s058":2},"expected":"answer"}` + "\n"
	if err := os.WriteFile(questions, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, err := commandWith(t, env, "eval", "--embeddings", "--questions", questions)
	if err != nil || !strings.Contains(out, "success") {
		t.Fatalf("%v: %s", err, out)
	}
	first := len(s.asked())
	if first < 300 {
		t.Errorf("only %d texts embedded", first)
	}
	if _, err := os.Stat(filepath.Join(data, vectorsFile)); err != nil {
		t.Error(err)
	}
	env["OPENAI_MODEL"] = "none"
	if out, _, err = commandWith(t, env, "ask", "--json", turnoutQuestion); err != nil || !strings.Contains(out, "73,12") {
		t.Errorf("%v: %s", err, out)
	}
	if again := len(s.asked()) - first; again != 1 {
		t.Errorf("%d texts embedded for one more question", again)
	}
	s.mu.Lock()
	s.fail = 500
	s.mu.Unlock()
	env["DATA_DIR"] = t.TempDir()
	out, errs, err := commandWith(t, env, "ask", turnoutQuestion)
	if err != nil || !strings.Contains(out, "73,12") || !strings.Contains(errs, "by their words alone") {
		t.Errorf("%v: %s %s", err, out, errs)
	}
	if _, _, err := commandWith(t, map[string]string{}, "eval", "--embeddings", "--questions", questions); err == nil {
		t.Error("--embeddings works without a model")
	}
}

// TestEmbeddingsOfTheRunningBot asks while vectors are made and afterwards: the server is told no id, name or number.
func TestEmbeddingsOfTheRunningBot(t *testing.T) {
	s := serveVectors(t)
	env := stores()[0].environment(t)
	env["OPENAI_BASE_URL"], env["OPENAI_EMBEDDING_MODEL"] = s.URL+"/v1", "bags"
	stage := newStageWith(t, env, func(*Program) {})
	p := stage.telegram().AddPerson(simulator.Person{FirstName: "Ольга", Username: "olga_private", LanguageCode: "ru", Started: true})
	question := turnoutQuestion + " я Ольга, телефон +7 701 555 44 33, ИИН 870101300123, olga@mail.kz"
	for _, q := range []string{turnoutQuestion, question} {
		if got := stage.say(p, q); !strings.Contains(got, "73,12") {
			t.Errorf("%q got: %s", q, got)
		}
	}
	for _, text := range s.asked() {
		for _, secret := range []string{fmt.Sprint(p.ID), "olga", "555 44 33", "870101300123", stage.telegram().Token()} {
			if strings.Contains(text, secret) {
				t.Errorf("the server is told %q", secret)
			}
		}
	}
}
