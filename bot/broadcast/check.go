package broadcast

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"refbot/bot/markup"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Doubt is something about a broadcast that a person should look at again.
type Doubt struct {
	Kind     DoubtKind
	Language language.Code // of the text it is about
	What     string        // the number, the name, the address, the words
	Where    string        // DoubtLeads: the site the link ends at
	Other    ID            // DoubtSame: the broadcast that says the same
}

// About is what the doubt is about, in a line.
func (d Doubt) About() string {
	switch d.Kind {
	case DoubtSame:
		return string(d.Other)
	case DoubtLeads:
		return d.What + " → " + d.Where
	}
	return d.What
}

// DoubtKind tells doubts apart.
type DoubtKind string

// The doubts. Only DoubtAdvice stops anybody: it needs an administrator.
const (
	DoubtClaim  DoubtKind = "claim"  // a number, date or name that no linked statement holds
	DoubtLink   DoubtKind = "link"   // a link to a site that is not an official one
	DoubtLeads  DoubtKind = "leads"  // a link to an official site that leads on to another; Where it ends
	DoubtDead   DoubtKind = "dead"   // a link to a page that is not there
	DoubtSame   DoubtKind = "same"   // a recent broadcast says the same
	DoubtAdvice DoubtKind = "advice" // it sounds like telling people how to vote
)

const (
	recentTime  = 30 * 24 * time.Hour
	recentCount = 30
)

// Doubts looks for what a person should look at again, in the order of the languages.
func (d *Desk) Doubts(ctx context.Context, b *Broadcast) ([]Doubt, error) {
	if b.Recall {
		return nil, nil
	}
	recent, _, err := d.Store.List(ctx, "", recentCount)
	if err != nil {
		return nil, err
	}
	engine := d.Knowledge.Load()
	held, landings := holdings(engine, b.Statements), d.landings(ctx, b)
	var doubts []Doubt
	for _, l := range language.Codes() {
		m, ok := b.Content[l]
		if !ok {
			continue
		}
		text, err := markup.Parse(m.Text)
		if err != nil {
			continue
		}
		add := func(kind DoubtKind, what string) {
			if what != "" && !slices.Contains(doubts, Doubt{Kind: kind, Language: l, What: what}) {
				doubts = append(doubts, Doubt{Kind: kind, Language: l, What: what})
			}
		}
		for _, claim := range held.missing(text.Plain) {
			add(DoubtClaim, claim)
		}
		for _, link := range links(text, m) {
			switch landing, found := landings[link]; {
			case !d.official(engine, b, link):
				add(DoubtLink, link)
			case !found:
			case landing.gone():
				add(DoubtDead, link)
			case !d.official(engine, b, landing.URL):
				if u, err := url.Parse(landing.URL); err == nil {
					doubts = append(doubts, Doubt{Kind: DoubtLeads, Language: l, What: link, Where: u.Host})
				}
			}
		}
		add(DoubtAdvice, Advice(text.Plain))
		if other := d.same(recent, b, l, text.Plain); other != "" {
			doubts = append(doubts, Doubt{Kind: DoubtSame, Language: l, Other: other})
		}
	}
	return doubts, nil
}

var bareLink = regexp.MustCompile(`https?://[^\s<>"«»]+`)

// links are all addresses a message leads to.
func links(t markup.Text, m Message) []string {
	all := slices.Clone(t.Links)
	for _, link := range bareLink.FindAllString(t.Plain, -1) {
		all = append(all, strings.TrimRight(link, ".,;:!?)"))
	}
	for _, b := range m.Buttons {
		all = append(all, b.URL)
	}
	return all
}

// official reports whether an address is one of an official site, of this bot, or the source of a linked statement.
func (d *Desk) official(e *knowledge.Engine, b *Broadcast, address string) bool {
	if e.Pack().Campaign.Official(address) || d.Username != "" && toBot(address, d.Username) {
		return true
	}
	return slices.ContainsFunc(b.Statements, func(id string) bool {
		s, ok := e.Statement(id)
		return ok && s.URL == address
	})
}

// toBot reports a link to this bot.
func toBot(address, username string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host == "t.me" && strings.EqualFold(strings.Trim(u.Path, "/"), username)
}

// DeepLink opens a statement in the bot.
func DeepLink(username, statement string) string {
	return "https://t.me/" + username + "?start=st-" + url.QueryEscape(statement)
}

// same finds a recent broadcast that says the same in that language.
func (d *Desk) same(recent []*Broadcast, b *Broadcast, l language.Code, plain string) ID {
	for _, other := range recent {
		if other.ID == b.ID || other.ID == b.Corrects || other.Started.IsZero() || d.Now().Sub(other.Started) > recentTime {
			continue
		}
		if m, ok := other.Content[l]; ok && language.Fold(markup.Plain(m.Text)) == language.Fold(plain) && plain != "" {
			return other.ID
		}
	}
	return ""
}
