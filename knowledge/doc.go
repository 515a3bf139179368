// Package knowledge holds what refbot knows and decides what answers a question. It knows nothing of
// Telegram, Redis or the network.
//
// # From files to an engine
//
// A [Pack] is a validated knowledge base: statements, the campaign's dates and topics, the glossary of
// the field. [Load] reads one, [Build] turns it into an [Engine], which never changes; a [Live] swaps one
// engine for the next while questions are being answered.
//
// # From a question to an answer
//
// [Engine.Ask] walks through these files, in this order:
//
//   - understand.go repairs what was typed (layout, slips of the finger, Latin spelling), finds the part
//     that asks and the language to reply in;
//   - package index finds statements by words, notions of package thesaurus, and values; rank.go weighs
//     who speaks and when, entity.go whether the person or place asked for is meant, kin.go lifts
//     statements about the same facts; traits.go holds what is known of a statement beforehand;
//   - decide.go gives the verdict: cues of package intent first (courtesies, advice on the vote, orders,
//     other subjects), then evidence gathered in gather.go and lacking.go, weighed in verdict.go by a logistic model
//     fitted on development questions (command cmd/refbot/fit);
//   - followup.go does all this once more with the words of the questions before, where a question leans on
//     them, and keeps the reading that answers; a question that names its subject is never completed;
//   - ask.go and cite.go choose what an answer cites, best.go the sentences that answer.
//
// [Engine.Explain] writes every step down. Rules speak of kinds of words and statements, never of a
// question or statement by name: other packs and other questions are to be served as well.
package knowledge
