package language

import "math"

// Costs of slips in nats: the more ordinary the slip, the cheaper.
const (
	slipSwap     = 1.0 // neighbours swapped
	slipDouble   = 1.0 // a letter doubled or a double letter single
	slipNear     = 1.4 // a key beside the right one, or a vowel that sounds alike
	slipDrop     = 1.8 // a letter left out
	slipExtra    = 2.2 // a letter too many
	slipOther    = 3.2 // any other letter
	slipFirst    = 1.5 // more for the first letter, which people seldom miss
	slipMost     = 0.5 // what the slips of a word may cost at most, by letter: the rest are other words
	rareWordCost = 0.5 // weight of the logarithm of the frequency
)

// likelihood scores how probably typed was meant to be word, which occurs n times.
func likelihood(typed, word string, n int) float64 {
	return rareWordCost*math.Log(float64(n)) - slipCost([]rune(typed), []rune(word))
}

// slipCost is the weighted Damerau–Levenshtein distance (optimal string alignment) from the word that was
// meant to the one typed.
func slipCost(typed, word []rune) float64 {
	rows := [3][]float64{}
	for i := range rows {
		rows[i] = make([]float64, len(word)+1)
	}
	for i := range len(typed) + 1 {
		row, up, upper := rows[i%3], rows[(i+2)%3], rows[(i+1)%3]
		for j := range len(word) + 1 {
			row[j] = slipStep(typed[:i], word[:j], row, up, upper)
		}
	}
	return rows[len(typed)%3][len(word)]
}

// slipStep fills one cell of the table from the cells before it.
func slipStep(typed, word []rune, row, up, upper []float64) float64 {
	i, j := len(typed), len(word)
	if i == 0 && j == 0 {
		return 0
	}
	best := math.Inf(1)
	first := 0.0
	if i <= 1 && j <= 1 {
		first = slipFirst
	}
	if i > 0 {
		best = min(best, up[j]+extraCost(typed)+first)
	}
	if j > 0 {
		best = min(best, row[j-1]+dropCost(word)+first)
	}
	if i > 0 && j > 0 {
		step := 0.0
		if typed[i-1] != word[j-1] {
			step = swapLetter(typed[i-1], word[j-1]) + first
		}
		best = min(best, up[j-1]+step)
	}
	if i > 1 && j > 1 && typed[i-1] == word[j-2] && typed[i-2] == word[j-1] && typed[i-1] != typed[i-2] {
		best = min(best, upper[j-2]+slipSwap)
	}
	return best
}

// extraCost is the cost of the last letter typed being one too many.
func extraCost(typed []rune) float64 {
	if n := len(typed); n > 1 && typed[n-1] == typed[n-2] {
		return slipDouble
	}
	return slipExtra
}

// dropCost is the cost of the last letter of the word having been left out.
func dropCost(word []rune) float64 {
	if n := len(word); n > 1 && word[n-1] == word[n-2] {
		return slipDouble
	}
	return slipDrop
}

// swapLetter is the cost of typing a for b.
func swapLetter(a, b rune) float64 {
	if neighbours[[2]rune{a, b}] {
		return slipNear
	}
	return slipOther
}

// neighbours holds the pairs of keys that touch, on the Russian and the English layout, and the vowels
// and consonants that sound alike in unstressed or closed syllables.
var neighbours = buildNeighbours()

func buildNeighbours() map[[2]rune]bool {
	out := map[[2]rune]bool{}
	join := func(a, b rune) { out[[2]rune{a, b}], out[[2]rune{b, a}] = true, true }
	for _, rows := range [][]string{
		{"йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"},
		{"qwertyuiop", "asdfghjkl", "zxcvbnm"},
	} {
		for y, row := range rows {
			keys := []rune(row)
			for x := range keys {
				if x > 0 {
					join(keys[x-1], keys[x])
				}
				if y > 0 {
					above := []rune(rows[y-1])
					join(above[x], keys[x])
					if x+1 < len(above) {
						join(above[x+1], keys[x])
					}
				}
			}
		}
	}
	for _, pair := range []string{"ао", "еи", "ыи", "еэ", "ея", "бп", "вф", "гк", "дт", "зс", "жш", "шщ", "уо", "ei", "ae", "ou", "sc", "iy"} {
		r := []rune(pair)
		join(r[0], r[1])
	}
	return out
}
