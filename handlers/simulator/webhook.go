package simulator

import (
	"net/url"
	"time"
)

const (
	defaultConnections = 40
	maxConnections     = 100
	maxSecret          = 256
)

// webhookPorts are the ports api.telegram.org delivers to.
var webhookPorts = map[string]bool{"": true, "80": true, "88": true, "443": true, "8443": true}

// webhook is where updates go while it is set.
type webhook struct {
	url         string
	secret      string
	connections int
	lastError   string
	lastErrorAt int64
	deliver     *delivery
}

// hooks holds the webhook and how it is held to rules; the queue's lock guards what changes.
type hooks struct {
	s      *Server
	second time.Duration
	public bool
	set    *webhook
}

func newHooks(s *Server) *hooks { return &hooks{s: s, second: time.Second} }

// active says whether a webhook is set. The caller holds the queue's lock.
func (h *hooks) active() bool { return h.set != nil }

func (s *Server) setWebhook(c *call) (any, error) {
	if c.str("url") == "" {
		return s.deleteWebhook(c)
	}
	hook, err := s.hooks.read(c.params)
	if err != nil {
		return nil, err
	}
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.setAllowed(c.str("allowed_updates"))
	drop := c.boolean("drop_pending_updates")
	if old := s.hooks.set; old != nil && !drop && old.url == hook.url && old.secret == hook.secret && old.connections == hook.connections {
		return described{true, "Webhook is already set"}, nil
	}
	s.hooks.clear()
	if drop {
		q.confirm(q.next)
	}
	if q.poller != nil {
		q.poller.cancel(errBySetWebhook)
	}
	s.hooks.set = hook
	hook.deliver = newDelivery(s, hook)
	for _, u := range q.items {
		if !u.done {
			hook.deliver.add(u)
		}
	}
	q.onPush = hook.deliver.add
	return described{true, "Webhook was set"}, nil
}

func (h *hooks) read(p params) (*webhook, error) {
	target, err := url.Parse(p.str("url"))
	if err != nil || target.Host == "" {
		return nil, badRequest("invalid webhook URL specified")
	}
	secret := p.str("secret_token")
	if len(secret) > maxSecret {
		return nil, badRequest("secret token is too long")
	}
	for i := range len(secret) {
		if c := secret[i]; !isLetter(c) && !isDigit(c, 10) && c != '_' && c != '-' {
			return nil, badRequest("secret token contains unallowed characters")
		}
	}
	if err := h.checkPlace(target); err != nil {
		return nil, err
	}
	connections := int(p.integer("max_connections", defaultConnections, 1, maxConnections))
	return &webhook{url: p.str("url"), secret: secret, connections: connections}, nil
}

func (h *hooks) checkPlace(target *url.URL) error {
	if target.Scheme != "https" && (h.public || target.Scheme != "http" || !isLoopback(target.Hostname())) {
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if h.public && !webhookPorts[target.Port()] {
		return badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	}
	return nil
}

// clear ends the deliveries of the webhook, if one is set. The caller holds the queue's lock.
func (h *hooks) clear() {
	if h.set != nil {
		h.set.deliver.stop()
	}
	h.set = nil
	h.s.queue.onPush = nil
}

func (h *hooks) remove() {
	h.s.queue.mu.Lock()
	defer h.s.queue.mu.Unlock()
	h.clear()
}

func (s *Server) deleteWebhook(c *call) (any, error) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	was := s.hooks.active()
	s.hooks.clear()
	if c.boolean("drop_pending_updates") {
		q.confirm(q.next)
	}
	if was {
		return described{true, "Webhook was deleted"}, nil
	}
	return described{true, "Webhook is already deleted"}, nil
}

func (s *Server) getWebhookInfo(*call) (any, error) {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	info := struct {
		URL         string   `json:"url"`
		Certificate bool     `json:"has_custom_certificate"`
		Pending     int      `json:"pending_update_count"`
		ErrorDate   int64    `json:"last_error_date,omitempty"`
		ErrorText   string   `json:"last_error_message,omitempty"`
		Connections int      `json:"max_connections,omitempty"`
		Allowed     []string `json:"allowed_updates,omitempty"`
	}{Pending: q.pending}
	if h := s.hooks.set; h != nil {
		info.URL, info.Connections, info.ErrorDate, info.ErrorText = h.url, h.connections, h.lastErrorAt, h.lastError
	}
	info.Allowed = sortedKeys(q.allowed)
	return info, nil
}
