package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold returns Normalize(s) in lower case with the letters merged that people leave out or mistype:
// ё→е and the Kazakh ә→а, і→и, қ→к, ғ→г, ң→н, ө→о, ұ ү→у, һ→х. Latin letters keep their marks, because
// ş and s differ for [Skeleton]. It is idempotent and allocates at most once for ASCII and Cyrillic text.
func Fold(s string) string {
	l := scan(s)
	if l.folded {
		return s
	}
	if !l.normal {
		s = Normalize(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r < utf8.RuneSelf {
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			b.WriteByte(byte(r))
			continue
		}
		b.WriteRune(foldLetter(r))
	}
	return b.String()
}

// foldLetter lowers one letter and merges it with the one it is written as on a plain keyboard.
func foldLetter(r rune) rune {
	switch {
	case r >= 'а' && r <= 'я':
		return r
	case r >= 'А' && r <= 'Я':
		return r + ('а' - 'А')
	}
	switch r {
	case 'ё', 'Ё', 'ѐ', 'Ѐ':
		return 'е'
	case 'ә', 'Ә':
		return 'а'
	case 'і', 'І', 'ѝ', 'Ѝ':
		return 'и'
	case 'қ', 'Қ':
		return 'к'
	case 'ғ', 'Ғ':
		return 'г'
	case 'ң', 'Ң':
		return 'н'
	case 'ө', 'Ө':
		return 'о'
	case 'ұ', 'Ұ', 'ү', 'Ү':
		return 'у'
	case 'һ', 'Һ':
		return 'х'
	case 'İ':
		return 'i'
	}
	return unicode.ToLower(r)
}
