package language

import "strings"

// The keys of three layouts in the same order, unshifted and shifted: US English, Russian (ЙЦУКЕН) and
// Kazakh, which has its special letters on the digit row.
const (
	keysEnglish = "`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./" + "~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
	keysRussian = "ё1234567890-=йцукенгшщзхъфывапролджэячсмитьбю." + "Ё!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
	keysKazakh  = "(\"әіңғ,.үұқөһйцукенгшщзхъфывапролджэячсмитьбю№" + ")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?"
)

// The ways from the characters of one layout to those on the same keys of another.
var (
	englishToRussian = keyMap(keysEnglish, keysRussian)
	englishToKazakh  = keyMap(keysEnglish, keysKazakh)
	russianToEnglish = keyMap(keysRussian, keysEnglish)
	kazakhToEnglish  = keyMap(keysKazakh, keysEnglish)
	russianToKazakh  = keyMap("234589-0=", "әіңғүұөқһ")
)

// keyMap pairs the characters of two layouts.
func keyMap(from, to string) map[rune]rune {
	m := map[rune]rune{}
	target := []rune(to)
	for i, r := range []rune(from) {
		if _, taken := m[r]; !taken {
			m[r] = target[i]
		}
	}
	return m
}

// retype maps the characters of s from one layout to another.
func retype(s string, m map[rune]rune) string {
	return strings.Map(func(r rune) rune {
		if v, ok := m[r]; ok {
			return v
		}
		return r
	}, s)
}
