// Package gate decides whether sentences somebody else wrote may go out as an answer: every one of them has to
// rest on the statements it cites. It is code, not a model: the same sentences and statements give the same
// verdict, without a network, in well under a millisecond
// once it has read the statements ([Gate.Prepare]).
//
// [Gate.Check] walks through these files:
//
//   - manner.go looks at a sentence by itself: citations, size, characters, links, markup, language, advice how
//     to vote, words of praise, words of the prompt;
//   - read.go cuts a text into words, clauses and cues (cues.txt: negations, modals, conditions, words that
//     have an opposite) that mean the same in Kazakh, Russian and English;
//   - values.go compares numbers, dates, percents, articles and times, count.go numbers written as words and
//     durations, bind.go what a number counts, order.go which value follows or holds which, and what was before;
//   - names.go compares persons and places, opposite.go offices, bodies and words that have an opposite, quotation.go what is
//     quoted, speaker.go who is said to have said it;
//   - polarity.go compares negations and modals, condition.go exceptions and deadlines that were left out;
//   - status.go keeps drafts drafts and replaced values in the past;
//   - support.go asks whether the words of a sentence are those of its statements at all, strange.go for every one of
//     them that is not plain speech (plain.go);
//   - blend.go asks that what a part of a sentence tells stands in one sentence of a statement;
//   - poles.go, office.go, rumour.go, relate.go and closing.go compare what is told of what: extremes, offices and their
//     holders, what is called false, what takes whose place, what a "cannot" reaches.
//
// A sentence is stopped when any of them finds a reason. What passes is not proven true; it says nothing in
// numbers, names, negations and sharp words that its statements do not say.
package gate
