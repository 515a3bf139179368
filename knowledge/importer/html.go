package importer

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"codeberg.org/readeck/go-readability/v2/render"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// readHTML finds the article of a page, and what the page says of itself.
func (d *Document) readHTML(src Source) error {
	if len(src.Data) > MaxHTML {
		return fmt.Errorf("%w: at most %d MiB of a page are read", ErrTooLarge, MaxHTML>>20)
	}
	text, err := charset.NewReader(bytes.NewReader(src.Data), src.Type)
	if err != nil {
		return fmt.Errorf("its encoding is unknown: %w", err)
	}
	page, err := html.Parse(text)
	if err != nil {
		return fmt.Errorf("the page cannot be read: %w", err)
	}
	about := readHead(page)
	d.URL = firstAddress(d.URL, about.canonical, about.meta["og:url"])
	address, err := url.Parse(d.URL)
	if err != nil {
		address = &url.URL{}
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = MaxElements
	article, err := parser.ParseDocument(page, address)
	if err != nil {
		return fmt.Errorf("no article is found on the page: %w", err)
	}
	d.Title, d.Outlet, d.Verbatim = article.Title(), article.SiteName(), true
	if d.Date = about.published(); d.Date.IsZero() {
		if at, err := article.PublishedTime(); err == nil {
			d.Date = midnight(at)
		}
	}
	d.DateExact = !d.Date.IsZero()
	if article.Node != nil {
		d.Paragraphs = strings.Split(render.InnerText(article.Node), "\n")
	}
	return nil
}

// head is what a page says of itself.
type head struct {
	canonical string
	meta      map[string]string // by name or property, the first of each
	times     []string          // of its <time> elements
}

// readHead walks through a page without recursion: pages nest as deep as they like.
func readHead(page *html.Node) head {
	h := head{meta: map[string]string{}}
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		a := attributes(n)
		switch n.Data {
		case "link":
			if strings.EqualFold(a["rel"], "canonical") && h.canonical == "" {
				h.canonical = a["href"]
			}
		case "meta":
			name := strings.ToLower(a["property"] + a["name"] + a["itemprop"])
			if _, given := h.meta[name]; !given {
				h.meta[name] = a["content"]
			}
		case "time":
			h.times = append(h.times, a["datetime"])
		}
	}
	return h
}

func attributes(n *html.Node) map[string]string {
	a := make(map[string]string, len(n.Attr))
	for _, x := range n.Attr {
		a[x.Key] = strings.TrimSpace(x.Val)
	}
	return a
}

// published is the day on which the page says it was published; in the time of its clock, not in UTC.
func (h head) published() time.Time {
	for _, name := range []string{"article:published_time", "og:article:published_time", "datepublished", "pubdate", "dc.date", "date"} {
		if day := datePart(h.meta[name]); !day.IsZero() {
			return day
		}
	}
	for _, written := range h.times {
		if day := datePart(written); !day.IsZero() {
			return day
		}
	}
	return time.Time{}
}

// datePart is the day that a time such as "2026-02-02T15:17:00+05:00" begins with.
func datePart(written string) time.Time {
	day, err := time.Parse(time.DateOnly, written[:min(len(written), len(time.DateOnly))])
	if err != nil {
		return time.Time{}
	}
	return day
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// firstAddress is the first of the addresses that a citizen could open.
func firstAddress(list ...string) string {
	for _, a := range list {
		if u, err := url.Parse(a); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			return a
		}
	}
	return ""
}
