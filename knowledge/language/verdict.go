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
	sure    map[Code]float64           // weight of the words that clearly belong to a language
	english int                        // Latin words that hold English sentences together
	special bool                       // a letter that only Kazakh has occurs
}

// spelled returns the class for Cyrillic Kazakh as it is typed, other classes unchanged.
func (v *verdicts) spelled(c Class) Class {
	if c == KK && !v.special {
		return KKPlain
	}
	return c
}

// weigh judges a normalized text word by word.
func weigh(s string) verdicts {
	v := verdicts{sure: map[Code]float64{}}
	var buf [256]uint32
	for _, word := range lid.Words(nil, s) {
		script, ok := scriptOf(word)
		if !ok {
			continue
		}
		features := lid.Features(buf[:0], word)
		var sum [lid.MaxClasses]float64
		model.Score(script, features, &sum)
		for i := range sum {
			v.sum[script][i] += sum[i]
		}
		v.count[script] += len(features)
		if script == lid.Latin && holdsEnglish(word) {
			v.english++
		}
		w := wordWeight(word)
		v.weight[script] += w
		chances := model.Chances(script, sum, len(features))
		special := strings.ContainsAny(word, kazakhLetters)
		v.special = v.special || special
		for i, c := range scriptClasses[script] {
			if chances[i] >= mixedChance && !special || special && c == KK {
				v.sure[c.Code()] += w
			}
		}
	}
	v.preferEnglish()
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
