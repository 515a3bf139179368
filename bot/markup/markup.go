// Package markup reads the HTML that staff write for Telegram: it checks it, counts it as Telegram does, and
// writes it down again in the one form that Telegram takes without a word.
//
// Telegram refuses a whole message for one wrong tag, with a sentence about bytes. [Parse] finds the same
// faults before anybody is sent anything and tells them as an [Error] that can be explained to a person.
// It is kind where no doubt is possible: "5 < 6" and "A & B" are taken for what they say.
//
// Tags and rules are those of https://core.telegram.org/bots/api#html-style, without custom emoji, which
// few bots may send.
package markup

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Limits of Telegram on a message, in UTF-16 units after tags are taken out.
const (
	MaxText    = 4096
	MaxCaption = 1024
)

// Text is a text that Telegram takes.
type Text struct {
	HTML  string   // with every tag closed and every other sign escaped
	Plain string   // what a person reads
	Units int      // of Plain, as Telegram counts
	Links []string // addresses behind <a>, in order
}

// Problem says what is wrong with a text.
type Problem string

// The problems.
const (
	UnknownTag Problem = "unknown_tag" // Telegram has no such tag
	NotClosed  Problem = "not_closed"  // the tag is never closed
	NotOpened  Problem = "not_opened"  // the end tag closes nothing
	Crossed    Problem = "crossed"     // the end tag closes another tag than the last one opened
	BadLink    Problem = "bad_link"    // <a> without an address Telegram opens
	BadTag     Problem = "bad_tag"     // the tag is not written to its end, or has attributes it may not have
	Inside     Problem = "inside"      // the tag may not stand inside the one around it
)

// Error is a fault of a text.
type Error struct {
	Problem Problem
	Tag     string // the tag's name as written, at most 20 characters
	Near    string // the words from the fault on, at most 30 characters
}

func (e *Error) Error() string { return fmt.Sprintf("%s: <%s> near %q", e.Problem, e.Tag, e.Near) }

// Units counts UTF-16 units.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// Escape makes a plain text into HTML that shows it.
func Escape(plain string) string { return escaper.Replace(plain) }

// Plain is what a person reads of a text that has been checked; a text with faults comes back as it is.
func Plain(html string) string {
	t, err := Parse(html)
	if err != nil {
		return html
	}
	return t.Plain
}
