package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// emails finds mail addresses around the @ signs of s.
func emails(s string) []Finding {
	var out []Finding
	from := 0
	for {
		k := strings.IndexByte(s[from:], '@')
		if k < 0 {
			return out
		}
		at := from + k
		start, end := at, at+1
		for start > from {
			r, n := utf8.DecodeLastRuneInString(s[from:start])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._%+-", r) {
				break
			}
			start -= n
		}
		for end < len(s) {
			r, n := utf8.DecodeRuneInString(s[end:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' {
				break
			}
			end += n
		}
		host := strings.TrimRight(s[at+1:end], ".-")
		top, dotted := cutLast(host, ".")
		if start < at && dotted && utf8.RuneCountInString(top) >= 2 && !hasDigit(top) {
			out = append(out, Finding{Kind: FindingEmail, Start: start, End: at + 1 + len(host)})
			from = at + 1 + len(host)
			continue
		}
		from = at + 1
	}
}

// ibanLength is the length of a Kazakhstan IBAN: KZ, two check digits, 16 letters or digits.
const ibanLength = 20

// accounts finds Kazakhstan IBANs, written in one piece or in groups of four.
func accounts(s string) []Finding {
	var out []Finding
	for i := 0; i+ibanLength <= len(s); i++ {
		if s[i]|0x20 != 'k' || s[i+1]|0x20 != 'z' || i > 0 && alnum(s[i-1]) {
			continue
		}
		iban, end := make([]byte, 0, ibanLength), i
		for end < len(s) && len(iban) < ibanLength {
			c := s[end]
			if c == ' ' && len(iban)%4 == 0 {
				end++
				continue
			}
			if !alnum(c) {
				break
			}
			iban = append(iban, c)
			end++
		}
		if len(iban) == ibanLength && (end == len(s) || !alnum(s[end])) && mod97(string(iban)) == 1 {
			out = append(out, Finding{Kind: FindingAccount, Start: i, End: end})
			i = end - 1
		}
	}
	return out
}

// alnum reports an ASCII letter or digit.
func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// mod97 returns the remainder ISO 13616 asks to be 1, with the first four characters moved to the end and
// letters counted from 10.
func mod97(iban string) int {
	rest := 0
	for _, c := range []byte(iban[4:] + iban[:4]) {
		if c >= '0' && c <= '9' {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c|0x20-'a') + 10) % 97
		}
	}
	return rest
}

// documentWords are the beginnings of folded words that announce the number of a document of identity.
var documentWords = []string{"паспорт", "удостоверен", "куалик", "куалиг", "passport", "identity"}

// documents finds seven to nine digits, with or without a letter in front, up to four words behind the name
// of a document.
func documents(s string, pieces []piece) []Finding {
	var out []Finding
	for i := range pieces {
		if pieces[i].digits || !beginsAny(pieces[i].folded, documentWords) {
			continue
		}
		for j := i + 1; j < len(pieces) && j <= i+5; j++ {
			if strings.ContainsAny(s[pieces[j-1].end:pieces[j].start], "?!\n[]") {
				break
			}
			if n := pieces[j].end - pieces[j].start; pieces[j].digits && n >= 7 && n <= 9 {
				start := pieces[j].start
				if w := pieces[j-1]; j-1 > i && w.end == start && w.end-w.start == 1 {
					start = w.start
				}
				out = append(out, Finding{Kind: FindingDocument, Start: start, End: pieces[j].end})
				break
			}
		}
	}
	return out
}

// beginsAny reports whether w begins with one of the words.
func beginsAny(w string, words []string) bool {
	for _, p := range words {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}
