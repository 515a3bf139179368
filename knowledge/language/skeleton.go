package language

import (
	"strings"
	"unicode/utf8"
)

// A skeleton is written with 24 letters. Most mean what they look like; four stand for sounds that Latin
// spellings write with several letters.
const (
	keyCh = 'q' // ч ch č
	keySh = 'x' // ш щ sh ş
	keyTs = 'c' // ц ts
	keyZh = 'j' // ж zh j
)

// skeletonKeys are the skeleton letters of а to я; 0 drops the letter. The Kazakh letters are folded before.
var skeletonKeys = [...]byte{
	'a', 'b', 'v', 'g', 'd', 'e', keyZh, 'z', 'i', 'i', 'k', 'l', 'm', 'n', 'o', 'p',
	'r', 's', 't', 'u', 'f', 'h', keyTs, keyCh, keySh, keySh, 0, 'i', 0, 'e', 0, 0, // ю and я are two letters each
}

// latinGroups maps groups of Latin letters, longest first, and letters with marks to skeleton letters, for
// the 2017 to 2021 Kazakh alphabets, chat spelling, passports, ISO 9 and GOST.
var latinGroups = strings.NewReplacer(
	"shch", "x", "sch", "x", "shh", "x", "šč", "x", "ştş", "x", "sh", "x", "ş", "x", "š", "x", "ś", "x",
	"tş", "q", "ch", "q", "č", "q", "ç", "q", "zh", "j", "ž", "j", "kh", "h", "gh", "g", "ck", "k",
	"ts", "c", "tz", "c", "tc", "c", "cz", "c",
	"x", "h", "q", "k", "w", "u", "y", "i", "ı", "i", "ï", "i", "í", "i", "ý", "u", "ä", "a", "á", "a", "ə", "a",
	"ğ", "g", "ǵ", "g", "ñ", "n", "ń", "n", "ŋ", "n", "ö", "o", "ó", "o", "ū", "u", "ü", "u", "ú", "u",
	"ë", "e", "è", "e", "é", "e", "'", "",
)

// Skeleton returns a key that is the same for the Cyrillic and the Latin spellings of a Kazakh or Russian
// word: «құрылтайда», «курултайда», "kurultaida" and "qurylta'ida"; «конституция», "konstituciya" and
// "konstitutsia". It takes a word as typed or folded and returns lower-case Latin letters; characters that
// are neither Cyrillic nor Latin pass unchanged. Different words may share a skeleton: it widens a search,
// it does not replace the word.
func Skeleton(word string) string {
	word = Fold(word)
	for i := range len(word) {
		if c := word[i]; c >= utf8.RuneSelf || c == '\'' || c >= 'a' && c <= 'z' {
			return squeeze(keys(word))
		}
	}
	return word
}

// keys writes a folded word in skeleton letters.
func keys(word string) []byte {
	out := make([]byte, 0, len(word))
	if c := word[0]; c < utf8.RuneSelf || c == 0xc3 || c == 0xc4 || c == 0xc5 {
		word = latinGroups.Replace(word)
	}
	for _, r := range word {
		key := byte(0)
		switch {
		case r == 'ю':
			out = append(out, 'i')
			key = 'u'
		case r == 'я':
			out = append(out, 'i')
			key = 'a'
		case r >= 'а' && r <= 'я':
			key = skeletonKeys[r-'а']
		case r < utf8.RuneSelf:
			key = byte(r)
		default:
			out = utf8.AppendRune(out, r)
		}
		if key != 0 {
			out = append(out, key)
		}
	}
	return out
}

// vowelKey reports the skeleton letters of vowels.
func vowelKey(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// squeeze merges what spellings disagree on: doubled letters, т+с and ц, нг and ң, the glide in front of е, о
// and у, and j where it writes й instead of ж (behind a vowel, before a consonant or the end).
func squeeze(s []byte) string {
	out := s[:0]
	for i, c := range s {
		n := len(out)
		last := byte(0)
		if n > 0 {
			last = out[n-1]
		}
		if c == keyZh && vowelKey(last) && (i+1 == len(s) || !vowelKey(s[i+1])) {
			c = 'i'
		}
		switch {
		case last == c:
		case c == 's' && last == 't':
			out[n-1] = keyTs
		case c == 'g' && last == 'n':
		case (c == 'e' || c == 'o') && last == 'i':
			out[n-1] = 'e'
		case c == 'u' && last == 'i':
			out[n-1] = 'u'
		default:
			out = append(out, c)
			continue
		}
		out = dedupe(out)
	}
	return string(unround(out))
}

// unround writes i for the u between consonants behind the first vowel: Kazakh speaks rounded vowels there
// and writes ы and і, Russian writes what it hears (құрылтай, курултай).
func unround(s []byte) []byte {
	seen := false
	for i, c := range s {
		if c == 'u' && seen && i+1 < len(s) && !vowelKey(s[i-1]) && !vowelKey(s[i+1]) {
			s[i] = 'i'
		}
		seen = seen || vowelKey(c)
	}
	return s
}

// dedupe drops the last letter where a merge made it equal to the one before.
func dedupe(s []byte) []byte {
	if n := len(s); n > 1 && s[n-1] == s[n-2] {
		return s[:n-1]
	}
	return s
}
