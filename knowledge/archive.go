package knowledge

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// MaxArchive bounds an archive of a pack, in bytes; its files have the limits of a folder's.
const MaxArchive = 32 << 20

// Archive packs p into one file, a zip of campaign.yaml, glossary.yaml and statements.jsonl, of which
// [OpenArchive] makes the same pack again. The same pack gives the same bytes.
func Archive(p *Pack) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, data []byte) error {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	var err error
	if p.Campaign.ID != "" {
		err = add("campaign.yaml", p.Campaign.yaml())
	}
	if err == nil && len(p.Glossary.Terms) > 0 {
		err = add("glossary.yaml", p.Glossary.yaml())
	}
	if err == nil {
		err = add("statements.jsonl", p.jsonl())
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("pack knowledge: %w", err)
	}
	return b.Bytes(), nil
}

// OpenArchive reads what [Archive] wrote; origin names it in messages.
func OpenArchive(data []byte, origin string) (*Pack, error) {
	if len(data) > MaxArchive {
		return nil, fmt.Errorf("load knowledge: %s is larger than %d bytes", origin, MaxArchive)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("load knowledge: %s: %w", origin, err)
	}
	return LoadFS(z, origin)
}

// jsonl gives the statements, one JSON object a line.
func (p *Pack) jsonl() []byte {
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	lines.SetEscapeHTML(false)
	for i := range p.Statements {
		if err := lines.Encode(draftOf(&p.Statements[i]).record()); err != nil {
			panic("knowledge: a record does not marshal: " + err.Error()) // it holds texts and flags
		}
	}
	return b.Bytes()
}

// record is the opposite of record.draft.
func (d *draft) record() *record {
	r := &record{
		ID: d.id, Key: d.key, Lang: d.language, Date: d.date, DateNote: d.dateNote,
		Speaker: d.speaker, Office: d.office, Kind: d.kind, Outlet: d.outlet, Title: d.title, URL: d.url,
		Topics: d.topics, Aliases: d.aliases, SupersededBy: d.supersededBy,
		ValidFrom: d.validFrom, ValidUntil: d.validUntil, Conflict: d.conflict,
		TranslatedBy: d.translatedBy, OriginalLanguage: d.originalLanguage,
		Verbatim: d.verbatim == strconv.FormatBool(true), Text: d.text,
	}
	if d.dateExact != "" {
		exact := d.dateExact == strconv.FormatBool(true)
		r.DateExact = &exact
	}
	return r
}
