// Package broadcast sends one message to many subscribers, and keeps account of each of them.
//
// A [Broadcast] is written by one member of staff and approved by another. Its life is a [State]; every
// step is guarded and leaves an audit line. When it starts, its audience is frozen into a ledger: one
// line for each recipient, which moves only when Telegram has answered. A crash at any moment loses
// nobody and sends nothing twice; what was cut off after it was written is unknown, is listed, and goes
// out again only when a person says so.
//
//   - [Desk] is what staff do: write, check, submit, approve, schedule, pause, cancel, correct, recall.
//   - [Courier] works on the ledger, on any number of replicas, under the rate budget that replies share.
//   - [Store] keeps broadcasts, [Audience] knows who subscribed, [Ledger] has the line of each recipient.
//
// # Using the desk from elsewhere
//
// A [Desk] knows nothing of Telegram's conversation: a web page uses it as the conversation does, with an [Actor]
// whose roles its caller has checked. Store.List and Store.Load read; Open, Copy, Write, Edit (with Broadcast.Drop,
// Quote, Point and AddButton inside) compose; Reply and Previews show what each language gets, through the renderer
// that delivers; Count and Doubts say how many that is and what to look at again. Submit, ApproveSeen, Return, Allow,
// Pause, Resume, Cancel, Resend and Correct move it on. Progress, with a [Pace], watches, Report has the table and
// the chart. Who edits what they read a while ago compares [Broadcast.Print] inside the edit and returns a *Refusal
// of Outdated when it is another. Where colleagues have to hear of it in Telegram, outreach.Room has the same
// methods: Edit, Submit, Approve, Return, Cancel, Test.
//
// # Delivery
//
// A courier claims a batch of some hundred recipients. For each it waits for a slot of the budget, notes in the
// ledger that the line is begun, makes the call, and notes what Telegram answered; many lines share one
// writing. A line that is begun and whose worker is dead is unknown. Corrections and recalls need no such note,
// because to change or delete a message twice is to do it once.
//
// The canary are the first 1 % of the recipients, and at least 50: of fewer one misfortune would decide, and
// fewer than 1 % say little about a large audience. When more than 5 % of them fail, or nobody knows whether
// they arrived, the broadcast pauses until a person has looked. The same holds later, but for the 50 lines that
// one crash may leave unknown. That somebody blocked the bot is no failure.
//
// What follows from an answer:
//
//	403, 400 chat not found    unreachable; out of the audience
//	400 migrated               again under the new id, once
//	400 the text or the file   the whole broadcast pauses
//	401, 404                   all broadcasts pause
//	429                        all replicas are silent for as long as Telegram asks; no try is counted
//	5xx, no connection         again, after a pause that grows; failed after ten tries while others go well
//	cut after it was written   unknown; a correction or recall is made again
//	nothing to change          failed; to delete: done
package broadcast
