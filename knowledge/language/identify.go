package language

import (
	"refbot/knowledge/language/internal/lid"
	"refbot/knowledge/language/recent"
)

// Class is a way of writing one of the three languages.
type Class uint8

// The classes Identify tells apart.
const (
	Unknown Class = iota
	KK            // Kazakh in Cyrillic with its special letters
	KKPlain       // Kazakh in Cyrillic typed with Russian letters only
	KKLatin       // Kazakh in Latin letters, the 2021 alphabet or chat spelling
	RU            // Russian
	RULatin       // Russian in Latin letters
	EN            // English
)

// Classes is the number of classes, Unknown included.
const Classes = int(EN) + 1

var classNames = [...]string{"unknown", "kk", "kk-plain", "kk-latin", "ru", "ru-latin", "en"}

// String returns the class in lower case.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "unknown"
}

// Code returns the language a class belongs to, "" for Unknown.
func (c Class) Code() Code {
	switch c {
	case KK, KKPlain, KKLatin:
		return Kazakh
	case RU, RULatin:
		return Russian
	case EN:
		return English
	}
	return ""
}

// Identification is what Identify finds.
type Identification struct {
	Code       Code    // the language, "" when the text has no word in a known alphabet
	Class      Class   // how most of it is written
	Confidence float64 // chance that Code is right, in [0,1]
	Mixed      bool    // a good part of the words is in another language
	// Scores are the chances of the classes; they add up to 1 unless Code is "".
	Scores [Classes]float64
}

// mixedShare is the share of the text's weight another language needs for Identification.Mixed, and
// mixedChance how sure its words have to be.
const (
	mixedShare  = 0.25
	mixedChance = 0.92
)

// Identify tells which language s is in and how it is written. A question of 2 to 8 words is enough; a
// single word often is. Names and quotations in another language do not change the language of a question,
// they set Mixed. It takes time linear in the length of s.
func Identify(s string) Identification { return weigh(Normalize(s), judge).identification() }

// Identifier is [Identify] for one question after the other: it remembers what their words said. It is safe
// for concurrent use.
type Identifier struct{ judged *recent.Words[verdict] }

// NewIdentifier returns an Identifier that remembers nothing yet.
func NewIdentifier() *Identifier { return &Identifier{recent.New[verdict](remembered)} }

// Identify is the function of that name.
func (i *Identifier) Identify(s string) Identification {
	return weigh(Normalize(s), i.judge).identification()
}

// judge is the function of that name.
func (i *Identifier) judge(word string) verdict {
	v, ok := i.judged.Get(word)
	if !ok {
		v = judge(word)
		if len(word) <= longestWord {
			i.judged.Put(word, v)
		}
	}
	return v
}

func (v *verdicts) identification() Identification {
	var id Identification
	total := v.weight[lid.Cyrillic] + v.weight[lid.Latin]
	if total == 0 {
		return id
	}
	for script, classes := range scriptClasses {
		if v.count[script] == 0 {
			continue
		}
		chances := model.Chances(lid.Script(script), v.sum[script], v.count[script])
		for i, c := range classes {
			id.Scores[v.spelled(c)] = chances[i] * v.weight[script] / total
		}
	}
	for _, c := range Codes() {
		if score := id.chance(c); score > id.Confidence {
			id.Code, id.Confidence = c, score
		}
	}
	for c, score := range id.Scores {
		if Class(c).Code() == id.Code && score >= id.Scores[id.Class] {
			id.Class = Class(c)
		}
	}
	for c, w := range v.sure {
		id.Mixed = id.Mixed || c != 0 && tongue(c) != tongueOf(id.Code) && w >= mixedShare*total
	}
	return id
}

// chance adds the scores of a language's classes up.
func (id *Identification) chance(code Code) float64 {
	sum := 0.0
	for c, score := range id.Scores {
		if Class(c).Code() == code {
			sum += score
		}
	}
	return sum
}
