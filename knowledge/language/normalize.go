package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalize returns s as its writer saw it, in one spelling: Unicode NFKC, invisible and direction
// characters, stray combining marks and invalid bytes removed, Latin and Cyrillic look-alikes inside a word
// brought to one script, quotes, apostrophes and dashes unified to " ' -, white space collapsed to single
// spaces and trimmed. Case is kept. It is idempotent and allocates nothing when s is already normal.
func Normalize(s string) string {
	if scan(s).normal {
		return s
	}
	s = compose(visible(s))
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			if len(b) > 0 && b[len(b)-1] != ' ' {
				b = append(b, ' ')
			}
		case invisible(r) || diacritic(r):
		default:
			b = utf8.AppendRune(b, punctuation(r))
		}
	}
	if n := len(b); n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return unmix(string(b))
}

// visible drops what cannot be seen before composition, so that a letter and its mark meet again, and maps
// the apostrophes that NFKC would tear into a space and a mark.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || invisible(r) {
			return -1
		}
		return punctuation(r)
	}, s)
}

// compose applies NFKC except to the numero sign, which NFKC would turn into the English word "No".
func compose(s string) string {
	if !strings.ContainsRune(s, '№') {
		return norm.NFKC.String(s)
	}
	parts := strings.Split(s, "№")
	for i, p := range parts {
		parts[i] = norm.NFKC.String(p)
	}
	return strings.Join(parts, "№")
}

// invisible reports characters that show nothing and separate nothing: controls other than white space,
// zero-width and bidirectional format characters, tags, variation selectors, fillers, private use.
func invisible(r rune) bool {
	switch {
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		return !unicode.IsSpace(r)
	case r < 0x300:
		return r == 0xad
	case r == 0x34f || r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0 || r == 0x2800:
		return true
	case r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Co)
}

// diacritic reports combining marks of the Latin and Cyrillic scripts: those that NFKC found no letter for,
// such as the stress in «замо́к» or struck-through text.
func diacritic(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x483 && r <= 0x489 || r >= 0x1ab0 && r <= 0x1aff ||
		r >= 0x1dc0 && r <= 0x1dff || r >= 0x20d0 && r <= 0x20ff || r >= 0xfe20 && r <= 0xfe2f
}

// punctuation maps the many quotes, apostrophes and dashes to the three of a plain keyboard.
func punctuation(r rune) rune {
	switch r {
	case '«', '»', '“', '”', '„', '‟', '‹', '›', '″', '〝', '〞', '＂', '❝', '❞':
		return '"'
	case '’', '‘', '‚', '‛', '′', '´', '`', 'ʼ', 'ʹ', 'ʻ', 'ʽ', 'ˈ', '＇', '❛', '❜':
		return '\''
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '－', '⁃':
		return '-'
	}
	return r
}

// look is what one pass over a text finds out about the work it needs.
type look struct {
	normal bool // Normalize would return it unchanged
	folded bool // Fold would return it unchanged
	simple bool // folding needs no more than replacing letters one by one
}

// scan decides for the everyday case, ASCII and basic Cyrillic, and leaves anything rarer to the slow path.
func scan(s string) look {
	l := look{normal: true, folded: true, simple: true}
	space, cyr, lat := true, false, false
	for _, r := range s {
		switch {
		case r == ' ':
			if space {
				return look{}
			}
			space, cyr, lat = true, false, false
			continue
		case r >= 'a' && r <= 'z':
			lat = true
		case r >= 'A' && r <= 'Z':
			lat, l.folded = true, false
		case r > ' ' && r < 0x7f && r != '`':
			cyr, lat = false, false
		case r >= 0x400 && r < 0x482 || r >= 0x48a && r <= 0x4ff:
			cyr = true
			l.folded = l.folded && foldLetter(r) == r
		default:
			return look{}
		}
		if space = false; cyr && lat {
			return look{}
		}
	}
	if space && s != "" {
		return look{}
	}
	return l
}
