package language

import "strings"

// cyrillicKey maps folded Cyrillic letters to the letters of a skeleton.
var cyrillicKey = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "j", 'з': "z", 'и': "i", 'й': "i",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
	'ф': "f", 'х': "h", 'ц': "c", 'ч': "q", 'ш': "x", 'щ': "x", 'ъ': "", 'ы': "i", 'ь': "", 'э': "e",
	'ю': "iu", 'я': "ia",
}

// latinKey maps Latin letter groups to the letters of a skeleton, longest first.
var latinKey = strings.NewReplacer(
	"shch", "x", "sch", "x", "sh", "x", "zh", "j", "ch", "q", "tş", "q", "kh", "h", "gh", "g", "ts", "c", "tz", "c", "tc", "c",
	"ck", "k", "y", "i", "ı", "i", "j", "j", "w", "u", "x", "h", "q", "k", "c", "c", "ä", "a", "á", "a", "ə", "a", "ğ", "g", "ǵ", "g",
	"ñ", "n", "ń", "n", "ŋ", "n", "ö", "o", "ó", "o", "ū", "u", "ü", "u", "ú", "u", "ý", "u", "ş", "x", "ś", "x", "š", "x", "ž", "j",
	"č", "q", "ç", "q", "'", "",
)

// Skeleton returns a key that is the same for the Cyrillic and the Latin spellings of a word.
func Skeleton(word string) string {
	w := latinKey.Replace(Fold(word))
	var b strings.Builder
	for _, r := range w {
		if k, ok := cyrillicKey[r]; ok {
			b.WriteString(k)
			continue
		}
		b.WriteRune(r)
	}
	return squeeze(b.String())
}

// squeeze merges what spellings disagree on: doubled letters, "ts" for "c", "ng" for "n", glides.
func squeeze(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		n := len(out)
		switch {
		case n > 0 && out[n-1] == c:
		case c == 's' && n > 0 && out[n-1] == 't':
			out[n-1] = 'c'
		case c == 'g' && n > 0 && out[n-1] == 'n':
		case (c == 'e' || c == 'o') && n > 0 && out[n-1] == 'i':
			out[n-1] = 'e'
		default:
			out = append(out, c)
		}
	}
	return string(out)
}
