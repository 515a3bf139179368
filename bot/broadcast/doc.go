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
package broadcast
