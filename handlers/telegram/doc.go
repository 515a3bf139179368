// Package telegram is the door to Telegram: updates in, replies out, and the translation between
// Telegram's types and those of package bot.
//
// A raw update is parsed twice. First only as far as the inbox needs ([Envelope]): its id and whose
// mailbox it belongs to; then, when its turn has come, into a [bot.Event] ([Parse]). Foreign JSON of
// any shape gives an event or nothing, never a panic.
//
//   - [Poller] asks for updates and confirms them once the inbox holds them.
//   - [Workers] take updates from the inbox, chat by chat in order, and hand events to the Assistant.
//   - [Sender] implements bot.Messenger: it renders replies as Telegram HTML and sends them.
//   - [Introduce] tells Telegram the bot's commands and descriptions in each language.
//
// Every error of the Bot API is translated once, in errors.go, into a *bot.Error.
package telegram
