package knowledge

import (
	"fmt"
	"strings"
	"time"

	"refbot/knowledge/language"
)

// yaml gives the campaign as campaign.yaml; reading it back gives the same campaign.
func (c *Campaign) yaml() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "id: %s\n", yamlScalar(c.ID))
	writeTitles(&b, "", "name", c.Name)
	fmt.Fprintf(&b, "\nvote_date: %s\ntime_zone: %s\n", day(c.VoteDate), yamlScalar(c.TimeZone.String()))
	if !c.QuietFrom.IsZero() {
		last := c.QuietUntil.AddDate(0, 0, -1)
		fmt.Fprintf(&b, "quiet_period: {from: %s, until: %s}\n", day(c.QuietFrom), last.Format(time.DateOnly))
	}
	b.WriteString("\ntopics:\n")
	for _, t := range c.Topics {
		fmt.Fprintf(&b, "  - id: %s\n", yamlScalar(t.ID))
		writeTitles(&b, "    ", "title", t.Title)
		if len(t.Tags) > 0 {
			fmt.Fprintf(&b, "    tags: %s\n", yamlFlow(t.Tags))
		}
	}
	if len(c.Regions) > 0 {
		b.WriteString("\nregions:\n")
	}
	for _, r := range c.Regions {
		fmt.Fprintf(&b, "  - id: %s\n", yamlScalar(r.ID))
		writeTitles(&b, "    ", "title", r.Title)
	}
	if len(c.Links) > 0 {
		b.WriteString("\nlinks:\n")
	}
	for _, l := range c.Links {
		fmt.Fprintf(&b, "  - url: %s\n", yamlScalar(l.URL))
		writeTitles(&b, "    ", "title", l.Title)
	}
	return []byte(b.String())
}

// writeTitles writes a text in every language it has.
func writeTitles(b *strings.Builder, indent, key string, titles map[language.Code]string) {
	fmt.Fprintf(b, "%s%s:\n", indent, key)
	for _, code := range language.Codes() {
		if titles[code] != "" {
			fmt.Fprintf(b, "%s  %s: %s\n", indent, code, yamlScalar(titles[code]))
		}
	}
}
