package bot

import "context"

// Messenger delivers what the Assistant decided. handlers/telegram implements it. Errors are *Error.
type Messenger interface {
	// Send delivers a reply and returns the id of its (last) message; replyTo 0 quotes nothing.
	Send(ctx context.Context, chat Chat, r Reply, replyTo int) (int, error)
	// Edit changes a message of the bot in place.
	Edit(ctx context.Context, chat Chat, message int, r Reply) error
	// Toast closes a pressed button's spinner, showing text (may be "", at most 200 characters).
	Toast(ctx context.Context, query, text string) error
	// Cards answers an inline query; next is the offset of the following page, "" for none.
	Cards(ctx context.Context, query string, cards Cards) error
	// Typing shows that the bot is at work until stop is called; quick work shows nothing.
	Typing(ctx context.Context, chat Chat) (stop func())
}

// Cards answers an inline query.
type Cards struct {
	List []Card // at most 50
	Next string
	// Fallback is a button above the list that opens the chat with the bot; "" for none.
	Fallback string
}

// Card is one inline result: choosing it sends Reply into the chat.
type Card struct {
	ID, Title, Description string
	Reply                  Reply
}
