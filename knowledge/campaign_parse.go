package knowledge

import (
	"time"
	_ "time/tzdata" // a container built from scratch has no time zones of its own
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"refbot/knowledge/language"
)

// campaignParser reads campaign.yaml.
type campaignParser struct {
	yamlFile
	c          Campaign
	vote       *yaml.Node
	from, till *yaml.Node
}

// parseCampaign reads campaign.yaml; the zero Campaign when the file is broken.
func parseCampaign(file string, data []byte, p *problems) Campaign {
	c := &campaignParser{yamlFile: yamlFile{file: file, problems: p}}
	root := c.root(data)
	if root == nil {
		return Campaign{}
	}
	c.each(root, c.top)
	c.dates(c.at(root))
	c.required(c.at(root))
	return c.c
}

func (c *campaignParser) top(key string, k, v *yaml.Node) {
	switch key {
	case "id":
		c.c.ID = c.slug("id", v)
	case "name":
		c.c.Name = c.titles("name", v)
	case "vote_date":
		c.vote = v
	case "time_zone":
		c.c.TimeZone = c.zone(v)
	case "quiet_period":
		c.each(v, c.quiet)
	case "topics":
		for _, n := range c.sequence(key, v) {
			c.topic(n)
		}
	case "regions":
		for _, n := range c.sequence(key, v) {
			c.region(n)
		}
	case "links":
		for _, n := range c.sequence(key, v) {
			c.link(n)
		}
	default:
		c.errorf(c.at(k), "unknown key %q", key)
	}
}

func (c *campaignParser) quiet(key string, k, v *yaml.Node) {
	switch key {
	case "from":
		c.from = v
	case "until":
		c.till = v
	default:
		c.errorf(c.at(k), "unknown key %q in quiet_period", key)
	}
}

// slug reads a name of a-z 0-9 -.
func (c *campaignParser) slug(key string, v *yaml.Node) string {
	id := c.text(key, v)
	if !slugShape.MatchString(id) {
		c.errorf(c.at(v), "%s %q: want 1 to 32 of a-z 0-9 -", key, id)
	}
	return id
}

// titles reads a text in all three languages.
func (c *campaignParser) titles(key string, v *yaml.Node) map[language.Code]string {
	titles := make(map[language.Code]string, len(language.Codes()))
	c.each(v, func(code string, k, t *yaml.Node) {
		if !language.Code(code).Valid() {
			c.errorf(c.at(k), "%s: unknown language %q", key, code)
			return
		}
		text := c.text(code, t)
		if r, bad := unprintable(text); bad {
			c.errorf(c.at(t), "%s holds the invisible character %U: delete it", key, r)
		}
		titles[language.Code(code)] = text
	})
	for _, code := range language.Codes() {
		if titles[code] == "" {
			c.errorf(c.at(v), "%s: the %s text is missing", key, code)
		}
	}
	return titles
}

func (c *campaignParser) zone(v *yaml.Node) *time.Location {
	name := c.text("time_zone", v)
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		c.errorf(c.at(v), "time_zone %q: want a name such as Asia/Almaty", name)
		return nil
	}
	return zone
}

func (c *campaignParser) topic(n *yaml.Node) {
	var t Topic
	c.each(n, func(key string, k, v *yaml.Node) {
		switch key {
		case "id":
			t.ID = c.slug("topic id", v)
		case "title":
			t.Title = c.titles("title", v)
			c.fits(v, t.Title)
		case "tags":
			t.Tags = c.list(key, v)
		default:
			c.errorf(c.at(k), "unknown key %q in a topic", key)
		}
	})
	if t.ID == "" || t.Title == nil {
		c.errorf(c.at(n), "a topic needs id and title")
	}
	if _, taken := c.c.Topic(t.ID); taken {
		c.errorf(c.at(n), "topic %q is given twice", t.ID)
	}
	if c.c.Topics = append(c.c.Topics, t); len(c.c.Topics) == MaxTopics+1 {
		c.errorf(c.at(n), "more than %d topics", MaxTopics)
	}
}

func (c *campaignParser) region(n *yaml.Node) {
	var r Region
	c.each(n, func(key string, k, v *yaml.Node) {
		switch key {
		case "id":
			r.ID = c.slug("region id", v)
		case "title":
			r.Title = c.titles("title", v)
			c.fits(v, r.Title)
		default:
			c.errorf(c.at(k), "unknown key %q in a region", key)
		}
	})
	if r.ID == "" || r.Title == nil {
		c.errorf(c.at(n), "a region needs id and title")
	}
	if _, taken := c.c.Region(r.ID); taken {
		c.errorf(c.at(n), "region %q is given twice", r.ID)
	}
	c.c.Regions = append(c.c.Regions, r)
}

// fits reports titles too long for a button.
func (c *campaignParser) fits(v *yaml.Node, titles map[language.Code]string) {
	for _, code := range language.Codes() {
		if n := utf8.RuneCountInString(titles[code]); n > MaxTitle {
			c.errorf(c.at(v), "the %s title has %d characters, at most %d fit a button", code, n, MaxTitle)
		}
	}
}

func (c *campaignParser) link(n *yaml.Node) {
	var l Link
	c.each(n, func(key string, k, v *yaml.Node) {
		switch key {
		case "url":
			l.URL = c.text(key, v)
			if err := checkURL(l.URL); err != nil {
				c.errorf(c.at(v), "url %q: %v", l.URL, err)
			}
		case "title":
			l.Title = c.titles("title", v)
		default:
			c.errorf(c.at(k), "unknown key %q in a link", key)
		}
	})
	if l.URL == "" || l.Title == nil {
		c.errorf(c.at(n), "a link needs url and title")
	}
	c.c.Links = append(c.c.Links, l)
}

// dates reads the days of the campaign once its time zone is known.
func (c *campaignParser) dates(top place) {
	if c.c.TimeZone == nil {
		c.c.TimeZone = time.UTC
	}
	c.c.VoteDate = c.day("vote_date", c.vote)
	if c.from == nil && c.till == nil {
		return
	}
	c.c.QuietFrom = c.day("quiet_period from", c.from)
	last := c.day("quiet_period until", c.till)
	switch {
	case c.from == nil || c.till == nil:
		c.errorf(top, "quiet_period needs from and until")
	case last.Before(c.c.QuietFrom):
		c.errorf(c.at(c.till), "quiet_period ends before it begins")
	default:
		c.c.QuietUntil = last.AddDate(0, 0, 1)
	}
}

func (c *campaignParser) day(key string, v *yaml.Node) time.Time {
	if v == nil {
		return time.Time{}
	}
	text := c.text(key, v)
	date, err := time.ParseInLocation(time.DateOnly, text, c.c.TimeZone)
	if err != nil || date.Year() < 1 {
		c.errorf(c.at(v), "%s %q: want a day as YYYY-MM-DD", key, text)
		return time.Time{}
	}
	return date
}

func (c *campaignParser) required(top place) {
	if c.c.ID == "" || c.c.Name == nil || c.vote == nil || len(c.c.Topics) == 0 {
		c.errorf(top, "a campaign needs id, name, vote_date and topics")
	}
}
