package bot

import (
	"errors"
	"fmt"
	"time"

	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// Kind says what went wrong, in terms the bot acts on.
type Kind string

// The kinds of errors.
const (
	Unreachable  Kind = "unreachable"  // the person blocked the bot, deactivated, or the bot was removed from the group
	ChatGone     Kind = "chat_gone"    // no such chat
	Migrated     Kind = "migrated"     // the group became a supergroup: see Error.NewChat
	RateLimited  Kind = "rate_limited" // Telegram asks to wait: see Error.After
	BadContent   Kind = "bad_content"  // Telegram refuses the text, the buttons or the file
	Unmodified   Kind = "unmodified"   // the message already says that
	MessageGone  Kind = "message_gone" // the message to be changed or deleted is not there, or too old for it
	TooLate      Kind = "too_late"     // the callback or inline query is too old to be answered
	Unauthorized Kind = "unauthorized" // the token is wrong or was revoked
	Unavailable  Kind = "unavailable"  // network, 5xx: nothing was delivered
	Unknown      Kind = "unknown"      // the connection broke after the request was written: it may have been delivered
	StoreDown    Kind = "store"        // Redis does not answer
	Internal     Kind = "internal"     // a defect of refbot
)

// Error is a failed operation of the bot.
type Error struct {
	Op      string // what was tried: "send message"
	Kind    Kind
	After   time.Duration // RateLimited: how long to wait, at least
	NewChat int64         // Migrated: the chat's new id
	Err     error         // never holds text of people or the token
}

func (e *Error) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("%s: %s", e.Op, e.Kind)
	}
	return fmt.Sprintf("%s: %s: %v", e.Op, e.Kind, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Retry reports whether trying the same again later can succeed without delivering twice.
func (e *Error) Retry() bool {
	switch e.Kind {
	case RateLimited, Unavailable, StoreDown:
		return true
	}
	return false
}

// CitizenText is a sentence for the person whose request failed; "" where nobody waits for one.
func (e *Error) CitizenText(lang language.Code) string {
	switch e.Kind {
	case Unreachable, ChatGone, Migrated, Unmodified, TooLate:
		return ""
	}
	return texts.For(lang).Trouble
}

// KindOf returns the kind of an error; Internal for an error that is no *Error, "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
