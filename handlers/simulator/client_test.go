package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"sync"
	"testing"
	"time"

	"refbot/handlers/simulator"
)

// client speaks the Bot API with nothing but net/http.
type client struct {
	t    *testing.T
	base string
	http *http.Client
}

// answer is a Bot API answer.
type answer struct {
	Status      int
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

type args map[string]any

func start(t *testing.T, opts ...simulator.Option) (*simulator.Server, client) {
	t.Helper()
	s := simulator.New(opts...)
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, client{t, s.URL() + "/bot" + s.Token() + "/", http.DefaultClient}
}

// call calls a method with a JSON body.
func (c client) call(method string, a args) answer {
	c.t.Helper()
	if a == nil {
		a = args{}
	}
	body, err := json.Marshal(a)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.post(method, "application/json", bytes.NewReader(body))
}

// upload calls a method with a multipart body; a []byte value becomes a file.
func (c client) upload(method string, a args) answer {
	c.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range a {
		if data, isFile := value.([]byte); isFile {
			part, _ := form.CreateFormFile(name, name+".bin")
			_, _ = part.Write(data)
			continue
		}
		_ = form.WriteField(name, fmt.Sprint(value))
	}
	_ = form.Close()
	return c.post(method, form.FormDataContentType(), &body)
}

func (c client) post(method, contentType string, body io.Reader) answer {
	c.t.Helper()
	a, err := c.try(method, contentType, body)
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

func (c client) try(method, contentType string, body io.Reader) (answer, error) {
	resp, err := c.http.Post(c.base+method, contentType, body)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{Status: resp.StatusCode}
	if err := json.Unmarshal(raw, &a); err != nil {
		return a, fmt.Errorf("answer %d %q: %w", resp.StatusCode, raw, err)
	}
	return a, nil
}

// must calls a method that may not fail and decodes its result.
func must[T any](c client, method string, a args) T {
	c.t.Helper()
	var result T
	got := c.call(method, a)
	if !got.OK {
		c.t.Fatalf("%s %v: %d %s", method, a, got.Code, got.Description)
	}
	if err := json.Unmarshal(got.Result, &result); err != nil {
		c.t.Fatalf("%s: %v in %s", method, err, got.Result)
	}
	return result
}

type update struct {
	ID           int64           `json:"update_id"`
	Message      *message        `json:"message"`
	Edited       *message        `json:"edited_message"`
	Callback     json.RawMessage `json:"callback_query"`
	Inline       json.RawMessage `json:"inline_query"`
	MyChatMember json.RawMessage `json:"my_chat_member"`
}

type message struct {
	MessageID int64              `json:"message_id"`
	Date      int64              `json:"date"`
	EditDate  int64              `json:"edit_date"`
	From      simulator.User     `json:"from"`
	Text      string             `json:"text"`
	Caption   string             `json:"caption"`
	Entities  []simulator.Entity `json:"entities"`
	Chat      struct{ ID int64 } `json:"chat"`
	ReplyTo   *message           `json:"reply_to_message"`
	Photo     []map[string]any   `json:"photo"`
	Document  map[string]any     `json:"document"`
	Sticker   map[string]any     `json:"sticker"`
	MigrateTo int64              `json:"migrate_to_chat_id"`
	Markup    map[string]any     `json:"reply_markup"`
}

func (c client) updates(a args) []update {
	c.t.Helper()
	return must[[]update](c, "getUpdates", a)
}

// citizen adds somebody who has already written to the bot.
func citizen(s *simulator.Server) simulator.Person {
	return s.AddPerson(simulator.Person{FirstName: "Айгүл", LanguageCode: "kk", Started: true})
}

func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// clock is a clock that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
