package language

import (
	_ "embed"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"refbot/knowledge/language/internal/lid"
)

//go:embed model.bin
var modelFile string

// model is the identification model; reading it copies nothing.
var model = func() *lid.Model {
	m, err := lid.Load(modelFile)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return m
}()

// scriptClasses lists the classes of each script in the order of the model's weights.
var scriptClasses = [...][]Class{
	lid.Cyrillic: {lid.CyrillicKazakh: KK, lid.CyrillicRussian: RU},
	lid.Latin:    {lid.LatinKazakh: KKLatin, lid.LatinRussian: RULatin, lid.LatinEnglish: EN},
}

// kazakhLetters are the lower-case letters that Russian does not have.
const kazakhLetters = "әғқңөұүһі"

// verdicts is what the words of a text say about its language.
type verdicts struct {
	sum     [2][lid.MaxClasses]float64 // by script: added weights
	count   [2]int                     // by script: features added
	weight  [2]float64                 // by script: weight of its words
	sure    [tongues]float64           // by tongue: weight of the words that clearly belong to it
	english int                        // Latin words that hold English sentences together
	special bool                       // a letter that only Kazakh has occurs
}

// tongue numbers the languages, 0 for none.
type tongue uint8

const tongues = 4

func tongueOf(c Code) tongue {
	switch c {
	case Kazakh:
		return 1
	case Russian:
		return 2
	case English:
		return 3
	}
	return 0
}

// spelled returns the class for Cyrillic Kazakh as it is typed, other classes unchanged.
func (v *verdicts) spelled(c Class) Class {
	if c == KK && !v.special {
		return KKPlain
	}
	return c
}

// verdict is what a word says.
type verdict struct {
	script  lid.Script
	none    bool // it is in no script we know
	special bool // it holds a letter that only Kazakh has
	english bool // it is a Latin word that holds English sentences together
	sure    tongue
	count   int
	weight  float64
	sum     [lid.MaxClasses]float64
}

// weigh judges a normalized text word by word.
func weigh(s string, judge func(word string) verdict) *verdicts {
	v := &verdicts{}
	var buf [32]string
	for _, word := range lid.Cut(buf[:0], s) {
		w := judge(word)
		if w.none {
			continue
		}
		for i := range w.sum {
			v.sum[w.script][i] += w.sum[i]
		}
		v.count[w.script] += w.count
		v.weight[w.script] += w.weight
		v.special = v.special || w.special
		v.sure[w.sure] += w.weight
		if w.english {
			v.english++
		}
	}
	v.preferEnglish()
	return v
}

// judge judges a word.
func judge(word string) verdict {
	word = strings.ToLower(word)
	script, ok := scriptOf(word)
	if !ok {
		return verdict{none: true}
	}
	var buf [256]uint32
	features := lid.Features(buf[:0], word)
	v := verdict{script: script, count: len(features), weight: wordWeight(word), special: strings.ContainsAny(word, kazakhLetters)}
	v.english = script == lid.Latin && holdsEnglish(word)
	model.Score(script, features, &v.sum)
	chances := model.Chances(script, v.sum, len(features))
	for i, c := range scriptClasses[script] {
		if chances[i] >= mixedChance && !v.special || v.special && c == KK {
			v.sure = tongueOf(c.Code())
		}
	}
	return v
}

// holdsEnglish reports a word of three letters or more that holds English sentences together and is seldom
// one of Kazakh or Russian in Latin letters.
func holdsEnglish(word string) bool {
	return len(word) >= 3 && (Stop(word, English) || QuestionWord(word))
}

// Where two or more words hold an English sentence together, each adds so much to English, in nats: names
// («where did Elvira Azimova study») do not outweigh them.
const (
	englishWords = 2
	englishNats  = 3.0
)

// preferEnglish adds what the words that hold English sentences together say.
func (v *verdicts) preferEnglish() {
	if v.english >= englishWords {
		v.sum[lid.Latin][lid.LatinEnglish] += englishNats * float64(v.english) * math.Sqrt(float64(v.count[lid.Latin]))
	}
}

// scriptOf returns the script of the first Cyrillic or Latin letter of a word.
func scriptOf(word string) (lid.Script, bool) {
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			return lid.Cyrillic, true
		case unicode.Is(unicode.Latin, r):
			return lid.Latin, true
		}
	}
	return 0, false
}

// wordWeight is how much a word says about the language its writer thinks in: long names in another
// alphabet count no more than the short words that hold a sentence together.
func wordWeight(word string) float64 {
	w := float64(min(utf8.RuneCountInString(word), 6))
	if f := Fold(word); QuestionWord(f) || Stop(f, "") {
		return max(2*w, 6)
	}
	return w
}
