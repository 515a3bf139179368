package knowledge

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// doubt adds warnings to what reading the pack found.
func doubt(pack *Pack, p *problems) {
	originals := make(map[string]*Statement, len(pack.Statements))
	for i := range pack.Statements {
		if s := &pack.Statements[i]; s.Key == s.ID {
			originals[s.ID] = s
		}
	}
	for i := range pack.Statements {
		s := &pack.Statements[i]
		doubtText(s, p)
		if original, ok := originals[s.Key]; ok && s.Translated() {
			doubtNumbers(s, original, p)
			continue // the rest is the original's
		}
		doubtSource(s, p)
		doubtDate(s, pack.Campaign.VoteDate, p)
		for _, id := range s.SupersededBy {
			if newer, ok := originals[id]; ok && newer.Date.Before(s.Date) {
				p.warnf(origin(s), "superseded_by %s, which is older (%s)", id, day(newer.Date))
			}
		}
	}
	doubtAliases(pack, p)
	r := report(pack, p)
	for _, id := range r.emptyTopics(&pack.Campaign) {
		p.warnf(place{file: pack.Origin}, "topic %q holds no statement", id)
	}
}

// origin gives the place of a loaded statement.
func origin(s *Statement) place {
	i := strings.LastIndexByte(s.Origin, ':')
	line, err := strconv.Atoi(s.Origin[i+1:])
	if i < 0 || err != nil {
		return place{file: s.Origin}
	}
	return place{file: s.Origin[:i], line: line}
}

// markup finds Markdown that would be shown as typed.
var markup = regexp.MustCompile(`(?m)^#{1,6} |^> |\*\*|__|\]\(https?:|^(?:\* |\d+[.)] .*\n\d+[.)] )|</?[a-z]+>`)

func doubtText(s *Statement, p *problems) {
	at := origin(s)
	if n := utf8.RuneCountInString(s.Text); n > LongText {
		p.warnf(at, "the text has %d characters: above %d a reply shows only part of it", n, LongText)
	}
	if found := markup.FindString(s.Text); found != "" {
		p.warnf(at, "the text is shown as typed, %q too", strings.TrimSpace(found))
	}
}

func doubtSource(s *Statement, p *problems) {
	if s.Outlet == "" {
		p.warnf(origin(s), "outlet is missing: where was it published?")
	}
	if s.Title == "" {
		p.warnf(origin(s), "title is missing")
	}
}

// farFromVote is how far from the vote a date is taken as it stands; beyond, the statement has to
// name its year or say how the date was found, else the year is likely mistyped.
const farFromVote = 2 * 365 * 24 * time.Hour

func doubtDate(s *Statement, vote time.Time, p *problems) {
	if vote.IsZero() || s.Date.IsZero() || s.DateNote != "" || s.Date.Sub(vote).Abs() < farFromVote {
		return
	}
	year := s.Date.Format("2006")
	if !strings.Contains(s.Text+s.Title+s.Office, year) {
		p.warnf(origin(s), "date %s is far from the vote of %s and the text does not name %s: is the year right?", day(s.Date), day(vote), year)
	}
}

// doubtNumbers compares the numbers of a translation with those of its original: a translation
// may put words differently, but not figures.
func doubtNumbers(s, original *Statement, p *problems) {
	mine, theirs := numbers(s.Text), numbers(original.Text)
	if lost := without(theirs, mine); len(lost) > 0 {
		p.warnf(origin(s), "the translation lacks numbers of %s: %s", original.ID, strings.Join(lost, ", "))
	}
	if added := without(mine, theirs); len(added) > 0 {
		p.warnf(origin(s), "the translation has numbers that %s does not: %s", original.ID, strings.Join(added, ", "))
	}
}

// grouped matches a number with the marks that languages put inside it: "7 954 667", "7,954,667",
// "87,15", "87.15", "20:00".
var grouped = regexp.MustCompile(`\d+(?:[.,:]\d+|[ \x{a0}\x{202f}]\d{3}\b)*`)

// numbers gives the distinct numbers of a text as bare digits, in order; "07:00" and "7:00" are one.
func numbers(text string) []string {
	var found []string
	for _, n := range grouped.FindAllString(text, -1) {
		digits := strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return r
			}
			return -1
		}, n)
		found = append(found, strings.TrimLeft(digits, "0"))
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// without gives the entries of list that other lacks.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(v string) bool { return slices.Contains(other, v) })
}

// doubtAliases reports questions listed for two statements: the answer would be luck.
func doubtAliases(pack *Pack, p *problems) {
	first := map[string]*Statement{}
	told := map[string]bool{}
	for i := range pack.Statements {
		s := &pack.Statements[i]
		for _, alias := range s.Aliases {
			asked := bareQuestion(alias)
			other, taken := first[asked]
			switch {
			case !taken:
				first[asked] = s
			case other.Key != s.Key && !told[asked+"\n"+s.Key]:
				told[asked+"\n"+s.Key] = true
				p.warnf(origin(s), "alias %q is also listed for %s", alias, other.Key)
			}
		}
	}
}

// bareQuestion folds case and punctuation, which people type as they like.
func bareQuestion(alias string) string {
	words := strings.FieldsFunc(strings.ToLower(alias), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.ReplaceAll(strings.Join(words, " "), "ё", "е")
}
