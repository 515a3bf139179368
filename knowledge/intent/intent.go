package intent

import (
	_ "embed"
	"strings"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
	"refbot/knowledge/thesaurus"
)

//go:embed cues.txt
var cueList string

// Reader recognises intents. It is safe for concurrent use.
type Reader struct{ cues *thesaurus.Thesaurus }

// NewReader builds a reader.
func NewReader() *Reader {
	return &Reader{thesaurus.Of(thesaurus.Parse(cueList, 1))}
}

// Reading is what a message shows.
type Reading struct {
	// Cues maps families ("talk", "advice") to the cues seen, each once, in order.
	Cues map[string][]string
	// Words counts the words of the message, Courtesy those that belong to a courtesy or to the small
	// words around it, Plain those no cue explains.
	Words, Courtesy, Plain int
	// At holds the family of every word's cue, "" for none; where cues overlap, the longest.
	At []string
}

// Saw reports whether a cue of that family was seen.
func (r *Reading) Saw(family string) bool { return len(r.Cues[family]) > 0 }

// SawCue reports whether that cue was seen.
func (r *Reading) SawCue(family, cue string) bool {
	for _, c := range r.Cues[family] {
		if c == cue {
			return true
		}
	}
	return false
}

// Read reads the words of a message.
func (r *Reader) Read(tokens []language.Token) *Reading {
	reading := &Reading{Cues: map[string][]string{}, Words: len(tokens), At: make([]string, len(tokens))}
	long := make([]int, len(tokens))
	for _, m := range r.cues.Mentions(tokens) {
		family, cue, _ := strings.Cut(m.Notion, ":")
		if family == "order" && told(tokens[m.From:m.To]) {
			continue
		}
		reading.see(family, cue)
		reading.mark(m, family, long)
	}
	for i, family := range reading.At {
		switch {
		case family == "talk" || family == "filler":
			reading.Courtesy++
		case family == "" && !language.Stop(tokens[i].Folded, ""):
			reading.Plain++
		}
	}
	return reading
}

// told reports words that tell what was said or written, as no order does: stems do not tell «деп жаз» (write that) from
// «деп жазылған» (it is written that), nor "say the" from "says the".
func told(tokens []language.Token) bool {
	for i := range tokens {
		f := tokens[i].Folded
		if f == "says" || f == "said" || f == "скажите" {
			return true
		}
		for _, ending := range toldEndings {
			if strings.HasSuffix(f, ending) {
				return true
			}
		}
	}
	return false
}

// toldEndings are the endings of Kazakh passives.
var toldEndings = []string{"ылган", "илген", "ылды", "илди", "ылады", "иледи", "ылып", "илип"}

func (r *Reading) see(family, cue string) {
	if !r.SawCue(family, cue) {
		r.Cues[family] = append(r.Cues[family], cue)
	}
}

// mark notes the family at the words of a mention: a courtesy wins over other families of the same
// length, because a greeting is a greeting whatever else its words may mean.
func (r *Reading) mark(m index.Mention, family string, long []int) {
	for i := m.From; i < m.To; i++ {
		n := 2 * (m.To - m.From)
		if family == "talk" {
			n++
		}
		if n > long[i] {
			long[i], r.At[i] = n, family
		}
	}
}

// Knows reports whether a word belongs to a cue by itself.
func (r *Reader) Knows(t *language.Token) bool {
	return len(r.cues.Mentions([]language.Token{*t})) > 0
}

// Words returns the folded whole words of the cues, for a corrector of spelling.
func (r *Reader) Words() []string { return r.cues.Words() }
