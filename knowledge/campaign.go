package knowledge

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Topic finds a topic by its id.
func (c *Campaign) Topic(id string) (Topic, bool) {
	i := slices.IndexFunc(c.Topics, func(t Topic) bool { return t.ID == id })
	if i < 0 {
		return Topic{}, false
	}
	return c.Topics[i], true
}

// Region finds a region by its id.
func (c *Campaign) Region(id string) (Region, bool) {
	i := slices.IndexFunc(c.Regions, func(r Region) bool { return r.ID == id })
	if i < 0 {
		return Region{}, false
	}
	return c.Regions[i], true
}

// Holds reports whether a statement with these tags belongs to the topic.
func (t *Topic) Holds(tags []string) bool {
	for _, tag := range tags {
		if tag == t.ID || slices.Contains(t.Tags, tag) {
			return true
		}
	}
	return false
}

// TopicsOf gives the ids of the topics a statement belongs to: in the order of its own tags, so
// that the first is the most fitting.
func (c *Campaign) TopicsOf(s *Statement) []string {
	var ids []string
	for i := range s.Topics {
		for _, t := range c.Topics {
			if t.Holds(s.Topics[i:i+1]) && !slices.Contains(ids, t.ID) {
				ids = append(ids, t.ID)
			}
		}
	}
	return ids
}

// Official reports whether an address lies on one of the campaign's official sites: on the host of
// a link, or below it.
func (c *Campaign) Official(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, l := range c.Links {
		official, err := url.Parse(l.URL)
		if err != nil {
			continue
		}
		site := strings.TrimPrefix(strings.ToLower(official.Hostname()), "www.")
		if host == site || strings.HasSuffix(host, "."+site) {
			return true
		}
	}
	return false
}

// Quiet reports whether now lies in the quiet period, when campaigning and broadcasts rest.
func (c *Campaign) Quiet(now time.Time) bool {
	return !c.QuietFrom.IsZero() && !now.Before(c.QuietFrom) && now.Before(c.QuietUntil)
}
