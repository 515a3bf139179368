package telegram

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"refbot/bot"
)

// stampSize is what an envelope adds to an update: when it came, in milliseconds since 1970. Queries
// carry no time of their own, and nobody waits for the answer to an old one.
const stampSize = 8

// maxRaw bounds a raw update in bytes.
const maxRaw = bot.MaxUpdate - stampSize

// Errors of a body that is no update.
var (
	errNotJSON  = errors.New("the body is not JSON")
	errNoUpdate = errors.New("the body is JSON but no update")
)

// Envelope reads as much of a raw update as the inbox needs. It returns false for an update refbot
// has no use for, or cannot read.
func Envelope(raw []byte, at time.Time) (bot.Update, bool) {
	u, _, err := seal(raw, at)
	return u, err == nil && u.Mailbox != 0
}

// seal makes an envelope; inline says that it holds an inline query. The mailbox is 0 for an update
// refbot has no use for. The error says why the bytes are no update at all.
func seal(raw []byte, at time.Time) (env bot.Update, inline bool, err error) {
	u, err := decode(raw)
	if u == nil {
		return bot.Update{}, false, errNotJSON
	}
	if u.ID <= 0 {
		return bot.Update{}, false, errNoUpdate
	}
	if err != nil { // an update in an unexpected shape
		return bot.Update{ID: u.ID}, false, nil //nolint:nilerr // its id is enough to confirm it
	}
	data := binary.BigEndian.AppendUint64(make([]byte, 0, stampSize+len(raw)), uint64(max(0, at.UnixMilli())))
	return bot.Update{ID: u.ID, Mailbox: u.mailbox(), Data: append(data, raw...)}, u.Inline != nil, nil
}

// unseal opens an envelope.
func unseal(data []byte) (raw []byte, at time.Time, err error) {
	if len(data) < stampSize {
		return nil, time.Time{}, fmt.Errorf("an envelope of %d bytes", len(data))
	}
	return data[stampSize:], time.UnixMilli(int64(binary.BigEndian.Uint64(data))), nil
}

// mailbox is the chat whose order an update keeps; an inline query comes from a person. 0 for none.
func (u *update) mailbox() int64 {
	switch {
	case u.Message != nil:
		return u.Message.Chat.ID
	case u.Edited != nil:
		return u.Edited.Chat.ID
	case u.Callback != nil && u.Callback.Message != nil:
		return u.Callback.Message.Chat.ID
	case u.Callback != nil:
		return u.Callback.From.ID
	case u.Inline != nil:
		return u.Inline.From.ID
	case u.Member != nil:
		return u.Member.Chat.ID
	}
	return 0
}
