package knowledge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"

	"refbot/knowledge/language"
)

// fingerprint names the content of a pack: its newest date and the first 32 bits of a SHA-256 over
// every value. The order of files and their layout do not matter, the order of aliases and topics
// within a statement does.
func (p *Pack) fingerprint() string {
	h := sha256.New()
	for i := range p.Statements {
		d := draftOf(&p.Statements[i])
		for name, value := range d.texts {
			digest(h, name, value)
		}
	}
	if p.Campaign.ID != "" {
		digest(h, "campaign", string(p.Campaign.yaml()))
	}
	p.Glossary.digest(h)
	return fmt.Sprintf("%s-%s", day(p.AsOf()), hex.EncodeToString(h.Sum(nil)[:4]))
}

// digest adds the terms; their order in the file does not matter.
func (g *Glossary) digest(h hash.Hash) {
	terms := slices.SortedFunc(slices.Values(g.Terms), func(a, b Term) int { return strings.Compare(a.ID, b.ID) })
	for _, t := range terms {
		digest(h, "term", t.ID)
		digest(h, "entity", string(t.Entity))
		for _, id := range t.Related {
			digest(h, "related", id)
		}
		for _, code := range language.Codes() {
			for _, form := range t.Forms[code] {
				digest(h, string(code), form)
			}
		}
	}
}

// digest adds a named value with its length, so that no two packs read alike.
func digest(h hash.Hash, name, value string) {
	line := make([]byte, 0, len(name)+len(value)+16)
	line = append(line, name...)
	line = append(line, ' ')
	line = strconv.AppendInt(line, int64(len(value)), 10)
	line = append(line, ' ')
	line = append(line, value...)
	h.Write(line)
}
