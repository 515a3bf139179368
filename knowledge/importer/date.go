package importer

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// months are told by how their names begin, in Russian, Kazakh and English.
var months = []struct {
	begins string
	month  time.Month
}{
	{"январ", 1},
	{"феврал", 2},
	{"март", 3},
	{"апрел", 4},
	{"мая", 5},
	{"май", 5},
	{"июн", 6},
	{"июл", 7},
	{"август", 8},
	{"сентябр", 9},
	{"октябр", 10},
	{"ноябр", 11},
	{"декабр", 12},
	{"қаңтар", 1},
	{"ақпан", 2},
	{"наурыз", 3},
	{"сәуір", 4},
	{"мамыр", 5},
	{"маусым", 6},
	{"шілде", 7},
	{"тамыз", 8},
	{"қыркүйек", 9},
	{"қазан", 10},
	{"қараша", 11},
	{"желтоқсан", 12},
	{"jan", 1},
	{"feb", 2},
	{"mar", 3},
	{"apr", 4},
	{"may", 5},
	{"jun", 6},
	{"jul", 7},
	{"aug", 8},
	{"sep", 9},
	{"oct", 10},
	{"nov", 11},
	{"dec", 12},
}

// shapes of dates, in lower case. The groups are named y, m, d.
var shapes = func() []*regexp.Regexp {
	var names []string
	for _, m := range months {
		names = append(names, m.begins)
	}
	month := `(?P<m>(?:` + strings.Join(names, "|") + `)\p{L}*)\.?`
	var list []*regexp.Regexp
	for _, shape := range []string{
		`(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)`,
		`(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)`,
		`(?P<d>\d{1,2})(?:-?(?:го|е|ші|шы|st|nd|rd|th))?\s+` + month + `,?\s+(?P<y>(?:19|20)\d\d)`,
		month + `\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)`,
		`(?P<y>(?:19|20)\d\d)\s*(?:жыл\p{L}*|ж\.)\s+(?P<d>\d{1,2})(?:-?(?:ші|шы))?\s+` + month,
	} {
		list = append(list, regexp.MustCompile(`(?:^|[^\d.])`+shape+`(?:$|[^\d])`))
	}
	return list
}()

// aDate finds the first day that a text names, and the words that name it.
func aDate(text string) (day time.Time, words string) {
	lower := strings.ToLower(text)
	first := len(lower) + 1
	for _, shape := range shapes {
		m := shape.FindStringSubmatchIndex(lower)
		if m == nil || m[0] >= first {
			continue
		}
		group := func(name string) string {
			i := 2 * shape.SubexpIndex(name)
			return lower[m[i]:m[i+1]]
		}
		if found := dayOf(group("y"), group("m"), group("d")); !found.IsZero() {
			first, day, words = m[0], found, strings.TrimFunc(lower[m[0]:m[1]], func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
		}
	}
	return day, words
}

// dayOf is the zero time where there is no such day.
func dayOf(year, month, day string) time.Time {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	m, err := strconv.Atoi(month)
	for i := 0; err != nil && i < len(months); i++ {
		if strings.HasPrefix(month, months[i].begins) {
			m, err = int(months[i].month), nil
		}
	}
	found := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if err != nil || found.Day() != d || int(found.Month()) != m {
		return time.Time{}
	}
	return found
}

// dateline takes lines out that hold a day and little else, as pages write above or below an article: it is the
// day of publication.
func (d *Document) dateline() {
	const around = 4 // lines from either end
	var kept []string
	for i, p := range d.Paragraphs {
		near := i < around || i >= len(d.Paragraphs)-around
		if near && isDateline(p) {
			if d.Date.IsZero() {
				d.Date, _ = aDate(p)
				d.DateExact = true
			}
			continue
		}
		kept = append(kept, p)
	}
	d.Paragraphs = kept
}

// isDateline reports whether a line holds a day and little else.
func isDateline(line string) bool {
	const (
		longest = 200 // bytes
		most    = 15  // letters besides the date: "ЖАҢАЛЫҚТАР", "GMT +5"
	)
	if len(line) > longest {
		return false
	}
	day, words := aDate(line)
	return !day.IsZero() && letters(line)-letters(words) <= most
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// findDate looks for a day in the name and the text of a source that has none of its own.
func (d *Document) findDate() {
	if !d.Date.IsZero() {
		return
	}
	if day, words := aDate(d.Name); !day.IsZero() {
		d.Date, d.DateNote = day, fmt.Sprintf("from the name of the source: %s", words)
		return
	}
	for _, p := range append([]string{d.Title}, d.Paragraphs...) {
		if day, words := aDate(p); !day.IsZero() {
			d.Date, d.DateNote = day, fmt.Sprintf("the first day the text names: %s", words)
			return
		}
	}
	if !d.saved.IsZero() {
		d.Date, d.DateNote = midnight(d.saved), "the day on which the file was last changed"
	}
}
