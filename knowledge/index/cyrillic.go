package index

import (
	"strings"
	"unicode/utf8"
)

// fromLatin maps Latin letter groups of Russian and Kazakh typed in Latin to folded Cyrillic, longest
// first. It covers the 2021 Kazakh alphabet, chat spelling and the usual transliterations of Russian.
var fromLatin = strings.NewReplacer(
	"shch", "щ", "sch", "щ", "sh", "ш", "ch", "ч", "zh", "ж", "kh", "х", "gh", "г", "tş", "ч", "ts", "ц",
	"yya", "ия", "iya", "ия", "ya", "я", "ia", "ия", "yu", "ю", "iu", "ю", "yo", "е", "ye", "е",
	"a", "а", "ä", "а", "á", "а", "ə", "а", "b", "б", "c", "ц", "ç", "ч", "č", "ч", "d", "д", "e", "е", "f", "ф",
	"g", "г", "ğ", "г", "ǵ", "г", "h", "х", "i", "и", "ı", "и", "í", "и", "j", "ж", "k", "к", "l", "л", "m", "м",
	"n", "н", "ñ", "н", "ń", "н", "ŋ", "н", "o", "о", "ö", "о", "ó", "о", "p", "п", "q", "к", "r", "р", "s", "с",
	"ş", "ш", "ś", "ш", "š", "ш", "t", "т", "u", "у", "ū", "у", "ü", "у", "ú", "у", "ý", "у", "v", "в", "w", "у",
	"x", "х", "y", "ы", "z", "з", "ž", "ж", "'", "", "’", "", "`", "",
)

// Cyrillic returns a folded Latin spelling of a Russian or Kazakh word in folded Cyrillic. Latin
// spellings do not tell й from и or leave out ь, so the result is a likely spelling, to be looked up by
// its skeleton too.
func Cyrillic(folded string) string {
	word := []rune(fromLatin.Replace(folded))
	for i, r := range word {
		if r != 'и' && r != 'ы' || i == 0 {
			continue
		}
		next, before := i+1 < len(word) && vowel(word[i+1]), vowelBefore(word, i)
		if before && !next || r == 'ы' && before {
			word[i] = 'й'
		}
	}
	return string(word)
}

// vowelBefore reports whether a vowel stands before letter i. A Kazakh «у» behind a vowel is none («дауыс»).
func vowelBefore(word []rune, i int) bool {
	return vowel(word[i-1]) && (word[i-1] != 'у' || i < 2 || !vowel(word[i-2]))
}

func vowel(r rune) bool { return strings.ContainsRune("аеиоуыэюя", r) }

// Latin reports whether a word begins with a Latin letter.
func Latin(folded string) bool {
	r, _ := utf8.DecodeRuneInString(folded)
	return r >= 'a' && r <= 'z' || r >= 0xC0 && r < 0x250 || r == 'ə'
}
