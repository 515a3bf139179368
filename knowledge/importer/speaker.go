package importer

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// speaker is a person, or a body without one, as a text names them.
type speaker struct {
	name, office string
	head         string // word of the office that says what kind it is: "аким"
	words        string // of the text that named them
}

// bounds of what is taken for a name and an office, in words.
const (
	maxName   = 3
	maxOffice = 14
)

// cast is who speaks in a document.
type cast struct{ people []*speaker }

// meet finds everybody whom the paragraphs name with an office or as speaking.
func meet(paragraphs []string) *cast {
	c := &cast{}
	for _, p := range paragraphs {
		list := split(p)
		for i := 0; i < len(list); {
			n := nameAt(list, i)
			if n == 0 {
				i++
				continue
			}
			s := &speaker{name: nominative(p[list[i].start:list[i+n-1].end])}
			s.findOffice(p, list, i, i+n)
			if s.office != "" || saysNear(list, i, i+n) {
				c.add(s)
			}
			i += n
		}
	}
	for _, s := range c.people {
		s.completePlace(paragraphs)
	}
	return c
}

// nominative drops the possessive of English.
func nominative(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, "’s"), "'s")
}

// nameAt gives the number of words of a name that begins at a word: two or three, 0 where none does.
func nameAt(list []word, i int) int {
	n := 0
	for i+n < len(list) && n < maxName && list[i+n].named() && !heads[list[i+n].low] && (n == 0 || list[i+n].close()) {
		n++
	}
	if n < 2 {
		return 0
	}
	return n
}

// add keeps somebody who is not known; of one who is, the office is completed.
func (c *cast) add(s *speaker) {
	for _, known := range c.people {
		if kin(known.name, s.name) {
			if known.office == "" {
				known.office, known.head, known.words = s.office, s.head, s.words
			}
			return
		}
	}
	c.people = append(c.people, s)
}

// kin reports whether two names are one in different cases: each word of one begins as its fellow does.
func kin(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return len(x) == len(y) && !slices.ContainsFunc(x, func(w string) bool { return !sameStem(w, y[slices.Index(x, w)]) })
}

// sameStem reports whether two words differ in their last letters only.
func sameStem(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	x, y := []rune(a), []rune(b)
	const ending = 3 // letters of the longest case ending of a name: "-ого", "-ның"
	same := 0
	for same < min(len(x), len(y)) && x[same] == y[same] {
		same++
	}
	return same >= 3 && len(x)-same <= ending && len(y)-same <= ending
}

// findOffice reads the office before a name ("аким города Алматы N"), or after it between commas ("N, the head of
// the commission,").
func (s *speaker) findOffice(p string, list []word, from, to int) {
	if start, head, ok := officeBefore(list, from); ok {
		s.head = head
		s.office = small(strings.Trim(p[list[start].start:list[from-1].end], ` ,«»"`))
		s.words = p[list[start].start:list[to-1].end]
		return
	}
	if to >= len(list) || strings.TrimSpace(list[to].gap) != "," {
		return
	}
	for i := to; i < min(len(list), to+maxOffice); i++ {
		if i > to && strings.ContainsAny(list[i].gap, ",.;—") {
			break
		}
		if !heads[list[i].low] {
			continue
		}
		end := i + 1
		for end < min(len(list), to+maxOffice) && list[end].close() && !says.has(list[end].low) {
			end++
		}
		s.head, s.office, s.words = list[i].low, p[list[to].start:list[end-1].end], p[list[from].start:list[end-1].end]
		s.office = strings.TrimPrefix(s.office, "the ")
		return
	}
}

// small writes an office of Russian that begins a sentence as within one; the president keeps the capital.
func small(office string) string {
	first, rest, _ := strings.Cut(office, " ")
	low := strings.ToLower(first)
	if !heads[low] && !joins[low] || headLast(low) || low == "президент" || low[0] < utf8.RuneSelf {
		return office
	}
	return strings.TrimSpace(low + " " + rest)
}

// officeBefore finds where the office before a name begins. In Kazakh its head is the last word of it, in Russian
// and English mostly the first.
func officeBefore(list []word, name int) (start int, head string, ok bool) {
	at := -1
	for i := name - 1; i >= max(0, name-maxOffice); i-- {
		if !bridges(list[i+1].gap) || says.has(list[i].low) {
			break
		}
		if heads[list[i].low] {
			at = i
		} else if at >= 0 && !joins[list[i].low] {
			break
		}
	}
	if at < 0 {
		return 0, "", false
	}
	for at > 0 && (joins[list[at-1].low] || heads[list[at-1].low]) && list[at].close() {
		at--
	}
	if headLast(list[at].low) {
		return kazakhOffice(list, at), list[at].low, true
	}
	return at, list[at].low, true
}

// bridges reports whether an office may go on over what stands between two words.
func bridges(gap string) bool {
	gap = strings.TrimSpace(gap)
	return gap == "" || gap == "," || gap == "«" || gap == "»" || gap == `"`
}

// headLast reports whether a head follows what it is the head of: those of Kazakh say so by their ending.
func headLast(head string) bool {
	return strings.HasSuffix(head, "і") || strings.HasSuffix(head, "ы") && head != "секретары"
}

// kazakhOffice goes back from the head to the first word of the office: a word in the locative, a converb or a
// border of the sentence comes before it.
func kazakhOffice(list []word, at int) int {
	for at > 0 && bridges(list[at].gap) && !strings.Contains(list[at].gap, ",") {
		before := list[at-1].low
		if endsAny(before, "да", "де", "та", "те", "нда", "нде", "ып", "іп", "ға", "ге", "қа", "ке", "ды", "ді") || before == "деп" {
			break
		}
		at--
	}
	return at
}

func endsAny(s string, ends ...string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(s, end) })
}

// saysNear reports whether a verb of saying stands beside a name.
func saysNear(list []word, from, to int) bool {
	const near = 2 // words
	for i := max(0, from-near); i < min(len(list), to+near); i++ {
		if (i < from || i >= to) && says.has(list[i].low) {
			return true
		}
	}
	return false
}

// completePlace names the place where an office leaves it out: "аким города", elsewhere "аким Алматы".
func (s *speaker) completePlace(paragraphs []string) {
	last := s.office[strings.LastIndexByte(s.office, ' ')+1:]
	if last != "города" && last != "области" && last != "района" || strings.Count(s.office, " ") != 1 {
		return
	}
	for _, p := range paragraphs {
		list := split(p)
		for i := 0; i+1 < len(list); i++ {
			r, _ := utf8.DecodeRuneInString(list[i+1].text)
			if list[i].low == s.head && list[i+1].close() && strings.ToUpper(string(r)) == string(r) && nameAt(list, i+1) == 0 {
				s.office += " " + list[i+1].text
				return
			}
		}
	}
}

// voice finds who speaks in a paragraph: whoever is named nearest to a verb of saying; nil where nobody is.
func (c *cast) voice(p string) *speaker {
	list := split(p)
	var found *speaker
	nearest := maxOffice + 1
	for i := range list {
		if !says.has(list[i].low) {
			continue
		}
		for j := range list {
			distance := max(i-j, j-i)
			if distance >= nearest || parted(list, min(i, j), max(i, j)) {
				continue
			}
			if s := c.named(list, j); s != nil {
				found, nearest = s, distance
			}
		}
	}
	return found
}

// parted reports whether a sentence ends between two words.
func parted(list []word, i, j int) bool {
	for k := i + 1; k <= j; k++ {
		if strings.ContainsAny(list[k].gap, ".!?") {
			return true
		}
	}
	return false
}

// named gives the person whom a word names: by the last of their names, or by their office where it is one alone.
func (c *cast) named(list []word, i int) *speaker {
	for _, s := range c.people {
		if s.name != "" && list[i].named() && sameStem(list[i].text, s.name[strings.LastIndexByte(s.name, ' ')+1:]) {
			return s
		}
	}
	if !heads[list[i].low] {
		return nil
	}
	var found *speaker
	for _, s := range c.people {
		if s.head != list[i].low {
			continue
		}
		if found != nil {
			return nil
		}
		found = s
	}
	return found
}

// body finds an institution that speaks in a paragraph: its name, up to the verb.
func body(p string) string {
	list := split(p)
	for i := range list {
		if !bodies[list[i].low] {
			continue
		}
		start, end := i, i+1
		for start > 0 && list[start].close() && capital(list[start-1].text) && !opening[list[start-1].low] {
			start--
		}
		for end < len(list) && end-i < maxOffice && bridges(list[end].gap) && !says.has(list[end].low) {
			end++
		}
		if end < len(list) && says.has(list[end].low) {
			return p[list[start].start:list[end-1].end]
		}
	}
	return ""
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)) != string(r)
}
