package language

import (
	"strings"
	"unicode"

	"refbot/knowledge/language/internal/lid"
)

// strayCost is the cost in nats of a character inside a word that no word has.
const strayCost = 9.0

// reading is a chunk of text between spaces, read on some keyboard layout.
type reading struct {
	text    string
	keys    alphabet
	fixed   bool    // an address, a command, a known word: not to be retyped
	cost    float64 // nats, of the most fluent way to read it
	letters int     // what the cost is spread over
}

// each returns the cost a letter.
func (r reading) each() float64 { return r.cost / float64(max(r.letters, 1)) }

// add joins the costs of another chunk.
func (r *reading) add(o reading) {
	r.cost += o.cost
	r.letters += o.letters
}

// read measures a chunk.
func read(chunk string, known func(string) bool) reading {
	r := reading{text: chunk, keys: alphabetOf(chunk), fixed: address(chunk)}
	body := strings.TrimFunc(chunk, func(c rune) bool { return !unicode.IsLetter(c) })
	r.cost, r.letters = fluency(body, r.keys)
	if known(Fold(body)) {
		r.fixed = true
		r.cost = max(0, r.cost-knownBonus*float64(r.letters))
	}
	return r
}

// writings are the ways of writing that use the letters of an alphabet, from one to another, exclusive.
var writings = [...][2]int{
	noKeys:       {0, lid.Writings},
	cyrillicKeys: {lid.WritesKazakh, lid.WritesKazakhLatin},
	latinKeys:    {lid.WritesKazakhLatin, lid.Writings},
}

// fluency returns the cost of the most fluent way to read a chunk that begins and ends with a letter, and
// the number of letters it is spread over.
func fluency(chunk string, keys alphabet) (cost float64, letters int) {
	words := lid.Words(nil, chunk)
	stray := 0
	for _, r := range chunk {
		if !unicode.IsLetter(r) && r != '-' && r != '\'' {
			stray++
		}
	}
	from, to := writings[keys][0], writings[keys][1]
	for w := from; w < to; w++ {
		sum, n := strayCost*float64(stray), stray
		for _, word := range words {
			c, k := model.Fluency(w, word)
			sum, n = sum+c, n+k
		}
		if w == from || sum < cost {
			cost, letters = sum, n
		}
	}
	return cost, letters
}

// alphabet is the set of letter keys a chunk was typed with.
type alphabet uint8

// The alphabets.
const (
	noKeys alphabet = iota // no letters, letters of both alphabets or of another
	latinKeys
	cyrillicKeys
)

// alphabetOf tells which letters a chunk is made of. Latin letters with marks are on neither layout.
func alphabetOf(chunk string) alphabet {
	all := noKeys
	for _, r := range chunk {
		var k alphabet
		switch {
		case r|0x20 >= 'a' && r|0x20 <= 'z':
			k = latinKeys
		case unicode.Is(unicode.Cyrillic, r):
			k = cyrillicKeys
		case unicode.IsLetter(r):
			return noKeys
		default:
			continue
		}
		if all != noKeys && all != k {
			return noKeys
		}
		all = k
	}
	return all
}

// address reports links, mail addresses, host names, commands and user names.
func address(chunk string) bool {
	if strings.Contains(chunk, "://") || strings.ContainsAny(chunk, "@") || strings.HasPrefix(chunk, "/") ||
		strings.HasPrefix(chunk, "www.") {
		return true
	}
	host, _, _ := strings.Cut(chunk, "/")
	top, ok := cutLast(strings.TrimRight(host, ".,?!"), ".")
	return ok && topLevel[strings.ToLower(top)]
}

// topLevel are the endings of host names citizens write.
var topLevel = set("kz com org net ru gov edu info io me")

// cutLast returns what follows the last separator in s.
func cutLast(s, sep string) (after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[i+len(sep):], true
	}
	return "", false
}
