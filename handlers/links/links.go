// Package links finds out where links lead, for those who are about to send them to everybody: it follows them as a
// browser would, but only on the public internet.
package links

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"

	"refbot/bot/broadcast"
)

// Bounds of a look at a link.
const (
	lookTime  = 2 * time.Second  // for all hops: somebody waits for the card
	freshTime = 10 * time.Minute // a finding is good for
	againTime = time.Minute      // what could not be found out is tried again after
	maxHops   = 5
	maxKept   = 1000 // findings
	maxBeside = 4    // looks at the same time
)

// Checker implements broadcast.Links. It is safe for concurrent use.
type Checker struct {
	client *http.Client
	now    func() time.Time
	beside chan struct{}

	mu   sync.Mutex
	kept map[string]finding
}

// finding is where a link led, until when that is good for; known is false when it could not be found out.
type finding struct {
	broadcast.Landing
	known bool
	until time.Time
}

// New returns a checker that calls public addresses alone: a link cannot make the bot look into the network it runs in.
func New() *Checker { return newChecker(public, time.Now) }

var errPrivate = errors.New("the address is not on the public internet")

// public lets connections to public addresses through.
func public(_, address string, _ syscall.RawConn) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return err
	}
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || shared.Contains(ip) || (port != "443" && port != "80") {
		return errPrivate
	}
	return nil
}

// shared is the address space of carriers' networks (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

func newChecker(control func(network, address string, c syscall.RawConn) error, now func() time.Time) *Checker {
	dialer := &net.Dialer{Timeout: lookTime, Control: control}
	transport := &http.Transport{
		DialContext: dialer.DialContext, TLSHandshakeTimeout: lookTime, ResponseHeaderTimeout: lookTime,
		MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true, ForceAttemptHTTP2: true,
	}
	return &Checker{
		client: &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		now:    now, beside: make(chan struct{}, maxBeside), kept: map[string]finding{},
	}
}

// Look follows links side by side. What cannot be found out, because there is no network or no time, is left out.
func (c *Checker) Look(ctx context.Context, links []string) map[string]broadcast.Landing {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	found := map[string]broadcast.Landing{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, link := range links {
		all.Go(func() {
			if landing, ok := c.look(ctx, link); ok {
				mu.Lock()
				found[link] = landing
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return found
}

// look follows one link, or remembers.
func (c *Checker) look(ctx context.Context, link string) (broadcast.Landing, bool) {
	if f, ok := c.remembered(link); ok {
		return f.Landing, f.known
	}
	select {
	case c.beside <- struct{}{}:
	case <-ctx.Done():
		return broadcast.Landing{}, false
	}
	defer func() { <-c.beside }()
	landing, err := c.follow(ctx, link)
	f := finding{landing, err == nil, c.now().Add(freshTime)}
	if !f.known {
		f.until = c.now().Add(againTime)
	}
	c.remember(link, f)
	return f.Landing, f.known
}

func (c *Checker) remembered(link string) (finding, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, ok := c.kept[link]
	return f, ok && c.now().Before(f.until)
}

func (c *Checker) remember(link string, f finding) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) >= maxKept {
		clear(c.kept)
	}
	c.kept[link] = f
}

// follow goes where a link leads, up to maxHops redirects.
func (c *Checker) follow(ctx context.Context, link string) (broadcast.Landing, error) {
	at := link
	for range maxHops + 1 {
		status, next, err := c.call(ctx, at)
		if err != nil {
			return broadcast.Landing{}, err
		}
		if next == "" {
			return broadcast.Landing{URL: at, Status: status}, nil
		}
		at = next
	}
	return broadcast.Landing{URL: at, Status: http.StatusLoopDetected}, nil
}

// call asks for a page without reading it: by HEAD, or GET where that is not understood. next is where it redirects to.
func (c *Checker) call(ctx context.Context, at string) (status int, next string, err error) {
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		r, err := http.NewRequestWithContext(ctx, method, at, http.NoBody)
		if err != nil {
			return 0, "", err
		}
		r.Header.Set("User-Agent", "Mozilla/5.0 (compatible; refbot)")
		resp, err := c.client.Do(r)
		if err != nil {
			return 0, "", err
		}
		_ = resp.Body.Close()
		status = resp.StatusCode
		if status >= 300 && status < 400 {
			next, err := r.URL.Parse(resp.Header.Get("Location"))
			if err != nil || !web(next) || next.String() == at {
				return status, "", nil //nolint:nilerr // it leads nowhere
			}
			return status, next.String(), nil
		}
		if status < 400 || status == http.StatusNotFound || status == http.StatusGone {
			break
		}
	}
	return status, "", nil
}

func web(u *url.URL) bool { return u.Scheme == "https" || u.Scheme == "http" }
