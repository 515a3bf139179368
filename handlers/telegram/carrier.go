package telegram

import (
	"context"

	tg "github.com/go-telegram/bot"

	"refbot/bot"
	"refbot/bot/broadcast"
)

// Carrier makes the calls of a broadcast's courier. It implements broadcast.Carrier: each call is made once, because
// what follows from its failure is for the courier to decide and to write down.
type Carrier struct {
	api    *Client
	outbox *bot.Outbox
}

// NewCarrier returns a Carrier with connections of its own, so that bulk never stands before a reply.
func NewCarrier(api *Client, outbox *bot.Outbox) *Carrier { return &Carrier{api, outbox} }

var _ broadcast.Carrier = (*Carrier)(nil)

// Permit implements broadcast.Carrier.
func (c *Carrier) Permit(ctx context.Context, to bot.Chat) error {
	return c.outbox.Permit(ctx, bot.Bulk, to)
}

// Send implements broadcast.Carrier. A message of a broadcast is one message.
func (c *Carrier) Send(ctx context.Context, to bot.Chat, r bot.Reply) (int, error) {
	list := pieces(r, 0, c.outbox.Rates.Paid)
	if len(list) != 1 {
		return 0, &bot.Error{Op: "send a broadcast", Kind: bot.BadContent}
	}
	id, err := c.api.put(ctx, to.ID, list[0])
	return id, c.heard(ctx, to, err)
}

// Edit implements broadcast.Carrier.
func (c *Carrier) Edit(ctx context.Context, to bot.Chat, message int, r bot.Reply) error {
	return c.heard(ctx, to, c.api.edit(ctx, to.ID, message, r))
}

// Delete implements broadcast.Carrier.
func (c *Carrier) Delete(ctx context.Context, to bot.Chat, message int) error {
	_, err := c.api.DeleteMessage(ctx, &tg.DeleteMessageParams{ChatID: to.ID, MessageID: message})
	return c.heard(ctx, to, settled("deleteMessage", err))
}

// heard shares a 429 with all replicas.
func (c *Carrier) heard(ctx context.Context, to bot.Chat, err error) error {
	if e, ok := err.(*bot.Error); ok && e.Kind == bot.RateLimited { //nolint:errorlint // straight from settled
		refused(ctx, c.outbox, to, e.After)
	}
	return err
}
