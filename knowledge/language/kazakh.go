package language

import (
	"strings"
	"unicode/utf8"
)

// Kazakh words grow at the end: кітап-тар-ымыз-дан. A suffix has up to six forms, chosen by two rules of
// sound. Vowel harmony: back vowels are followed by back vowels, front by front. Assimilation: the first
// consonant of the suffix follows the last sound of the stem (үй-лер, қыз-дар, кітап-тар). A form that the
// rules would not have chosen is part of the stem. Folding merges half of the vowels, so harmony speaks up
// only where the folded letters still show it.

// harmony is the set of vowel rows a stem agrees with.
type harmony uint8

const (
	back harmony = 1 << iota
	front
	both = back | front
)

// final is a class of sounds a stem ends in, as far as suffixes care.
type final uint8

const (
	finalVowel     final = 1 << iota // а е и ы …
	finalGlide                       // р й у
	finalNasal                       // м н ң
	finalSibilant                    // з ж
	finalL                           // л
	finalVoiceless                   // к п с т …, and б в г д of loan words
	anyFinal       final = 1<<iota - 1
)

// condition says which stems a suffix may follow.
type condition struct {
	row    harmony
	finals final
	least  int // letters of the stem
}

// kazakhSuffixes maps folded suffixes to the stems they follow; longestSuffix is their greatest length in bytes.
var kazakhSuffixes, longestSuffix = buildSuffixes(suffixTable)

// buildSuffixes expands the table: А stands for а or е, Ы for ы or і, Ғ for ғ or г, Қ for қ or к.
func buildSuffixes(table string) (map[string][]condition, int) {
	out, longest := map[string][]condition{}, 0
	rows := map[harmony]*strings.Replacer{
		back: strings.NewReplacer("А", "а", "Ы", "ы", "Ғ", "г", "Қ", "к"), front: strings.NewReplacer("А", "е", "Ы", "и", "Ғ", "г", "Қ", "к"),
	}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		finals, prefix := finalsOf(f[0]), ""
		for _, pattern := range f[1:] {
			if p, ok := strings.CutSuffix(pattern, "+"); ok {
				prefix = p
				continue
			}
			pattern = prefix + pattern
			for _, row := range []harmony{back, front} {
				s, c := rows[row].Replace(pattern), condition{row, finals, leastOf(f[0])}
				if s == pattern {
					c.row = both
				}
				out[s] = addCondition(out[s], c)
				longest = max(longest, len(s))
			}
		}
	}
	return out, longest
}

// addCondition merges conditions that differ in their finals only.
func addCondition(list []condition, c condition) []condition {
	for i := range list {
		if list[i].row == c.row && list[i].least == c.least {
			list[i].finals |= c.finals
			return list
		}
	}
	return append(list, c)
}

// finalsOf reads the first column of the suffix table.
func finalsOf(s string) final {
	var out final
	for _, r := range s {
		switch r {
		case 'V':
			out |= finalVowel
		case 'R':
			out |= finalGlide
		case 'N':
			out |= finalNasal
		case 'Z':
			out |= finalSibilant
		case 'L':
			out |= finalL
		case 'T':
			out |= finalVoiceless
		}
	}
	return out
}

// leastOf reads the shortest stem a line of the suffix table is for: a digit at its start, else minStem.
func leastOf(s string) int {
	if s[0] >= '0' && s[0] <= '9' {
		return int(s[0] - '0')
	}
	return minStem
}

// stemKazakh strips suffixes, the longest that fits first, until none fits.
func stemKazakh(w string) string {
	w = closing(w)
	for !protected[w] {
		shorter, ok := strip(w)
		if !ok {
			break
		}
		w = closing(shorter)
	}
	return w
}

// strip takes the longest fitting suffix off a word, or the one that leaves a protected stem.
func strip(w string) (string, bool) {
	cut := max(len(w)-longestSuffix, 0)
	for cut < len(w) && !utf8.RuneStart(w[cut]) {
		cut++
	}
	best := ""
	for cut < len(w) {
		if conditions, ok := kazakhSuffixes[w[cut:]]; ok && fits(w[:cut], conditions) {
			if protected[closing(w[:cut])] {
				return w[:cut], true
			}
			if best == "" {
				best = w[:cut]
			}
		}
		cut += runeLen(w[cut:])
	}
	return best, best != ""
}

// minStem is the least number of letters left of a word that is not among shortStems.
const minStem = 4

// fits reports whether a stem is long enough for a word and agrees with one of the conditions.
func fits(stem string, conditions []condition) bool {
	letters := utf8.RuneCountInString(stem)
	if letters < minStem && (shortStems[closing(stem)] || syncope[stem] != "") {
		letters = minStem
	}
	if letters < minStem {
		return false
	}
	row, end := soundOf(stem)
	for _, c := range conditions {
		if c.row&row != 0 && c.finals&end != 0 && letters >= c.least {
			return true
		}
	}
	return false
}

// soundOf returns the vowel row of a folded stem, 0 when it has no vowel, and the class of its last sound.
func soundOf(stem string) (harmony, final) {
	row, vowels := harmony(0), 0
	var last, before rune
	for _, r := range stem {
		before, last = last, r
		switch r {
		case 'ы', 'я':
			row = back
		case 'е', 'э', 'и':
			row = front
		case 'а', 'о':
			if row = back; vowels == 0 || r == 'о' {
				row = both
			}
		case 'у', 'ю':
			row = both
		default:
			continue
		}
		vowels++
	}
	if last == 'ь' || last == 'ъ' {
		last = before
	}
	if last == 'в' {
		row = both // Russian names: Әуезовтің, Горбачевтың
	}
	return row, finalOf(last, before)
}

// finalOf classes the last letter of a stem.
func finalOf(last, before rune) final {
	switch last {
	case 'а', 'е', 'о', 'ы', 'э', 'ю', 'я':
		return finalVowel
	case 'и':
		return finalVowel | finalGlide
	case 'у':
		if strings.ContainsRune("аеио", before) {
			return finalGlide
		}
		return finalGlide | finalVowel
	case 'р', 'й':
		return finalGlide
	case 'м', 'н':
		return finalNasal
	case 'з', 'ж':
		return finalSibilant
	case 'л':
		return finalL
	}
	return finalVoiceless
}

// closing brings the end of a stem to one form: consonants soften before vowels (кітап, кітабы) and a narrow
// vowel falls out (халық, халқы); both are undone in every stem alike.
func closing(w string) string {
	if s, ok := strings.CutSuffix(w, "б"); ok && len(s) > 2 {
		w = s + "п"
	}
	if s, ok := strings.CutSuffix(w, "г"); ok && len(s) > 2 {
		w = s + "к"
	}
	if full, ok := syncope[w]; ok {
		return full
	}
	return w
}
