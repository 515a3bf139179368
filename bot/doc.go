// Package bot is what refbot does, with no Telegram, Redis or LLM type in it.
//
// A door (handlers/telegram, or the terminal) hands an [Event] to an [Assistant]: somebody asked a
// question, gave a command, pressed a button, typed an inline query, or blocked the bot. Here is
// the way of a question:
//
//  1. Memory. What the bot remembers of the person ([Session] and [Profile]) comes from the [Store]
//     in one round trip.
//  2. Understanding and verdict. The engine of package knowledge reads the question with the earlier
//     turns and decides: answer, abstain, neutral, offtopic or smalltalk.
//  3. The reply. [Compose] turns the verdict into a [Reply]: paragraphs, quotations and buttons, in
//     the reader's language. Sentences come from package texts; facts come from statements alone.
//  4. Phrasing, where an LLM is at hand. A [Phraser] has a [Writer] put the answer into plain sentences;
//     package gate lets through only what the cited statements say. Until then, and whenever anything is
//     doubtful, the reply of step 3 stands.
//  5. Out. A [Messenger] delivers the reply. Composing never sends, and sending never decides.
//  6. Memory again. The session and a redacted, pseudonymous journal [Entry] are stored together, in
//     the second round trip.
//
// Before the memory stands a [Guard], which tells floods from conversations; a question that is sent twice
// in a row is answered once. An [Outbox] says when messages may go out: replies at once, bulk in slots of
// a budget that all replicas share. [Staff] knows who has which role; only what staff do asks it, and for
// everybody else their commands do not exist. A [Desk] is where some of them write to subscribers; package
// outreach has it, and package broadcast says what is allowed there and delivers.
//
// Whatever goes wrong is an [*Error]: it has a kind, a verdict on retrying, and a sentence that may
// be shown to a citizen.
package bot
