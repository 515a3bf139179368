// Package library keeps the versions of the knowledge base and lets staff change it while the bot serves.
//
// What was published lies on a [Shelf], a whole pack for each [Version]; it wins over KNOWLEDGE_DIR and the
// starter pack. A [Keeper] in every replica looks for the newest version each second, builds its engine beside
// the one at work and swaps the two; a question is answered by the engine it began with, and a version that does
// not build changes nothing.
//
// Staff change single statements. A [Proposal] is written, checked as `refbot kb check` checks files, tried
// against questions, submitted, and published by a second person: [Desk] guards the steps and writes down who
// took them. A proposal says what changes, not what all of it shall be: publishing makes the change to whatever
// is the newest version by then, so two who publish at once both get theirs. Nothing is lost by publishing: a
// version can be gone back to ([Proposal.Revert]), which is a proposal like any other.
package library
