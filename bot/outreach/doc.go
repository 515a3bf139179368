// Package outreach is the conversation in which staff write to subscribers: in a private chat with the bot, on
// a phone, left and taken up again at any time.
//
// A [Room] implements bot.Desk. Everything in it turns around one message, the card: what subscribers will read,
// as they will read it, and below it in a quotation what there is to know: where the broadcast stands, whom
// it reaches, how long it is, what should be looked at again. Its buttons do everything; where a button needs
// words, the bot asks, and the session remembers for what (bot.Visit.Form). Any other command leaves the
// question; the draft stays.
//
//   - room.go takes events apart, start.go begins drafts and lists them, card.go draws;
//   - write.go, audience.go and moment.go change text, audience and time;
//   - approve.go is about the second person, run.go about what was begun;
//   - elsewhere.go is for those who do the same on another page.
//
// What is allowed is decided by package broadcast; a [broadcast.Refusal] becomes a sentence in refuse.go.
//
// A [Watcher] shows how the sending goes and reports at the end.
package outreach
