package gate

import (
	"strings"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// NewSource makes a source of a statement and its versions in other languages. A statement with a newer one is
// replaced; one whose office, or whose title together with an article it quotes, says that it is about a
// draft, is a draft. now is when it is asked; zero checks no period of validity.
func NewSource(s *knowledge.Statement, versions []*knowledge.Statement, now time.Time) Source {
	out := Source{
		Proposes: draftWord(s.Office),
		Language: s.Language, Text: s.Text, Title: s.Title, Speaker: s.Speaker, Office: s.Office, Outlet: s.Outlet,
		Date: s.Date, URL: s.URL, Status: statusOf(s, now),
	}
	for _, v := range versions {
		if v.ID != s.ID && v.Language != s.Language {
			out.Versions = append(out.Versions, Version{v.Language, v.Text, v.Title, v.Speaker, v.Office})
		}
	}
	return out
}

func statusOf(s *knowledge.Statement, now time.Time) Status {
	switch {
	case len(s.SupersededBy) > 0 || !s.ValidUntil.IsZero() && !now.IsZero() && now.After(s.ValidUntil.AddDate(0, 0, 1)):
		return Replaced
	case draftWord(s.Office) || draftWord(s.Title) && (draftWord(s.Text) || quotesArticle(s.Text)):
		return Draft
	}
	return InForce
}

// draftStems are the folded beginnings of the words for a draft.
var draftStems = []string{"проект", "жоба", "draft"}

// draftWord reports a text that names a draft.
func draftWord(text string) bool {
	for _, t := range language.Tokenize(text) {
		for _, stem := range draftStems {
			if strings.HasPrefix(t.Folded, stem) {
				return true
			}
		}
	}
	return false
}

// quotesArticle reports a text that names an article of a law.
func quotesArticle(text string) bool {
	for _, t := range language.Tokenize(text) {
		if t.Kind == language.Article {
			return true
		}
	}
	return false
}
