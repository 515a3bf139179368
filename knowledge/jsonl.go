package knowledge

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// record is one line of a statements.jsonl. Keys it does not name are passed over: the format is
// shared with other projects, which may say more than refbot reads.
type record struct {
	ID               string   `json:"id"`
	Key              string   `json:"key"`
	Lang             string   `json:"lang"`
	Date             string   `json:"date"`
	DateExact        *bool    `json:"date_exact"`
	DateNote         string   `json:"date_note"`
	Speaker          string   `json:"speaker"`
	Office           string   `json:"office"`
	Kind             string   `json:"kind"`
	Outlet           string   `json:"outlet"`
	Title            string   `json:"title"`
	URL              string   `json:"url"`
	Topics           []string `json:"topics"`
	Aliases          []string `json:"aliases"`
	SupersededBy     []string `json:"superseded_by"`
	ValidFrom        string   `json:"valid_from"`
	ValidUntil       string   `json:"valid_until"`
	Conflict         string   `json:"conflict"`
	TranslatedBy     string   `json:"translated_by"`
	OriginalLanguage string   `json:"original_language"`
	Verbatim         bool     `json:"verbatim"`
	Text             string   `json:"text"`
}

// parseJSONL reads statements, one JSON object a line; empty lines are passed over.
func parseJSONL(file string, r io.Reader, p *problems) []*draft {
	var drafts []*draft
	lines := bufio.NewScanner(io.LimitReader(r, MaxJSONLFile+1))
	lines.Buffer(make([]byte, 0, 64<<10), MaxJSONLLine)
	at := place{file: file}
	size := 0
	for lines.Scan() {
		at.line++
		size += len(lines.Bytes()) + 1
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		if d := parseRecord(at, line, p); d != nil {
			drafts = append(drafts, d)
		}
		if len(drafts) > MaxStatements || size > MaxJSONLFile {
			p.errorf(at, "too large: at most %d statements and %d MiB", MaxStatements, MaxJSONLFile>>20)
			return nil
		}
	}
	if err := lines.Err(); err != nil {
		at.line++
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("line longer than %d bytes", MaxJSONLLine)
		}
		p.errorf(at, "%v", err)
	}
	return drafts
}

// parseRecord reads one line; nil when it is no statement.
func parseRecord(at place, line []byte, p *problems) *draft {
	if !utf8.Valid(line) {
		p.errorf(at, "not UTF-8 text")
		return nil
	}
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		p.errorf(at, "broken JSON: %v", err)
		return nil
	}
	d := r.draft()
	d.at = at
	return d
}

// draft turns the record into what a Markdown author would have written.
func (r *record) draft() *draft {
	d := &draft{
		lenient: true, text: paragraphs(r.Text),
		id: r.ID, key: orElse(r.Key, r.ID), language: r.Lang,
		date: r.Date, dateNote: squeeze(r.DateNote),
		speaker: squeeze(r.Speaker), office: squeeze(r.Office), kind: r.Kind,
		outlet: squeeze(r.Outlet), title: squeeze(r.Title), url: squeeze(r.URL),
		topics: squeezeAll(r.Topics), aliases: squeezeAll(r.Aliases), supersededBy: squeezeAll(r.SupersededBy),
		validFrom: r.ValidFrom, validUntil: r.ValidUntil, conflict: squeeze(r.Conflict),
		translatedBy: squeeze(r.TranslatedBy), originalLanguage: r.OriginalLanguage,
	}
	if r.DateExact != nil {
		d.dateExact = strconv.FormatBool(*r.DateExact)
	}
	if r.Verbatim {
		d.verbatim = strconv.FormatBool(true)
	}
	return d
}

// squeezeAll squeezes every entry of a list and drops the empty ones.
func squeezeAll(list []string) []string {
	var kept []string
	for _, v := range list {
		if v = squeeze(v); v != "" {
			kept = append(kept, v)
		}
	}
	return kept
}
