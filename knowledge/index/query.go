package index

import (
	"slices"
	"unicode/utf8"

	"refbot/knowledge/language"
)

// Via says how a variant of a group was found.
type Via uint8

// The ways, surest first.
const (
	Same    Via = iota // the word's own stem, or the value
	Meaning            // its notion in the thesaurus
	Script             // a word with the same skeleton
	Likely             // a word that looks like it
)

var viaNames = [...]string{"same", "meaning", "script", "likely"}

// String names the way.
func (v Via) String() string { return viaNames[v] }

// Variant is one way to find a group's word in a document.
type Variant struct {
	Term   Term
	Weight float32 // against the word itself
	Via    Via
}

// Group is a word or value of a question with the ways to find it.
type Group struct {
	Token    language.Token
	Weight   float32 // 1 for what the question asks, less for what it carries over
	IDF      float32 // of the word itself; of an unseen word where the index has no way to find it
	Stop     bool    // a word without a subject of its own
	Light    bool    // a word that says little by itself
	Known    bool    // the index holds the word itself, its skeleton or its notion
	Notions  []string
	Variants []Variant
}

// Query is a question as the index searches it.
type Query struct {
	Groups []Group
	Asks   Asked // the kind of value it asks for
}

// Parse reads a question. The language is a hint that orders nothing out: every word is looked up by
// its stems in all languages.
func (x *Index) Parse(text string) *Query { return x.ParseTokens(language.Tokenize(text)) }

// Bounds of a question: how many different words are looked up, and how long one may be, in bytes. A word
// counts once however often it stands.
const (
	maxWords = 64
	longWord = 120
)

// shortWord is the length up to which a word nobody knows is taken for a fragment.
const shortWord = 3

// ParseTokens is Parse for a text already cut into tokens.
func (x *Index) ParseTokens(tokens []language.Token) *Query {
	q := &Query{Asks: asks(tokens)}
	var mentions []Mention
	if x.options.Thesaurus != nil {
		mentions = x.options.Thesaurus.Mentions(tokens)
	}
	met := map[string]bool{}
	for i := range tokens {
		name := tokens[i].Folded + tokens[i].Value
		if met[name] || len(met) == maxWords || len(name) > longWord {
			q.Groups = append(q.Groups, Group{Token: tokens[i], Stop: true})
			continue
		}
		met[name] = true
		g := x.group(&tokens[i])
		for _, m := range mentions {
			if m.From <= i && i < m.To {
				g.Notions = append(g.Notions, m.Notion)
				g.Light = g.Light || m.To-m.From == 1 && x.options.Thesaurus.Light(m.Notion)
				x.vary(&g, key(Notion, m.Notion), x.tuning.Meaning*m.Weight, Meaning)
			}
		}
		x.weigh(&g)
		q.Groups = append(q.Groups, g)
	}
	return q
}

func (x *Index) group(t *language.Token) Group {
	g := Group{Token: *t, Weight: 1}
	for i, value := range values(t) {
		x.vary(&g, key(Value, value), [...]float32{1, .7, .5}[min(i, 2)], Same)
	}
	if t.Kind != language.Word {
		return g
	}
	g.Stop = language.Stop(t.Folded, "") || language.QuestionWord(t.Folded)
	for _, stem := range stems(t.Folded) {
		x.vary(&g, stem, 1, Same)
	}
	if c, ok := cut(t.Folded); ok {
		x.vary(&g, key(Cut, c), x.tuning.Cut, Same)
	}
	if !g.Stop {
		x.varyByLooks(&g)
	}
	return g
}

// stems returns a word's stems in every language of its script.
func stems(folded string) []string {
	if stemmer(folded, language.Russian) == language.English {
		return []string{language.Stem(folded, language.English)}
	}
	list := []string{language.Stem(folded, language.Russian), language.Stem(folded, language.Kazakh)}
	return distinct(list)
}

// vary adds a way to find the group's word, if the index holds the term.
func (x *Index) vary(g *Group, name string, weight float32, via Via) {
	t, ok := x.vocabulary.numbers[name]
	if !ok {
		return
	}
	for i := range g.Variants {
		if v := &g.Variants[i]; v.Term == t {
			v.Weight = max(v.Weight, weight)
			return
		}
	}
	g.Variants = append(g.Variants, Variant{t, weight, via})
	g.Known = g.Known || via != Likely
}

// varyByLooks adds words written alike.
func (x *Index) varyByLooks(g *Group) {
	tried := map[string]bool{}
	for _, stem := range stems(g.Token.Folded) {
		skeleton := language.Skeleton(stem)
		if skeleton == "" || tried[skeleton] {
			continue
		}
		tried[skeleton] = true
		for _, like := range x.similar.find(skeleton, x.tuning.LikeLimit, x.tuning.LikeLeast) {
			weight, via := x.tuning.Likely*like.value*like.value, Likely
			if x.similar.keys[like.key] == skeleton {
				weight, via = x.tuning.Script, Script
			}
			for _, t := range x.similar.terms[like.key] {
				x.vary(g, x.vocabulary.names[t], weight, via)
			}
		}
	}
}

// weigh sets the group's idf and orders its variants by weight.
func (x *Index) weigh(g *Group) {
	slices.SortStableFunc(g.Variants, func(a, b Variant) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	g.IDF = x.groupIDF(g)
	switch {
	case len(g.Variants) == 0 && (g.Stop || utf8.RuneCountInString(g.Token.Folded) <= shortWord):
		g.Stop, g.Weight = true, 0
	case g.Stop:
		g.Weight *= x.tuning.Stop
	case g.Light:
		g.Weight *= x.tuning.Light
	}
}

// sure is the least weight of a variant that tells how common a group's word is.
const sure = .6

// groupIDF is how rare a group's word is: between its rarest sure variant, because a rare spelling of
// a common word is no rare word, and its most common one, because a stem may merge unrelated words.
func (x *Index) groupIDF(g *Group) float32 {
	least, most := float32(-1), float32(0)
	for _, v := range g.Variants {
		if v.Weight < sure || v.Via == Likely {
			continue
		}
		most = max(most, x.idf[v.Term])
		if least < 0 || x.idf[v.Term] < least {
			least = x.idf[v.Term]
		}
	}
	if least < 0 {
		return idf(x.size, 0)
	}
	return x.tuning.Common*least + (1-x.tuning.Common)*most
}

// worth is what a full match of a variant adds.
func (x *Index) worth(g *Group, v Variant) float32 {
	return g.Weight * v.Weight * min(g.IDF, x.idf[v.Term])
}
