package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"refbot/config"
	"refbot/knowledge"
)

// staleKnowledge is how old the newest statement may be while a campaign goes on.
const staleKnowledge = 45 * 24 * time.Hour

// checkKnowledge loads the knowledge base as the bot would.
func (d *doctor) checkKnowledge(context.Context) []finding {
	path := d.settings.Knowledge.Dir
	report := checkPack(path)
	command := strings.TrimSpace("refbot kb check " + path)
	if n := len(report.Errors()); n > 0 {
		return []finding{fail("knowledge", "run `"+command+"`, which tells file and line", "it does not load: %d errors", n)}
	}
	pack, err := openPack(path)
	if err != nil {
		return []finding{fail("knowledge", "run `"+command+"`", "%v", err)}
	}
	asOf := pack.AsOf()
	list := []finding{well("knowledge", "version %s: %d statements, the newest of %s", pack.Version, len(pack.Statements), asOf.Format(time.DateOnly))}
	if n := len(report.Warnings()); n > 0 {
		list[0] = warn("knowledge", "run `"+command+"`, which tells file and line", "%s; %d warnings", list[0].Found, n)
	}
	list = append(list, judgeVote(pack.Campaign, time.Now()))
	if age := time.Since(asOf); age > staleKnowledge {
		list = append(list, warn("freshness", "add what was said since then: `refbot kb export DIR`, then KNOWLEDGE_DIR=DIR", "the newest statement is %s old", span(age)))
	}
	return list
}

// judgeVote tells the day of the vote and what time it is there, so that an operator sees when either is wrong.
func judgeVote(c knowledge.Campaign, now time.Time) finding {
	const name = "campaign"
	if c.VoteDate.IsZero() {
		return warn(name, "write vote_date and time_zone into campaign.yaml", "the day of the vote is not known")
	}
	return well(name, "the vote is on %s, and it is %s in %s", c.VoteDate.Format(time.DateOnly), now.In(c.TimeZone).Format("2006-01-02 15:04"), c.TimeZone)
}

const openAI = "https://api.openai.com/v1"

// checkLLM asks the endpoint for its models, or for one token where it lists none.
func (d *doctor) checkLLM(ctx context.Context) []finding {
	if !d.settings.LLM.Enabled() {
		return []finding{well("llm", "none is set: answers quote statements")}
	}
	m := model{d.settings.LLM, cmp.Or(d.settings.LLM.BaseURL, openAI)}
	status, names, err := m.list(ctx)
	if status == http.StatusNotFound || status == http.StatusMethodNotAllowed || status == http.StatusNotImplemented {
		status, err = m.probe(ctx)
	}
	list := append([]finding{m.judge(status, names, err)}, m.others(names)...)
	if list[0].Status != broken && m.Embedding != "" && (len(names) == 0 || slices.Contains(names, m.Embedding)) {
		list = append(list, m.embeds(ctx))
	}
	return list
}

// embeds asks for one vector.
func (m model) embeds(ctx context.Context) finding {
	const name, advice = "embeddings", "check OPENAI_EMBEDDING_MODEL; until then statements are found by their words alone"
	var answer struct {
		Data []struct {
			Embedding []float64 `json:"embedding"`
		} `json:"data"`
	}
	status, err := m.ask(ctx, http.MethodPost, "/embeddings", map[string]any{"model": m.Embedding, "input": []string{"1"}}, &answer)
	switch {
	case status == 0:
		return warn(name, advice, "%s does not answer: %s", hostOf(m.base), cause(err))
	case status != http.StatusOK:
		return warn(name, advice, "%s answers HTTP %d", hostOf(m.base), status)
	case err != nil || len(answer.Data) != 1 || len(answer.Data[0].Embedding) == 0:
		return warn(name, advice, "%s answers with something else than a vector", hostOf(m.base))
	}
	return well(name, "%s gives vectors of %d numbers", m.Embedding, len(answer.Data[0].Embedding))
}

// others looks for the models of embeddings and of transcription on the endpoint's list, where it has one.
func (m model) others(names []string) (list []finding) {
	for _, other := range []struct{ name, variable, model, without string }{
		{"embeddings", "OPENAI_EMBEDDING_MODEL", m.Embedding, "statements are found by their words alone"},
		{"transcription", "OPENAI_TRANSCRIBE_MODEL", m.Hearing, "voice messages get a request to write instead"},
	} {
		if other.model != "" && len(names) > 0 && !slices.Contains(names, other.model) {
			list = append(list, warn(other.name, "set "+other.variable+" to one it lists; until then "+other.without, "%s does not list %s", hostOf(m.base), other.model))
		}
	}
	return list
}

// model is the LLM's endpoint. It is asked by plain HTTP, so that what comes back is what it said.
type model struct {
	config.LLM
	base string
}

const maxModels = 4 << 20 // bytes of a list of models

func (m model) list(ctx context.Context) (status int, names []string, err error) {
	var models struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	status, err = m.ask(ctx, http.MethodGet, "/models", nil, &models)
	for _, d := range models.Data {
		names = append(names, d.ID)
	}
	return status, names, err
}

// probe asks for one token, the least that shows that the model answers.
func (m model) probe(ctx context.Context) (status int, err error) {
	return m.ask(ctx, http.MethodPost, "/chat/completions", map[string]any{
		"model": m.Model, "max_tokens": 1, "messages": []map[string]string{{"role": "user", "content": "1"}},
	}, nil)
}

func (m model) ask(ctx context.Context, method, path string, body, answer any) (status int, err error) {
	text := []byte{}
	if body != nil {
		if text, err = json.Marshal(body); err != nil {
			return 0, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, m.base+path, bytes.NewReader(text))
	if err != nil {
		return 0, err
	}
	if m.APIKey.Set() {
		req.Header.Set("Authorization", "Bearer "+m.APIKey.Reveal())
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK || answer == nil {
		return resp.StatusCode, nil
	}
	return resp.StatusCode, json.NewDecoder(io.LimitReader(resp.Body, maxModels)).Decode(answer)
}

// judge says what the endpoint's answer means. Without it refbot still answers, by quoting.
func (m model) judge(status int, names []string, err error) finding {
	const meanwhile = "; until then answers quote statements"
	place := hostOf(m.base)
	switch {
	case status == 0:
		return fail("llm", "check OPENAI_BASE_URL and the network"+meanwhile, "%s does not answer: %s", place, cause(err))
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fail("llm", "check OPENAI_API_KEY"+meanwhile, "%s refuses the key (HTTP %d)", place, status)
	case status == http.StatusTooManyRequests:
		return warn("llm", "check the quota"+meanwhile, "%s has had enough requests (HTTP 429)", place)
	case status != http.StatusOK:
		return fail("llm", "check OPENAI_BASE_URL (it mostly ends in /v1) and OPENAI_MODEL"+meanwhile, "%s answers HTTP %d", place, status)
	case err != nil:
		return fail("llm", "check OPENAI_BASE_URL: it mostly ends in /v1"+meanwhile, "%s answers with something else than a list of models", place)
	case m.Model != "" && len(names) > 0 && !slices.Contains(names, m.Model):
		return warn("llm", "set OPENAI_MODEL to one it lists", "%s lists %d models, and not %s", place, len(names), m.Model)
	}
	return well("llm", "%s answers", place)
}

// checkHTTP finds out whether HTTP_ADDR is free, or a refbot already there.
func (d *doctor) checkHTTP(ctx context.Context) []finding {
	addr := d.settings.HTTPAddr
	var listen net.ListenConfig
	l, err := listen.Listen(ctx, "tcp", addr)
	if err == nil {
		_ = l.Close()
		return []finding{well("http", "%s is free", addr)}
	}
	if health, err := fetchLine(ctx, "http://"+localAddr(addr)+"/healthz"); err != nil || health != "alive" {
		return []finding{fail("http", "choose another HTTP_ADDR, or stop what listens there", "%s cannot be listened on, and no refbot answers there", addr)}
	}
	ready, err := fetchLine(ctx, "http://"+localAddr(addr)+"/readyz")
	if err == nil && ready == "ready" {
		return []finding{well("http", "a refbot runs at %s and is ready", addr)}
	}
	return []finding{warn("http", "see its log", "a refbot runs at %s: %s", addr, cmp.Or(ready, "it does not say how it is"))}
}

// fetchLine gets the first line of a page, whatever its status.
func fetchLine(ctx context.Context, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	const longest = 200
	text, err := io.ReadAll(io.LimitReader(resp.Body, longest))
	line, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	return line, err
}

const (
	littleDisk = 1 << 30   // bytes: worth a look
	noDisk     = 100 << 20 // bytes: too little for the append-only file to be rewritten
)

// checkDisk looks at the disk of the embedded store; that of a Redis elsewhere is out of sight.
func (d *doctor) checkDisk(context.Context) []finding {
	if !d.settings.Store.Embedded() {
		return nil
	}
	dir, err := existingParent(d.settings.Store.DataDir)
	if err != nil {
		return []finding{fail("disk", "set DATA_DIR to a folder refbot may write to", "%v", err)}
	}
	if err := writable(dir); err != nil {
		return []finding{fail("disk", "set DATA_DIR to a folder refbot may write to", "%s cannot be written to: %s", dir, cause(err))}
	}
	free, err := freeBytes(dir)
	if err != nil {
		return []finding{warn("disk", "make sure that a gigabyte is free", "how much of %s is free cannot be told", dir)}
	}
	found := size(free) + " free for " + d.settings.Store.DataDir
	const advice = "free some, or set DATA_DIR to another disk"
	switch {
	case free < noDisk:
		return []finding{fail("disk", advice, "%s", found)}
	case free < littleDisk:
		return []finding{warn("disk", advice, "%s", found)}
	}
	return []finding{well("disk", "%s", found)}
}

// writable tries to write to a folder, and leaves nothing there.
func writable(dir string) error {
	file, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// existingParent is the folder itself, or the nearest one above it that exists.
func existingParent(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	for err == nil {
		info, missing := os.Stat(dir)
		switch {
		case missing == nil && info.IsDir():
			return dir, nil
		case missing == nil:
			return "", errors.New(dir + " is a file, not a folder")
		case !errors.Is(missing, fs.ErrNotExist):
			return "", missing
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		err = missing
	}
	return "", err
}
