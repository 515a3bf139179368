// Package importer turns pages and documents into draft statements for a person to complete. It knows no
// network: whoever fetches a page hands its bytes over.
//
// [Read] takes one HTML page, PDF, DOCX or text apart into a [Document]: its paragraphs without what stands
// around an article, and what the page says of itself, such as its title, outlet, address and day.
// [Document.Drafts] groups the paragraphs into statements: where somebody else begins to speak, where an article
// of a law begins, and where a reply could not show more.
//
// Who speaks is guessed from the ways in which Kazakh, Russian and English news attribute words ("аким города
// Алматы Дархан Сатыбалды отметил", "— деді министр …", "said the chairman …"). Guesses are marked: a draft lists
// what has to be looked at, and `refbot kb check` reports it as errors until a person has deleted the list.
//
// Sources are foreign: each has a size, a number of pages and paragraphs, and unpacked sizes it may not pass, and
// one that breaks a parser is an error, never a crash.
package importer
