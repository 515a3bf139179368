package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// heartbeat keeps an idle event stream open.
const heartbeat = 15 * time.Second

func (c control) press(w http.ResponseWriter, r *http.Request) error {
	var p struct {
		From      int64  `json:"from"`
		Chat      int64  `json:"chat"`
		MessageID int64  `json:"message_id"`
		Data      string `json:"data"`
		Forge     bool   `json:"forge"` // send data that no button has
	}
	if err := read(r, &p); err != nil {
		return err
	}
	press := c.Press
	if p.Forge {
		press = c.Forge
	}
	id, err := press(p.From, p.Chat, p.MessageID, p.Data)
	if err != nil {
		return err
	}
	return reply(w, map[string]string{"id": id})
}

func (c control) inline(w http.ResponseWriter, r *http.Request) error {
	var q struct {
		From   int64  `json:"from"`
		Chat   int64  `json:"chat"`
		Query  string `json:"query"`
		Offset string `json:"offset"`
	}
	if err := read(r, &q); err != nil {
		return err
	}
	id, err := c.Inline(q.From, q.Chat, q.Query, q.Offset)
	if err != nil {
		return err
	}
	return reply(w, map[string]string{"id": id})
}

func (c control) choose(w http.ResponseWriter, r *http.Request) error {
	var choice struct {
		From   int64  `json:"from"`
		Chat   int64  `json:"chat"`
		Result string `json:"result_id"`
	}
	if err := read(r, &choice); err != nil {
		return err
	}
	m, err := c.Choose(r.PathValue("id"), choice.Result, choice.Chat)
	if err != nil {
		return err
	}
	return reply(w, m)
}

func (c control) inject(w http.ResponseWriter, r *http.Request) error {
	var u struct {
		Chat   int64           `json:"chat"`
		Update json.RawMessage `json:"update"`
	}
	if err := read(r, &u); err != nil {
		return err
	}
	id, err := c.Inject(u.Chat, u.Update)
	if err != nil {
		return err
	}
	return reply(w, map[string]int64{"update_id": id})
}

// events streams what happens, as Server-Sent Events. Last-Event-ID resumes.
func (c control) events(w http.ResponseWriter, r *http.Request) error {
	person, _ := strconv.ParseInt(r.FormValue("person"), 10, 64)
	if _, known := c.Person(person); person != 0 && !known {
		return errNoPerson
	}
	after, _ := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64)
	missed, sub := c.hub.subscribe(after)
	defer c.hub.unsubscribe(sub)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	stream := http.NewResponseController(w)
	_, _ = fmt.Fprint(w, ": connected\nretry: 1000\n\n")
	for _, e := range missed {
		c.writeEvent(w, person, e)
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for stream.Flush() == nil {
		select {
		case e, ok := <-sub:
			if !ok {
				return nil
			}
			c.writeEvent(w, person, e)
		case <-beat.C:
			_, _ = fmt.Fprint(w, ": still here\n\n")
		case <-r.Context().Done():
			return nil
		case <-c.ctx.Done():
			return nil
		}
	}
	return nil
}

// writeEvent writes an event that the person sees. A broken stream shows in the next flush.
func (c control) writeEvent(w http.ResponseWriter, person int64, e Event) {
	if c.sees(person, e) {
		_, _ = fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", e.ID, e.Type, e.Data)
	}
}
