package dashboard

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// misses counts logins that failed in the last minute, by the address they came from. The secrets are too long to
// guess: this keeps the store at peace. One who fails keeps out nobody else.
type misses struct {
	mu    sync.Mutex
	since time.Time
	by    map[netip.Addr]int
}

// Bounds of failed logins.
const (
	maxMisses    = 20   // a minute from an address
	maxAddresses = 4096 // remembered; beyond them all newcomers share one count
)

// allow reports whether an address may try.
func (m *misses) allow(from netip.Addr, now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.by[m.slot(from, now)] < maxMisses
}

// note counts a failure.
func (m *misses) note(from netip.Addr, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.by[m.slot(from, now)]++
}

// slot is what an address counts under in the minute that runs.
func (m *misses) slot(from netip.Addr, now time.Time) netip.Addr {
	if m.by == nil || now.Sub(m.since) >= time.Minute {
		m.since, m.by = now, map[netip.Addr]int{}
	}
	if _, known := m.by[from]; !known && len(m.by) >= maxAddresses {
		return netip.Addr{}
	}
	return from
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
