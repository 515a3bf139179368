package dashboard

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

const (
	eventsEvery = 2 * time.Second
	eventsLife  = 10 * time.Minute // the browser then asks anew, and rights are looked at again
)

// events streams how broadcasts go (Server-Sent Events): an array of what is in progress, every two seconds.
func (s *Server) events(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	stream := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	_ = stream.SetWriteDeadline(time.Time{})
	ticks, end := time.NewTicker(eventsEvery), time.After(eventsLife)
	defer ticks.Stop()
	for {
		list, err := s.inProgress(r.Context())
		if err != nil { // the browser asks again by itself
			return nil
		}
		if still, err := s.find(r, 0); err != nil || still == nil { // logged out, or the roles changed
			return nil
		}
		data, err := json.Marshal(list)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil {
			return nil
		}
		if stream.Flush() != nil {
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-end:
			return nil
		case <-ticks.C:
		}
	}
}
