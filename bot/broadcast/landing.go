package broadcast

import (
	"context"
	"net/http"
	"slices"

	"refbot/bot/markup"
)

// Links finds out where links lead; handlers/links does. What it cannot find out, because there is no network or no
// time, is not in the result.
type Links interface {
	Look(ctx context.Context, links []string) map[string]Landing
}

// Landing is where a link leads.
type Landing struct {
	URL    string // of the last hop
	Status int    // of HTTP there
}

// gone reports a page that is not there. Servers that refuse programs say 401, 403 or 429 to a page that people see.
func (l Landing) gone() bool {
	switch l.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusMethodNotAllowed:
		return false
	}
	return l.Status >= http.StatusMultipleChoices
}

// landings looks at the links of all texts, those to the bot excepted.
func (d *Desk) landings(ctx context.Context, b *Broadcast) map[string]Landing {
	if d.Links == nil {
		return nil
	}
	var all []string
	for _, m := range b.Content {
		text, err := markup.Parse(m.Text)
		if err != nil {
			continue
		}
		for _, link := range links(text, m) {
			if !toBot(link, d.Username) && !slices.Contains(all, link) {
				all = append(all, link)
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	return d.Links.Look(ctx, all)
}
