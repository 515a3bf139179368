package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Thresholds of a repair, in nats a letter: how much cheaper the retyped text has to be, what it may cost,
// and by how much a single word has to look better as typed to be left out of the repair of the others.
const (
	textGain   = 1.0
	textCost   = 3.6
	chunkLoss  = 1.5
	loneGain   = 2.2 // a word in a text that reads well otherwise
	loneCost   = 2.8
	hyphenCost = 0.5 // a hyphen is rarer than the letter on its key
	knownBonus = 3.0 // for a retyped word the knowledge base uses
	loneMin    = 6
	minLetters = 5 // word ends counted: shorter texts are more often abbreviations than mistakes
)

// RepairLayout types s again on the keyboard layout that was meant: English keys instead of the Russian or
// Kazakh layout («rfrbt htpekmnfns», «[fks0 rt4tc3»), the reverse («црфе шы еру егктщге»), or the Russian
// digit row instead of the Kazakh one («халы0 ке4ес3»). It returns s and false when the text is better as
// typed. Addresses, commands and numbers are left alone, and so are words that read well.
func RepairLayout(s string) (string, bool) { return unaided.Repair(s) }

// Repair is [RepairLayout] with the help of the words the knowledge base uses.
func (l *Layouts) Repair(s string) (string, bool) {
	chunks := strings.Fields(s)
	typed := make([]reading, len(chunks))
	shouted := capitalised(s)
	for i, text := range chunks {
		c := l.read(text)
		typed[i] = c.reading
		typed[i].fixed = c.fixed || !shouted && c.short
	}
	changed := l.retypeText(chunks, typed, latinKeys)
	changed = l.retypeText(chunks, typed, cyrillicKeys) || changed
	if changed || strings.ContainsAny(s, "0123456789") {
		changed = digitRow(chunks, l.known) || changed
	}
	if !changed {
		return s, false
	}
	return strings.Join(chunks, " "), true
}

// capitalised reports a text without lower-case letters.
func capitalised(s string) bool {
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= 'а' && r <= 'я' || unicode.ToUpper(r) != r {
			return false
		}
	}
	return true
}

// retypeText replaces the chunks typed on the wrong layout, all of them when the text as a whole reads better
// retyped, else those that stand out.
func (l *Layouts) retypeText(chunks []string, typed []reading, keys alphabet) bool {
	var was reading
	all, lone := 0, false
	for _, t := range typed {
		all += t.letters
		if t.keys == keys && !t.fixed {
			was.add(t)
			lone = lone || t.letters >= loneMin && t.each() >= loneGain
		}
	}
	if !lone && (was.letters < minLetters || 2*was.letters < all || was.each() < textGain) {
		return false // no reading is good enough to be preferred
	}
	layout, best := l.bestLayout(chunks, typed, keys, was)
	if best == 0 {
		return false
	}
	whole := best >= textGain && 2*was.letters >= all
	changed := false
	for i := range chunks {
		if typed[i].keys != keys || typed[i].fixed {
			continue
		}
		is := l.retype(chunks[i], keys)[layout]
		gain := typed[i].each() - is.each()
		lone := gain >= loneGain && is.each() <= loneCost && typed[i].letters >= loneMin
		if whole && gain > -chunkLoss || lone {
			chunks[i], changed = is.text, true
		}
	}
	return changed
}

// bestLayout returns which of the layouts of some keys the chunks typed on them read best on, and what that
// gains over how they were typed, 0 where they read well on none.
func (l *Layouts) bestLayout(chunks []string, typed []reading, keys alphabet, was reading) (layout int, best float64) {
	var is [len(layoutsOf[0])]reading
	for i, c := range chunks {
		if typed[i].keys == keys && !typed[i].fixed {
			for n, r := range l.retype(c, keys) {
				is[n].add(r)
			}
		}
	}
	for n := range is {
		gain := was.each() - is[n].each()
		if was.letters >= minLetters && is[n].each() <= textCost+gain/4 && gain > best {
			layout, best = n, gain
		}
	}
	return layout, best
}

// retypeChunk returns the most fluent of the readings of a chunk on another layout: everything retyped, the
// punctuation at its end kept as typed, a hyphen inside it kept.
func retypeChunk(chunk string, m map[rune]rune, known func(string) bool) reading {
	best := read(retype(chunk, m), known)
	consider := func(text string) {
		if r := read(text, known); r.each() < best.each() {
			best = r
		}
	}
	body := strings.TrimRight(chunk, ".,?!:;")
	if body != chunk && body != "" {
		consider(retype(body, m) + chunk[len(body):])
	}
	if parts := strings.Split(chunk, "-"); len(parts) > 1 && len(parts) < 4 && m['-'] != '-' {
		for i := range parts {
			parts[i] = retype(parts[i], m)
		}
		if r := read(strings.Join(parts, "-"), known); r.each()+hyphenCost < best.each() {
			best = r
		}
	}
	return best
}

// digitRow repairs Kazakh words typed on the Russian layout by somebody who hits the Kazakh keys: digits
// stand where Kazakh letters belong. One clear case makes the doubtful ones of the same text clear.
// Numbers with endings («3-ші», «9бап») are left alone.
func digitRow(chunks []string, known func(string) bool) bool {
	changed, limit := false, loneCost
	for range 2 {
		for i, c := range chunks {
			if !digitTyped(trimPunct(c), limit) {
				continue
			}
			if r := read(retype(c, russianToKazakh), known); r.each() <= limit && countAny(r.text, "0123456789") == 0 {
				chunks[i], changed = r.text, true
			}
		}
		if !changed {
			return false
		}
		limit = textCost + 1
	}
	return changed
}

// digitTyped reports a word with a digit of the Kazakh letters where no number has one: behind a letter, or
// a leading zero. Under the strict limit the word has to be long, too.
func digitTyped(body string, limit float64) bool {
	if alphabetOf(body) != cyrillicKeys || limit == loneCost && len(body) < 2*minLetters-1 {
		return false
	}
	return strings.HasPrefix(body, "0") || countAny(strings.TrimLeft(body, "0123456789"), "0234589") > 0
}

// countAny counts the bytes of s that are in chars.
func countAny(s, chars string) int {
	n := 0
	for i := range len(s) {
		if strings.IndexByte(chars, s[i]) >= 0 {
			n++
		}
	}
	return n
}

// trimPunct cuts what is no letter and no digit off both ends.
func trimPunct(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// abbreviation reports a short word in capitals: KSWB, ТМД, (BPPT).
func abbreviation(chunk string) bool {
	body := trimPunct(chunk)
	return utf8.RuneCountInString(body) <= 8 && capitals(body)
}
