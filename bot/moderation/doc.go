// Package moderation is what moderators do with the journal, with no Telegram, web page or Redis in it: read
// it, rule on answers, and see what people ask and get no answer to.
//
//   - [Journal] gives the questions by a [Filter], takes rulings and takes them back, and counts.
//   - [Queue] hands out one [Card] at a time, the most useful first, to one moderator for ten minutes.
//   - [Clusters] are similar questions without an answer, in whatever language they were asked.
//   - [Ruled] turns rulings into questions of a set that `refbot eval` runs.
//
// bot/redisstore implements the interfaces. Everything they show is derived from the journal by one replica at
// a time within a second or two, off the way of the replies; rulings themselves are stored with the entry at
// once.
//
// Questions are redacted, and an asker is a pseudonym: one person's questions can be told apart, the person
// cannot be found.
package moderation
