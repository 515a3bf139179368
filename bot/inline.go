package bot

import (
	"context"
	"strconv"

	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Inline limits.
const (
	cardsPerPage   = 10
	maxInlinePages = 5
	maxCardTitle   = 64
	maxCardText    = 120
	sureOfLanguage = 0.7 // below it, a few typed letters say less than the language of the app
)

// inline answers "@bot question" with statements as cards. It knows no session: an inline query
// arrives with every few letters typed, and nothing of it is kept.
func (a *Assistant) inline(ctx context.Context, ev Event) error {
	engine := a.Knowledge.Load()
	lang := appLanguage(ev.Person.LanguageCode)
	if id := language.Identify(ev.Text); id.Code.Valid() && id.Confidence >= sureOfLanguage {
		lang = id.Code
	}
	t := texts.For(lang)
	page, _ := strconv.Atoi(ev.Offset)
	page = min(max(page, 0), maxInlinePages)
	hits := a.search(engine, ev.Text, lang, (page+1)*cardsPerPage+1)
	cards := Cards{Fallback: t.InlineNone}
	if len(hits) > 0 {
		cards.Fallback = ""
	}
	for _, h := range hits[min(page*cardsPerPage, len(hits)):min((page+1)*cardsPerPage, len(hits))] {
		cards.List = append(cards.List, card(t, h))
	}
	if len(hits) > (page+1)*cardsPerPage && page < maxInlinePages {
		cards.Next = strconv.Itoa(page + 1)
	}
	err := a.Messenger.Cards(ctx, ev.Query, cards)
	if KindOf(err) == TooLate {
		return nil
	}
	return err
}

// search does so when its turn has come.
func (a *Assistant) search(e *knowledge.Engine, text string, lang language.Code, n int) []knowledge.Hit {
	defer a.think()()
	return e.Search(text, lang, n)
}

func card(t *texts.Catalog, h knowledge.Hit) Card {
	s := h.Statement
	who := s.Speaker
	if who == "" {
		who = s.Office
	}
	r := Reply{Language: t.Code, Parts: statementParts(t, h, maxWhole), Statements: []knowledge.Hit{h}}
	r.Buttons = [][]Button{{{Text: t.Button.Source, URL: s.URL}}}
	return Card{
		ID:          s.ID,
		Title:       Shorten(orDefault(s.Title, s.Text), maxCardTitle),
		Description: Shorten(who+", "+t.Date(s.Date)+". "+s.Text, maxCardText),
		Reply:       r,
	}
}
