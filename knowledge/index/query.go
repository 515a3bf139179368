package index

import (
	"cmp"
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
	slight   bool // a word of everyday speech, where no notion says otherwise
}

// Query is a question as the index searches it.
type Query struct {
	Groups []Group
	Asks   Asked // the kind of value it asks for
}

// Parse reads a question. The language is a hint that orders nothing out: every word is looked up by
// its stems in all languages.
func (x *Index) Parse(text string) *Query {
	return x.ParseTokens(language.Numerals(text, language.Tokenize(text)))
}

// Bounds of a question: how many different words are looked up, and how long one may be, in bytes. A word
// counts once however often it stands.
const (
	maxWords = 64
	longWord = 120
)

// manyWords is how many words a question has at least in which a verb nobody knows says little: the others tell what it is
// about.
const manyWords = 6

// shortWord is the length up to which a word nobody knows is taken for a fragment.
const shortWord = 1

// ParseTokens is Parse for a text already cut into tokens.
func (x *Index) ParseTokens(tokens []language.Token) *Query {
	q := &Query{Asks: asks(tokens), Groups: make([]Group, 0, len(tokens))}
	var mentions []Mention
	if x.options.Thesaurus != nil {
		mentions = x.options.Thesaurus.Mentions(tokens)
	}
	words := 0
	for i := range tokens {
		t := &tokens[i]
		if words == maxWords || len(t.Folded)+len(t.Value) > longWord || q.has(t) {
			q.Groups = append(q.Groups, Group{Token: *t, Stop: true})
			continue
		}
		words++
		g := *x.group(t)
		g.Token = *t
		g.Stop = g.Stop || i > 0 && tokens[i-1].Folded == "how" && measures[t.Folded]
		x.vary(&g, mentions, tokens, i)
		x.lighten(&g, len(tokens))
		x.weigh(&g)
		q.Groups = append(q.Groups, g)
	}
	return q
}

// lighten marks a word of a question of so many words that says little.
func (x *Index) lighten(g *Group, words int) {
	speech := x.tuning.Slight // people speak: most of what they say and texts do not is no subject
	folded := g.Token.Folded
	if speech && words >= manyWords && !g.Known && g.Token.Kind == language.Word && language.Verbal(folded) {
		g.slight = true
	}
	if g.slight && len(g.Notions) == 0 { // nothing is lacking where it is
		g.Light, g.Stop = g.Light || speech, g.Stop || !g.Known
	}
	if speech && (g.Light && !g.Known || language.Multiplier(folded)) { // "today", "my neighbour"; "how many millions"
		g.Stop = true
	}
}

// Measure reports whether a folded word behind "how" says only what kind of number is meant ("how long").
func Measure(folded string) bool { return measures[folded] }

// measures are words that say no more than the question word behind "how".
var measures = map[string]bool{"long": true, "often": true, "far": true, "soon": true, "big": true, "times": true, "раз": true, "рет": true}

// has reports whether a word already has a group.
func (q *Query) has(t *language.Token) bool {
	for i := range q.Groups {
		if g := &q.Groups[i].Token; g.Folded == t.Folded && g.Value == t.Value {
			return true
		}
	}
	return false
}

// group returns a word with the ways to find it by itself, surest first. It is shared.
func (x *Index) group(t *language.Token) *Group {
	name := t.Folded
	if t.Value != "" {
		name = string(valueMark) + t.Value + string(valueMark) + t.Folded
	}
	if g, ok := x.met.Get(name); ok {
		return g
	}
	g := &Group{Weight: 1}
	for i, value := range values(t) {
		g.find(x, key(Value, value), [...]float32{1, .7, .5}[min(i, 2)], Same)
	}
	if t.Kind == language.Word {
		x.findWord(g, t.Folded)
	}
	sortVariants(g.Variants)
	g.Variants = slices.Clip(g.Variants)
	g.IDF = x.groupIDF(g)
	x.met.Put(name, g)
	return g
}

func (x *Index) findWord(g *Group, folded string) {
	g.Stop = language.Stop(folded, "") || language.QuestionWord(folded)
	stems := stems(folded)
	for _, stem := range stems {
		g.find(x, stem, 1, Same)
	}
	if c, ok := cut(folded); ok {
		g.find(x, key(Cut, c), x.tuning.Cut, Same)
	}
	if !g.Stop {
		x.findAlike(g, stems)
	}
	g.slight = language.Slight(folded)
}

// stems returns a word's stems in every language of its script.
func stems(folded string) []string {
	if stemmer(folded, language.Russian) == language.English {
		return []string{language.Stem(folded, language.English)}
	}
	a, b := language.Stem(folded, language.Russian), language.Stem(folded, language.Kazakh)
	switch cmp.Compare(a, b) {
	case -1:
		return []string{a, b}
	case 1:
		return []string{b, a}
	}
	return []string{a}
}

// find adds a way to find the group's word, if the index holds the term.
func (g *Group) find(x *Index, name string, weight float32, via Via) {
	if t, ok := x.vocabulary.Find(name); ok {
		g.add(t, weight, via)
	}
}

func (g *Group) add(t Term, weight float32, via Via) {
	for i := range g.Variants {
		if v := &g.Variants[i]; v.Term == t {
			v.Weight = max(v.Weight, weight)
			return
		}
	}
	g.Variants = append(g.Variants, Variant{t, weight, via})
	g.Known = g.Known || via != Likely
}

// findAlike adds words written alike.
func (x *Index) findAlike(g *Group, stems []string) {
	tried, unknown := "", len(g.Variants) == 0
	for _, stem := range stems {
		skeleton := language.Skeleton(stem)
		if skeleton == tried {
			continue
		}
		tried = skeleton
		for _, like := range x.similar.find(skeleton, x.tuning.LikeLimit, x.tuning.LikeLeast) {
			weight, via := x.tuning.Likely*like.value*like.value, Likely
			switch name := x.similar.keys.Name(like.key); {
			case name == skeleton:
				weight, via = x.tuning.Script, Script
			case unknown && len(skeleton) >= slipLeast && oneSlip(name, skeleton):
				weight = max(weight, x.tuning.Slip)
			}
			for _, t := range x.similar.terms.of(like.key) {
				g.add(t, weight, via)
			}
		}
	}
}

// slipLeast is how many letters the skeleton of a word nobody knows has that may be one of the index with one slip:
// shorter ones are too like each other.
const slipLeast = 6

// oneSlip reports whether two words differ by one letter put in, left out or mistaken, or by two that changed places.
func oneSlip(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	switch len(a) - len(b) {
	case 1:
		return a[i+1:] == b[i:]
	case 0:
		return i < len(a) && (a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:])
	}
	return false
}

// asksBy reports whether a question word and the one behind it ask for a common notion ("how old"): they mean
// nothing else.
func asksBy(tokens []language.Token, m Mention) bool {
	return m.To-m.From == 2 && m.Weight < 1 && language.QuestionWord(tokens[m.From].Folded)
}

// vary adds the notions that token i of a question names.
func (x *Index) vary(g *Group, mentions []Mention, tokens []language.Token, i int) {
	own := len(g.Variants)
	idiom := slices.ContainsFunc(mentions, func(m Mention) bool { return m.From <= i && i < m.To && asksBy(tokens, m) })
	if idiom {
		own = 0
	}
	for _, m := range mentions {
		if i < m.From || m.To <= i {
			continue
		}
		if idiom && !asksBy(tokens, m) {
			continue
		}
		g.Notions = append(g.Notions, m.Notion)
		g.Light = g.Light || m.To-m.From == 1 && x.options.Thesaurus.Light(m.Notion)
		if len(g.Notions) == 1 {
			g.Variants = append(make([]Variant, 0, own+2), g.Variants[:own]...) // the group's own are shared
		}
		if t, ok := x.notions[m.Notion]; ok {
			g.add(t, x.tuning.Meaning*m.Weight, Meaning)
		}
	}
	if len(g.Notions) > 0 {
		sortVariants(g.Variants)
		g.IDF = x.groupIDF(g)
	}
}

// Widen lets a group be found by a further notion too, at a weight against its own.
func (x *Index) Widen(q *Query, group int, notion string, weight float32) {
	t, ok := x.notions[notion]
	if !ok {
		return
	}
	g := &q.Groups[group]
	g.Variants = slices.Clone(g.Variants) // they are shared
	g.add(t, x.tuning.Meaning*weight, Meaning)
	sortVariants(g.Variants)
}

func sortVariants(list []Variant) {
	slices.SortStableFunc(list, func(a, b Variant) int { return cmp.Compare(b.Weight, a.Weight) })
}

// weigh sets how much the group counts.
func (x *Index) weigh(g *Group) {
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
		if len(g.Notions) > 0 {
			return idf(x.size, 0)
		}
		return idf(x.size, 0) * x.tuning.Unheard
	}
	return x.tuning.Common*least + (1-x.tuning.Common)*most
}

// worth is what a full match of a variant adds.
func (x *Index) worth(g *Group, v Variant) float32 {
	return g.Weight * v.Weight * min(g.IDF, x.idf[v.Term])
}
