package review

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"refbot/knowledge"
)

// field is one thing the bot asks for.
type field struct {
	most     int // characters
	optional bool
	get      func(*knowledge.Statement) string
	set      func(*knowledge.Statement, string)
}

// order is the order in which the bot asks; what is not in it can be changed from the draft.
var order = []string{"text", "speaker", "office", "date", "url", topicField}

const topicField = "topic"

var fields = map[string]field{
	"text":    {knowledge.LongText, false, func(s *knowledge.Statement) string { return s.Text }, func(s *knowledge.Statement, v string) { s.Text = v }},
	"speaker": {knowledge.MaxField, true, func(s *knowledge.Statement) string { return s.Speaker }, func(s *knowledge.Statement, v string) { s.Speaker = v }},
	"office":  {knowledge.MaxField, false, func(s *knowledge.Statement) string { return s.Office }, func(s *knowledge.Statement, v string) { s.Office = v }},
	"outlet":  {knowledge.MaxField, true, func(s *knowledge.Statement) string { return s.Outlet }, func(s *knowledge.Statement, v string) { s.Outlet = v }},
	"title":   {knowledge.MaxField, false, func(s *knowledge.Statement) string { return s.Title }, func(s *knowledge.Statement, v string) { s.Title = v }},
	"date": {40, false, func(s *knowledge.Statement) string { return dayOf(s.Date) }, func(s *knowledge.Statement, v string) {
		s.Date, _ = time.Parse(time.DateOnly, v)
	}},
	"url": {knowledge.MaxURL, false, func(s *knowledge.Statement) string { return s.URL }, func(s *knowledge.Statement, v string) {
		s.URL = v
	}},
	"aliases": {4000, true, func(s *knowledge.Statement) string { return strings.Join(s.Aliases, "\n") }, func(s *knowledge.Statement, v string) {
		s.Aliases = nil
		for line := range strings.SplitSeq(v, "\n") {
			if line = strings.TrimSpace(line); line != "" && len(s.Aliases) < knowledge.MaxList {
				s.Aliases = append(s.Aliases, line)
			}
		}
	}},
	topicField: {64, true, func(s *knowledge.Statement) string { return strings.Join(s.Topics, ", ") }, func(*knowledge.Statement, string) {}},
}

// names lists the fields in the order in which a draft shows them.
func names() []string {
	return []string{"text", "speaker", "office", "date", "url", "outlet", "title", topicField, "aliases"}
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// none is what people write for a field that is to stay empty.
var none = []string{"-", "–", "—"}

// read reads what was written for a field, or says what is wrong with it.
func (x *visit) read(name, text string) (value, complaint string) {
	f := fields[name]
	value = strings.TrimSpace(text)
	switch {
	case slices.Contains(none, value) && f.optional:
		return "", ""
	case value == "":
		return "", x.r.Ask[name]
	case utf8.RuneCountInString(value) > f.most:
		return "", x.r.TooLong(f.most)
	}
	switch name {
	case "date":
		day, ok := readDay(value, x.Now().In(x.zone()))
		if !ok {
			return "", x.r.BadDate
		}
		return day.Format(time.DateOnly), ""
	case "url":
		u, err := url.Parse(value)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Hostname(), ".") || strings.ContainsAny(value, " \n\t") {
			return "", x.r.BadURL
		}
	}
	return value, ""
}

// zone is the campaign's.
var (
	dotted = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$`)
	today  = []string{"сегодня", "бүгін", "бугин", "today"}
	before = []string{"вчера", "кеше", "yesterday"}
)

// readDay reads a day as people write it; it is not after now.
func readDay(text string, now time.Time) (day time.Time, ok bool) {
	text = strings.ToLower(strings.Trim(text, " .«»\"“”"))
	switch {
	case slices.Contains(today, text):
		day = now
	case slices.Contains(before, text):
		day = now.AddDate(0, 0, -1)
	default:
		var err error
		layout := time.DateOnly
		if m := dotted.FindStringSubmatch(text); m != nil {
			layout, text = "2.1.2006", m[1]+"."+m[2]+"."+m[3]
		}
		if day, err = time.Parse(layout, text); err != nil {
			return day, false
		}
	}
	day = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
	return day, day.Year() > 1900 && !day.After(now)
}
