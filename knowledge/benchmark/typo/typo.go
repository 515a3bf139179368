// Package typo mistypes questions as thumbs do: one slip in one word, the same one for the same seed.
package typo

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// least is how many letters a word has to have: in shorter ones a slip often makes another word.
const least = 5

// Make returns text with one slip in a word of at least five letters: two neighbours swapped, a letter
// dropped or doubled, or a key beside the one meant. It returns text and false where no word is long
// enough. The word, the place and the slip follow from the seed.
func Make(text string, seed uint64) (string, bool) {
	runes := []rune(text)
	words := longWords(runes)
	if len(words) == 0 {
		return text, false
	}
	rng := rand.New(rand.NewPCG(seed, 0x7470))
	w := words[rng.IntN(len(words))]
	slips := []func(*rand.Rand, []rune) ([]rune, bool){swap, drop, double, neighbour}
	rng.Shuffle(len(slips), func(i, j int) { slips[i], slips[j] = slips[j], slips[i] })
	for _, slip := range slips { // drop and double always succeed
		if word, ok := slip(rng, slices.Clone(runes[w[0]:w[1]])); ok {
			return string(runes[:w[0]]) + string(word) + string(runes[w[1]:]), true
		}
	}
	return text, false
}

// longWords returns the places of the words of letters alone that are long enough.
func longWords(text []rune) [][2]int {
	var words [][2]int
	for i := 0; i < len(text); {
		end, letters := i, true
		for end < len(text) && (unicode.IsLetter(text[end]) || unicode.IsDigit(text[end]) || unicode.IsMark(text[end])) {
			letters = letters && unicode.IsLetter(text[end])
			end++
		}
		if letters && end-i >= least {
			words = append(words, [2]int{i, end})
		}
		i = max(end, i+1)
	}
	return words
}

// swap exchanges two neighbours that differ.
func swap(rng *rand.Rand, word []rune) ([]rune, bool) {
	start := rng.IntN(len(word) - 1)
	for n := range len(word) - 1 {
		i := (start + n) % (len(word) - 1)
		if unicode.ToLower(word[i]) != unicode.ToLower(word[i+1]) {
			word[i], word[i+1] = word[i+1], word[i]
			return word, true
		}
	}
	return nil, false
}

func drop(rng *rand.Rand, word []rune) ([]rune, bool) {
	i := rng.IntN(len(word))
	return slices.Delete(word, i, i+1), true
}

func double(rng *rand.Rand, word []rune) ([]rune, bool) {
	i := rng.IntN(len(word))
	return slices.Insert(word, i, word[i]), true
}

// neighbour replaces a letter by one beside it on the keyboard.
func neighbour(rng *rand.Rand, word []rune) ([]rune, bool) {
	start := rng.IntN(len(word))
	for n := range word {
		i := (start + n) % len(word)
		near := Beside(unicode.ToLower(word[i]))
		if len(near) == 0 {
			continue
		}
		r := near[rng.IntN(len(near))]
		if unicode.IsUpper(word[i]) {
			r = unicode.ToUpper(r)
		}
		word[i] = r
		return word, true
	}
	return nil, false
}

// The rows of the keyboards, top to bottom; a key lies under the one of the same place in the row
// above. The Kazakh letters lie in the row of digits.
var keyboards = [][]string{
	{"qwertyuiop", "asdfghjkl", "zxcvbnm"},
	{`"әіңғ,.үұқөһ`, "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"},
}

// Beside returns the letters on the keys beside a letter in lower case, in its row and the rows above
// and below; none for what is no letter key.
func Beside(letter rune) []rune {
	for _, rows := range keyboards {
		for r, row := range rows {
			if at := slices.Index([]rune(row), letter); at >= 0 {
				return around(rows, r, at)
			}
		}
	}
	return nil
}

func around(rows []string, row, at int) []rune {
	var near []rune
	for _, key := range [4][2]int{{row, at - 1}, {row, at + 1}, {row - 1, at}, {row + 1, at}} {
		if key[0] < 0 || key[0] >= len(rows) || key[1] < 0 {
			continue
		}
		keys := []rune(rows[key[0]])
		// A thumb that means a Russian letter does not reach into the row of digits.
		if key[1] >= len(keys) || strings.HasPrefix(rows[key[0]], `"`) && key[0] != row {
			continue
		}
		if r := keys[key[1]]; unicode.IsLetter(r) {
			near = append(near, r)
		}
	}
	return near
}
