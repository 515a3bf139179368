package page_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/handlers/simulator/page"
)

// object is any JSON object of the protocol.
type object = map[string]any

// strictPolicy is what the simulator sends; a page that breaks it logs an
// error, which fails the test.
const strictPolicy = "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// fake speaks the control API with scripted answers: it keeps people and
// messages, remembers every request and sends the events a test tells it to.
type fake struct {
	t        *testing.T
	url      string
	mu       sync.Mutex
	people   []object
	chats    []object
	messages map[string][]object
	commands []object
	refusals []object
	requests []string
	streams  []chan string
	nextID   int
	status   map[string]int
	onText   func(chat, text string)
}

const botID = 777

func newFake(t *testing.T) *fake {
	f := &fake{t: t, messages: map[string][]object{}, nextID: 1, status: map[string]int{}}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(page.FS))
	mux.HandleFunc("GET /sim/state", f.state)
	mux.HandleFunc("POST /sim/people", f.addPerson)
	mux.HandleFunc("POST /sim/people/{id}", f.patchPerson)
	mux.HandleFunc("POST /sim/groups", f.addGroup)
	mux.HandleFunc("GET /sim/chats/{chat}/messages", f.list)
	mux.HandleFunc("POST /sim/chats/{chat}/messages", f.write)
	mux.HandleFunc("POST /sim/chats/{chat}/messages/{id}", f.edit)
	mux.HandleFunc("POST /sim/callbacks", f.accept("cb1"))
	mux.HandleFunc("POST /sim/inline", f.accept("q1"))
	mux.HandleFunc("POST /sim/inline/{id}/choose", f.choose)
	mux.HandleFunc("GET /sim/commands", func(w http.ResponseWriter, _ *http.Request) { reply(w, object{"commands": f.commands}) })
	mux.HandleFunc("GET /sim/events", f.events)
	mux.HandleFunc("POST /sim/faults", f.accept("f1"))
	mux.HandleFunc("DELETE /sim/faults", f.accept("f1"))
	mux.HandleFunc("POST /sim/limits", f.accept("l1"))
	mux.HandleFunc("GET /sim/refusals", func(w http.ResponseWriter, _ *http.Request) { reply(w, object{"refusals": f.refusals}) })
	server := httptest.NewServer(f.record(mux))
	f.url = server.URL
	t.Cleanup(func() {
		f.hangUp()
		server.Close()
	})
	return f
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// record notes each POST and DELETE as "METHOD /path body" and refuses the
// paths a test has given a status.
func (f *fake) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", strictPolicy)
		if r.Method == http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		body := readBody(r)
		f.mu.Lock()
		f.requests = append(f.requests, r.Method+" "+r.URL.Path+" "+body)
		status := f.status[r.URL.Path]
		f.mu.Unlock()
		if status != 0 {
			http.Error(w, `{"error":"refused by the test"}`, status)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// readBody parses a JSON or multipart body into r.Form and returns it as one
// line of JSON with sorted keys; a file counts as its name.
func readBody(r *http.Request) string {
	fields := object{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return err.Error()
		}
		for k, v := range r.MultipartForm.Value {
			fields[k] = v[0]
		}
		for k, v := range r.MultipartForm.File {
			fields[k] = v[0].Filename
		}
	} else if r.Body != nil {
		_ = json.NewDecoder(r.Body).Decode(&fields)
	}
	line, _ := json.Marshal(fields)
	r.Header.Set("X-Fields", strconv.QuoteToASCII(string(line)))
	return string(line)
}

func fieldsOf(r *http.Request) object {
	line, _ := strconv.Unquote(r.Header.Get("X-Fields"))
	fields := object{}
	_ = json.Unmarshal([]byte(line), &fields)
	return fields
}

func (f *fake) accept(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { reply(w, object{"id": id}) }
}

func (f *fake) state(w http.ResponseWriter, _ *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	reply(w, object{
		"bot":    object{"id": botID, "username": "refbot_demo_bot", "first_name": "refbot", "description": ""},
		"people": f.people, "chats": f.chats, "now": time.Now().Unix(),
	})
}

func (f *fake) addPerson(w http.ResponseWriter, r *http.Request) {
	p := fieldsOf(r)
	f.mu.Lock()
	p["id"], p["blocked"] = 200+len(f.people), false
	f.people = append(f.people, p)
	f.mu.Unlock()
	f.push("people", p)
	reply(w, p)
}

func (f *fake) patchPerson(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	var p object
	for _, p = range f.people {
		if fmt.Sprint(p["id"]) == r.PathValue("id") {
			maps.Copy(p, fieldsOf(r))
			break
		}
	}
	f.mu.Unlock()
	f.push("people", p)
	reply(w, p)
}

func (f *fake) addGroup(w http.ResponseWriter, r *http.Request) {
	g := fieldsOf(r)
	f.mu.Lock()
	g["id"], g["type"] = -500-len(f.chats), "group"
	f.chats = append(f.chats, g)
	f.mu.Unlock()
	reply(w, g)
}

func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	reply(w, object{"messages": slices.Concat([]object{}, f.messages[r.PathValue("chat")])})
}

func (f *fake) write(w http.ResponseWriter, r *http.Request) {
	chat, fields := r.PathValue("chat"), fieldsOf(r)
	m := object{"from": f.sender(fields["from"]), "text": fields["text"], "reply_to": fields["reply_to"]}
	for _, kind := range []string{"photo", "document", "voice", "sticker"} {
		if name, ok := fields[kind]; ok {
			m[kind] = object{"file_name": name, "size": 48_300, "url": "/avatar.svg"}
		}
	}
	m = f.add(chat, m)
	reply(w, m)
	if f.onText != nil {
		f.onText(chat, fmt.Sprint(fields["text"]))
	}
}

func (f *fake) choose(w http.ResponseWriter, r *http.Request) {
	fields := fieldsOf(r)
	reply(w, f.add(fmt.Sprint(fields["chat"]), object{"from": f.sender(fields["from"]), "text": fmt.Sprint("card ", fields["result_id"])}))
}

func (f *fake) edit(w http.ResponseWriter, r *http.Request) {
	id, _ := strconv.Atoi(r.PathValue("id"))
	reply(w, f.change(r.PathValue("chat"), id, object{"text": fieldsOf(r)["text"]}))
}

func (f *fake) sender(id any) object {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.people {
		if fmt.Sprint(p["id"]) == fmt.Sprint(id) {
			return object{"id": p["id"], "name": p["first_name"]}
		}
	}
	return object{"id": id}
}

// say is the bot writing; html and extra fields are as the simulator renders
// them.
func (f *fake) say(chat, html string, extra object) int {
	m := object{"from": object{"id": botID, "name": "refbot", "is_bot": true}, "html": html, "text": html}
	maps.Copy(m, extra)
	return f.add(chat, m)["message_id"].(int)
}

func (f *fake) add(chat string, m object) object {
	f.mu.Lock()
	id, _ := strconv.Atoi(chat)
	m["message_id"], m["chat_id"], m["date"] = f.nextID, id, time.Now().Unix()
	f.nextID++
	f.messages[chat] = append(f.messages[chat], m)
	f.mu.Unlock()
	f.push("message", m)
	return m
}

func (f *fake) change(chat string, id int, fields object) object {
	f.mu.Lock()
	var changed object
	for i, m := range f.messages[chat] {
		if m["message_id"] == id {
			changed = maps.Clone(m)
			maps.Copy(changed, fields)
			changed["edit_date"] = time.Now().Unix()
			f.messages[chat][i] = changed
		}
	}
	f.mu.Unlock()
	f.push("edit", changed)
	return changed
}

// push sends an event to every open stream.
func (f *fake) push(event string, data any) {
	line, _ := json.Marshal(data)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.streams {
		s <- fmt.Sprintf("event: %s\ndata: %s\n\n", event, line)
	}
}

func (f *fake) events(w http.ResponseWriter, r *http.Request) {
	stream := make(chan string, 256)
	f.mu.Lock()
	f.streams = append(f.streams, stream)
	f.mu.Unlock()
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = fmt.Fprint(w, ": hello\n\n")
	for {
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
			return
		case event, open := <-stream:
			if !open {
				return
			}
			_, _ = fmt.Fprint(w, event)
		}
	}
}

// hangUp ends every stream, as a restarting server does.
func (f *fake) hangUp() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.streams {
		close(s)
	}
	f.streams = nil
}

// waitRequest waits for a request that starts with want.
func (f *fake) waitRequest(want string) {
	f.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		f.mu.Lock()
		found := slices.ContainsFunc(f.requests, func(r string) bool { return strings.HasPrefix(r, want) })
		f.mu.Unlock()
		if found {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	f.t.Fatalf("no request %q among\n%s", want, strings.Join(f.requests, "\n"))
}
