// Package telegram is the door to Telegram: updates in, replies out, and the translation between
// Telegram's types and those of package bot.
//
// In. A raw update comes by one of two doors: [Poller] asks for updates, [Webhook] is called with them.
// Both read an update only as far as the inbox needs ([Envelope]): its id, whose mailbox it belongs to,
// and when it came. Telegram hears that refbot has it once the inbox holds it durably.
//
// Through. [Workers] take updates from the inbox, chat by chat in order. When its turn has come, an
// update is parsed into a [bot.Event] ([Parse]), handled by the Assistant, and settled together with
// what it leaves to be stored: between the reply and that one round trip lies all that a crash can
// make happen twice. An update that fails by its own fault is set aside after three tries; what fails
// because Telegram or Redis is away waits for as long as it takes. Foreign JSON of any shape gives an
// event or nothing, never a panic.
//
// Out. [Sender] implements bot.Messenger: it renders replies as Telegram HTML, asks the [bot.Outbox] for
// permission and calls through a [Client], which tells a call that was not carried out from one whose
// fate is unknown. Only the former are tried again.
//
// [Introduce] finds out who the bot is; [Describe] tells Telegram its commands and descriptions.
package telegram
