// Package page holds the simulator's chat page: one HTML document, a few
// JavaScript modules and two style sheets that a browser runs as they are. There is
// no build step and nothing comes from another host.
//
// A visitor picks who they are (a person with a language and a role), and
// talks to the bot as that person would in Telegram: in private, in a group,
// through buttons, commands, deep links and inline mode. The page speaks the
// simulator's control API under /sim/ and hears what the bot does through
// Server-Sent Events; it never speaks the Bot API.
//
// The modules, in the order a message takes:
//
//	app.js       start, wiring, the page's frame
//	store.js     who we are, which chat is open, its messages; one event stream
//	api.js       the control API over fetch
//	log.js       the list of messages: order, scrolling, typing, drafts
//	bubble.js    one message: text, media, quote; buttons.js its inline buttons
//	sanitise.js  the allow-list that message HTML passes before it is shown
//	composer.js  writing, replying, editing, attaching (attach.js)
//	suggest.js   the list above the composer: commands and inline results
//	side.js      people and chats; forms.js and overlay.js hold the dialogs and menus
//	tools.js     faults, limits and refusals
//	texts.js     the page's own words in Kazakh, Russian and English
//
// The page runs under a strict Content-Security-Policy: it has no inline
// script, no inline style and no eval.
package page

import "embed"

// FS holds the page's files at its root; index.html is the document.
//
//go:embed *.html *.css *.js *.svg
var FS embed.FS
