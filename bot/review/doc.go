// Package review is the conversation in which moderators review questions and write the statements that are missing:
// in a private chat with the bot, on a phone, left and taken up again at any time.
//
// A [Room] implements bot.Room. /queue shows one card at a time, the most useful first; its buttons rule on the answer
// and show the next one, and the last ruling can be taken back. From a card a moderator drafts a statement: the bot
// asks for one thing after the other, and shows what is still missing or wrong, and how it would answer with it. A
// second moderator publishes.
//
//   - room.go takes events apart, card.go draws cards, rule.go rules;
//   - draft.go and fields.go write a statement, preview.go shows it, publish.go is about the second person.
//
// What is allowed is decided by packages moderation and library; a refusal becomes a sentence in room.go.
package review
