// Package language understands what people type about a referendum in Kazakh, Russian and English.
//
// A question arrives as «халык кенеси деген не», «[fks0 rt4tc3» or "kurultaida kansha deputat": without the
// Kazakh letters, on the wrong keyboard layout, in one of a dozen Latin spellings, with a typo. The way from
// there to words an index can look up goes through this package in the order of its files:
//
//   - [Normalize] and [Fold] undo what Unicode allows and keyboards lack;
//   - [RepairLayout] types the text again on the layout that was meant;
//   - [Identify] tells six ways of writing three languages apart;
//   - [Tokenize] cuts words and recognises numbers, dates, articles and times whatever language writes them, [Numerals] joins
//     numbers written in several words;
//   - [Stem], [Skeleton] and [Grams] give the keys under which a word is indexed;
//   - [Stop] and [QuestionWord] say which words carry no subject, [Slight] and [Verbal] which say little;
//   - [Corrector] mends words nobody knows with the words the knowledge base knows;
//   - [Sentences] and [AskingPart] find the part of a text that matters;
//   - [Redact] takes personal data out before anything is stored or repeated.
//
// Everything here is a pure function of its input (a Corrector of its vocabulary), safe for concurrent use,
// accepts any bytes, and runs in time close to linear in the length of the text.
package language

// Code is an ISO 639-1 language code refbot speaks, or "" where it is unknown.
type Code string

// The languages of citizens and statements.
const (
	Kazakh  Code = "kk"
	Russian Code = "ru"
	English Code = "en"
)

// Codes lists the languages in the order menus show them.
func Codes() []Code { return []Code{Kazakh, Russian, English} }

// Valid reports whether c is one of Codes.
func (c Code) Valid() bool { return c == Kazakh || c == Russian || c == English }
