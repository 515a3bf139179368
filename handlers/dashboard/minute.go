package dashboard

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// minute counts something by key within the minute that runs: failed logins by address, requests by session.
type minute[K comparable] struct {
	mu    sync.Mutex
	since time.Time
	by    map[K]int
}

const (
	// maxMisses is how many logins from an address may fail in a minute. The secrets are too long to guess: this keeps
	// the store at peace, and one who fails keeps out nobody else.
	maxMisses = 20
	// maxRequests is how many pages a session may ask for in a minute: more than anybody reads, less than a script
	// that has gone wild.
	maxRequests = 300
	// maxKeys is how many keys are told apart in a minute; newcomers beyond them are not counted. Counting them
	// together would let whoever has thousands of addresses keep everybody else out, and there is nothing to guess.
	maxKeys = 4096
)

// count is how often a key was noted in the minute that runs.
func (m *minute[K]) count(key K, now time.Time) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn(now)
	return m.by[key]
}

// note counts a key, and returns how often it was noted with this time: 0 when there is no room for it.
func (m *minute[K]) note(key K, now time.Time) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn(now)
	if _, known := m.by[key]; known || len(m.by) < maxKeys {
		m.by[key]++
	}
	return m.by[key]
}

// turn begins a new minute when the last is over.
func (m *minute[K]) turn(now time.Time) {
	if m.by == nil || now.Sub(m.since) >= time.Minute {
		m.since, m.by = now, map[K]int{}
	}
}

// tooMany answers who asks too often.
func (s *Server) tooMany(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "60")
	s.fail(w, r, http.StatusTooManyRequests, "too_many")
}

// addressOf is where a request comes from: the peer, or whom a proxy on a private network names last. IPv6 addresses
// count by their /64, of which one household has as many as it likes.
func addressOf(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	peer, _ := netip.ParseAddr(host)
	if peer = peer.Unmap(); peer.IsPrivate() || peer.IsLoopback() {
		list := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
		if named, err := netip.ParseAddr(strings.TrimSpace(list[strings.LastIndexByte(list, ',')+1:])); err == nil {
			peer = named.Unmap()
		}
	}
	if peer.Is6() {
		if net64, err := peer.WithZone("").Prefix(64); err == nil {
			return net64.Addr()
		}
	}
	return peer
}
