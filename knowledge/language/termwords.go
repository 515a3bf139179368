package language

import "strconv"

// multipliers maps words that scale a number to the zeros they add.
var multipliers = map[string]int{
	"тыс": 3, "тысяч": 3, "тысячи": 3, "тысяча": 3, "тысячу": 3, "тысячам": 3, "мын": 3, "мынга": 3, "мыннан": 3,
	"thousand": 3,
	"млн":      6, "миллион": 6, "миллиона": 6, "миллионов": 6, "миллионга": 6, "миллионнан": 6, "million": 6,
	"млрд": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9, "billion": 9,
}

// Multiplier reports whether a folded word scales a number: «миллионов», "thousand". By itself it says no more than that
// a number is meant.
func Multiplier(folded string) bool { return multipliers[folded] > 0 }

// ordinalWords maps ordinals written as words to their numbers.
var ordinalWords = buildOrdinals()

func buildOrdinals() map[string]string {
	out := map[string]string{}
	add := func(n int, word string) { out[word] = strconv.Itoa(n + 1) }
	hard := splitWords("ый ая ое ого ой ом ым ую ые ых ыми")
	for n, stem := range splitWords("перв втор трет четверт пят шест седьм восьм девят десят") {
		for _, ending := range hard {
			add(n, stem+ending)
		}
	}
	for _, w := range splitWords("третий третья третье третьего третьей третьем третьим третью третьи третьих") {
		add(2, w)
	}
	for n, w := range splitWords("биринши екинши ушинши тортинши бесинши алтыншы жетинши сегизинши тогызыншы оныншы") {
		add(n, w)
	}
	for n, w := range splitWords("first second third fourth fifth sixth seventh eighth ninth tenth") {
		add(n, w)
	}
	return out
}
