package gate

import (
	_ "embed"
	"strings"

	"refbot/knowledge/language"
	"refbot/knowledge/thesaurus"
)

//go:embed cues.txt
var cueList string

// cue is a turn of phrase at words from to to (exclusive) of a text.
type cue struct {
	family, name string
	from, to     int
}

// cueFinder finds the cues of one language: «не» negates in Russian and asks in Kazakh. Unlike a thesaurus it
// knows no stems: «голосуйте» is advice, «голосует» is not.
type cueFinder struct {
	whole map[string][]*pattern // by the first word
	open  map[string][]*pattern // by the beginning of the first word
}

type pattern struct {
	family, name string
	words        []string // folded; "*" at the end stands for any ending, "_" for any word
}

// readCues builds the finders of cues.txt.
func readCues() map[language.Code]*cueFinder {
	out := map[language.Code]*cueFinder{}
	for _, f := range thesaurus.Parse(cueList, 1) {
		if out[f.Language] == nil {
			out[f.Language] = &cueFinder{map[string][]*pattern{}, map[string][]*pattern{}}
		}
		out[f.Language].add(f)
	}
	return out
}

func (t *cueFinder) add(f thesaurus.Form) {
	p := &pattern{}
	p.family, p.name, _ = strings.Cut(f.Notion, ":")
	for _, w := range strings.FieldsFunc(f.Text, func(r rune) bool { return r == ' ' || r == '-' }) {
		stem, open := strings.CutSuffix(w, "*")
		w = language.Fold(stem)
		if open {
			w += "*"
		}
		p.words = append(p.words, w)
	}
	if stem, open := strings.CutSuffix(p.words[0], "*"); open {
		t.open[stem] = append(t.open[stem], p)
	} else {
		t.whole[stem] = append(t.whole[stem], p)
	}
}

// find returns the cues of a text in their order, without those that a longer one explains.
func (t *cueFinder) find(tokens []language.Token) []cue {
	var list []cue
	for i := range tokens {
		f := tokens[i].Folded
		list = matches(list, t.whole[f], tokens, i)
		for n := range f {
			list = matches(list, t.open[f[:n]], tokens, i)
		}
		list = matches(list, t.open[f], tokens, i)
	}
	out := list[:0:0]
	for i := range list {
		if !explained(list, i) {
			out = append(out, list[i])
		}
	}
	return out
}

func matches(list []cue, patterns []*pattern, tokens []language.Token, i int) []cue {
	for _, p := range patterns {
		if p.matches(tokens[i:]) {
			list = append(list, cue{p.family, p.name, i, i + len(p.words)})
		}
	}
	return list
}

func (p *pattern) matches(tokens []language.Token) bool {
	if len(tokens) < len(p.words) {
		return false
	}
	for i, w := range p.words {
		stem, open := strings.CutSuffix(w, "*")
		f := tokens[i].Folded
		if w != "_" && (open && !strings.HasPrefix(f, stem) || !open && f != stem) {
			return false
		}
	}
	return true
}

// explained reports a cue inside a longer one that takes its meaning: «не» in «не менее», «министр» in
// «заместитель министра».
func explained(list []cue, i int) bool {
	c := list[i]
	for _, o := range list {
		if o.from <= c.from && c.to <= o.to && o.to-o.from > c.to-c.from && takes(o.family, c.family) {
			return true
		}
	}
	return false
}

func takes(long, short string) bool {
	switch short {
	case "neg", "modal":
		return long == "neg" || long == "void" || long == "modal" || long == "adj"
	case "cond":
		return long == "void"
	case "num", "unit":
		return long == "num" || long == "adj"
	case "sharp":
		return long == "sharp" || long == "void" || long == "body" || long == "role"
	case "role", "body":
		return long == short
	}
	return false
}
