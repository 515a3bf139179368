// Package simulator is Telegram on loopback: a strict Bot API server, the people and groups that talk to the bot
// through it, and a chat page to watch them. The demo runs on it, and every test of the doors does.
//
// # A message's way through
//
// A person writes (Go: [Server.Send]; over HTTP: POST /sim/chats/{chat}/messages). The text gets the entities a client
// would set, the message lands in the chat's history and becomes an update. The update waits in one queue until a
// poller confirms it (updates.go) or a webhook answers 200 (webhook.go, delivery.go).
//
// The bot calls back at /bot<TOKEN>/<method>. A call passes, in order: the token, the faults a test has set (faults.go),
// the parser of its body (params.go), and the method. A method reads the text (html.go, markdown.go, entities.go), the
// keyboard (markup.go), finds the chat and whether the bot may write there (access.go), pays the rate limits
// (limits.go), and changes the chat under the chat's own lock. Whatever Telegram would refuse is refused with Telegram's
// code and words (errors.go) and remembered: a test of a healthy conversation asserts that [Server.Refusals] is empty.
//
// # What it is strict about
//
// HTML and MarkdownV2 are parsed by the rules of TDLib, with byte offsets in the refusals. Lengths are UTF-16 units after
// entity parsing. Callback data is 1–64 bytes. A callback query can be answered once, within 150 s. Somebody who blocked
// the bot answers 403, somebody who never wrote 400. Message ids count from 1 in every chat, as they do in Telegram's
// supergroups, so code that takes a message id for a name across chats breaks here first.
//
// # What it leaves out
//
// Channels, topics, payments, stickers from the bot, albums, and the legacy "Markdown" parse mode. A webhook may be
// plain HTTP on loopback, as a local Bot API server allows.
//
// # Scale
//
// Chats and people live in sharded maps, a chat is guarded by its own lock, old messages of a chat are dropped beyond a
// budget, equal files are kept once, and nothing scans all chats: 100,000 recipients cost what their last messages cost.
package simulator
