// Package intent recognises what a message wants besides facts: a courtesy, advice on the vote, an
// order to the bot, another subject, another country; and how it asks: for the past, for somebody's
// words, as a follow-up to the question before.
//
// It reads cues, turns of phrase kept in cues.txt in three languages and matched like the notions of
// package thesaurus: by stems, prefixes and skeletons, so that endings, missing Kazakh letters and
// Latin spelling do not matter. It says what it saw; the verdict is the engine's.
package intent
