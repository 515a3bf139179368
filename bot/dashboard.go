package bot

import (
	"context"
	"strconv"
	"time"
)

// LinkLife is how long a link into the dashboard can be used.
const LinkLife = 5 * time.Minute

// Doorkeeper makes links into the dashboard. Errors are *Error of kind StoreDown.
type Doorkeeper interface {
	// Link returns an address that lets this person in once, within LinkLife.
	Link(ctx context.Context, person int64) (string, error)
}

// dashboard sends one of the staff their link.
func (c *conversation) dashboard(ctx context.Context) error {
	if c.Doorkeeper == nil {
		return c.say(ctx, c.texts().UnknownCommand)
	}
	address, err := c.Doorkeeper.Link(ctx, c.ev.Person.ID)
	if err != nil {
		return err
	}
	c.quiet = true
	text := c.texts().Staff.DashboardLink(strconv.Itoa(int(LinkLife.Minutes())))
	return c.send(ctx, Reply{Language: c.language(), Parts: []Part{Text(text), {Tight: true, Spans: []Span{{Text: address, URL: address}}}}})
}
