// Package thesaurus finds the notions a text names, whatever the language it names them in.
//
// Two word lists feed it. The common one, part of the program, holds the words of public life
// («открыть», «ашылады», "open"); the glossary of a pack holds the names and terms of its campaign
// («құрылтай», «курултай», "Kurultai"). A notion found in a question and in a statement connects them
// across languages; a notion found in a question and in no statement tells that nobody spoke of it.
//
// A form matches in three ways: by its stem in its language, by a prefix (common.txt marks these with
// a star, because Kazakh verbs have more endings than any stemmer knows), and, for words in Latin letters,
// by its script-independent skeleton, so that "dauys bergen" is found as «дауыс берген».
package thesaurus
