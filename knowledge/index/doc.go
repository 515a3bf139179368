// Package index finds the passages that speak of what a question asks, whatever the language and
// spelling of either. It knows nothing of statements and verdicts.
//
// # What is stored
//
// [Build] cuts every field into words and typed terms (numbers, dates, articles) and keeps three
// arrays: postings ordered by term (passage, impact, fields), the terms of every passage in the order
// of its text, and the vocabulary with its script-independent skeletons. A posting is six bytes. Its
// impact is the saturated, length-normalised term frequency of BM25F (Robertson and Zaragoza 2009),
// quantised to a byte, so that scoring is one multiplication.
//
// Notions of the thesaurus are terms of their own: a passage that says «явка» and a question that
// asks for "turnout" share one.
//
// # How a question is matched
//
// [Index.Parse] turns every word of a question into a [Group] of ways to find it: its stems in all
// languages, words with the same skeleton, words whose skeleton shares most of its n-grams (typing
// errors, endings no stemmer knows, loan words of another language), its notion. A passage counts the
// best way of each group, never their sum, so that a question of six words is never won by six
// spellings of one.
//
// [Index.Search] sums the groups term by term, rare ones first. Once the groups still to come cannot
// lift a new passage into the result, the remaining, long lists are only looked up for the passages
// that can still win. The best passages are then read word by word: words that stand together, and the
// kind of value a question asks for («сколько», «когда»), raise the score. Passages too weak to come among
// the best whatever that adds are not read.
//
// # What is remembered
//
// The ways to find a word follow from the word alone. An index remembers those of the many thousand words
// asked last, in memory only, and recycles the arrays of its searches; it is safe for concurrent use all
// the same.
package index
