package redisstore

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// DeadLetter is an update that was given up.
type DeadLetter struct {
	ID   string    // ten characters that name it to operators
	At   time.Time // when it was given up
	Chat string    // a pseudonym: the same for all letters of a chat
	Why  string    // the error it ended in; "" when that is not known
	Data []byte    // the update; nil when it does not open with the keys at hand
}

// DeadLetters lists them all, newest first. The error is a *bot.Error of kind StoreDown.
func (s *Store) DeadLetters(ctx context.Context) ([]DeadLetter, error) {
	letters, err := s.letters(ctx)
	list := make([]DeadLetter, len(letters))
	for i, l := range letters {
		list[i] = l.open(s.sealer)
	}
	return list, err
}

// RetryLetters puts the dead letters of these ids behind what waits in their chats, oldest first, and
// returns how many of them there were.
func (s *Store) RetryLetters(ctx context.Context, ids []string) (int, error) {
	return s.endLetters(ctx, ids, func(l letter) string { return l.update })
}

// DropLetters deletes the dead letters of these ids and returns how many of them there were.
func (s *Store) DropLetters(ctx context.Context, ids []string) (int, error) {
	return s.endLetters(ctx, ids, func(letter) string { return "" })
}

var letterScript = load("letter")

func (s *Store) endLetters(ctx context.Context, ids []string, update func(letter) string) (int, error) {
	letters, err := s.letters(ctx)
	if err != nil {
		return 0, err
	}
	slices.Reverse(letters)
	ended := 0
	for _, l := range letters {
		if !slices.Contains(ids, l.id()) {
			continue
		}
		of := shards[shardOf(l.mailbox)]
		c := call{letterScript, []string{of.dead, of.due, of.mailboxes + l.mailbox}, []any{l.raw, l.mailbox, update(l)}}
		n, err := run(ctx, s.db, c)[0].Int()
		if err != nil {
			return ended, failed("end a dead letter", err)
		}
		ended += n
	}
	return ended, nil
}

// letters reads those of all shards, newest first.
func (s *Store) letters(ctx context.Context) ([]letter, error) {
	var all []letter
	for _, of := range shards {
		raws, err := s.db.LRange(ctx, of.dead, 0, -1).Result()
		if err != nil {
			return nil, failed("read dead letters", err)
		}
		for _, raw := range raws {
			if l, err := parseLetter(raw); err == nil {
				all = append(all, l)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b letter) int { return int(b.at - a.at) })
	return all, nil
}

// letter is a dead letter as it is stored: "<ms>:<mailbox>:<sealed reason>:<sealed update>". The reason is
// in base64, the update in bytes; a letter without a reason lacks that and its colon.
type letter struct {
	raw     string
	at      int64 // ms
	mailbox string
	reason  string // as stored
	update  string
}

var errLetter = errors.New("a dead letter is damaged")

func parseLetter(raw string) (letter, error) {
	at, rest, _ := strings.Cut(raw, ":")
	mailbox, rest, found := strings.Cut(rest, ":")
	ms, err := strconv.ParseInt(at, 10, 64)
	if err != nil || !found {
		return letter{}, errLetter
	}
	l := letter{raw: raw, at: ms, mailbox: mailbox, update: rest}
	if reason, update, found := strings.Cut(rest, ":"); found && len(reason) >= reasonLeast {
		if _, err := base64.RawURLEncoding.DecodeString(reason); err == nil {
			l.reason, l.update = reason, update
		}
	}
	return l, nil
}

// A reason is of some length even when it is empty, by which it is told from an update's first bytes.
var reasonLeast = base64.RawURLEncoding.EncodedLen(28)

// reasonMost bounds how much of an error is kept, in bytes.
const reasonMost = 300

// sealReason makes a reason of an error.
func (s *Store) sealReason(mailbox string, why error) string {
	text := fmt.Sprint(why)
	text = strings.ToValidUTF8(text[:min(len(text), reasonMost)], "")
	return base64.RawURLEncoding.EncodeToString(s.sealer.Seal(reasonKey(mailbox), []byte(text)))
}

// reasonKey is what a reason is bound to: its mailbox, and to being no update.
func reasonKey(mailbox string) string { return mailboxKey(mailbox) + "?" }

// id names the letter; retried in vain it comes back under another one.
func (l letter) id() string {
	sum := sha256.Sum256([]byte(l.raw))
	return hex.EncodeToString(sum[:5])
}

func (l letter) open(s *Sealer) DeadLetter {
	d := DeadLetter{ID: l.id(), At: time.UnixMilli(l.at), Chat: l.mailbox}
	if data, err := s.Open(mailboxKey(l.mailbox), []byte(l.update)); err == nil {
		d.Data = data
	}
	if reason, err := base64.RawURLEncoding.DecodeString(l.reason); err == nil {
		why, _ := s.Open(reasonKey(l.mailbox), reason)
		d.Why = string(why)
	}
	return d
}

// resealLetter seals the parts of a letter anew; by is the key that opened its update.
func resealLetter(s *Sealer, raw string) (renewed string, by int, err error) {
	l, err := parseLetter(raw)
	if err != nil {
		return "", 0, err
	}
	key := mailboxKey(l.mailbox)
	data, by, err := s.open(key, []byte(l.update))
	if err != nil || by == 0 {
		return raw, by, err
	}
	d := l.open(s)
	reason := base64.RawURLEncoding.EncodeToString(s.Seal(reasonKey(l.mailbox), []byte(d.Why)))
	return fmt.Sprintf("%d:%s:%s:%s", l.at, l.mailbox, reason, s.Seal(key, data)), by, nil
}
