package index

import (
	"cmp"
	"math"
	"slices"

	"refbot/knowledge/language"
	"refbot/knowledge/language/recent"
)

// entry is how often a term stands in the fields of a document.
type entry struct {
	term Term
	doc  uint32
	tf   [fields]uint8
}

// builder collects documents.
type builder struct {
	*Index
	thesaurus Thesaurus
	numbers   map[string]Term // by name
	names     []string
	forms     map[language.Code]map[string]*form
	entries   []entry
	open      []uint32 // by term, the last entry
	lengths   [][fields]uint16
	ends      []bool // after which tokens of a part a sentence ends
}

// Build indexes documents; document i is hit i of a search.
func Build(docs []Document, o Options) *Index {
	if o.Tuning == (Tuning{}) {
		o.Tuning = Measured()
	}
	b := newBuilder(len(docs), o)
	for i := range docs {
		b.add(uint32(i), &docs[i])
	}
	b.countWords()
	x := b.Index
	x.sequence, x.listed, x.asked = slices.Clip(x.sequence), slices.Clip(x.listed), slices.Clip(x.asked)
	if len(x.asked) == 0 {
		x.listedAt, x.askedAt = nil, nil
	}
	x.vocabulary = newVocabulary(b.names)
	x.notions = map[string]Term{}
	for t := range uint32(x.vocabulary.Size()) {
		if x.vocabulary.kind(t) == Notion {
			x.notions[x.vocabulary.Name(t)[1:]] = t
		}
	}
	x.holds = make([]uint8, x.size)
	for d := range x.holds {
		for _, t := range x.sequence[x.offset[d]:x.offset[d+1]] {
			if t != sentenceBreak {
				x.holds[d] |= x.vocabulary.traits[t&^notionBit]
			}
		}
	}
	b.invert()
	x.options.Words, x.options.Read = nil, nil
	x.similar = newSimilar(x.vocabulary)
	x.pool, x.readers = newScratches(x.size, x.vocabulary.Size()), newReaders()
	return x
}

// countWords counts the words of the documents for [Options].
func (b *builder) countWords() {
	if b.options.Words == nil {
		return
	}
	for _, forms := range b.forms {
		for folded, f := range forms {
			b.options.Words[folded] += f.met
		}
	}
}

func newBuilder(size int, o Options) *builder {
	b := &builder{
		Index: &Index{
			options: o, tuning: o.Tuning, size: size, offset: make([]uint32, 1, size+1), listedAt: make([]uint32, 1, size+1), askedAt: make([]uint32, 1, size+1),
			met: recent.New[*Group](remembered), known: recent.New[bool](remembered),
		},
		thesaurus: o.Thesaurus, numbers: map[string]Term{}, forms: map[language.Code]map[string]*form{},
		lengths: make([][fields]uint16, size),
	}
	if t, ok := o.Thesaurus.(interface{ Reader() Thesaurus }); ok {
		b.thesaurus = t.Reader()
	}
	for _, code := range language.Codes() {
		b.forms[code] = map[string]*form{}
	}
	return b
}

func (b *builder) add(doc uint32, d *Document) {
	code := language.Code("")
	for i := range d.Parts {
		p := &d.Parts[i]
		if p.Field == Alias && p.Language == "" {
			b.addPart(doc, p, language.Identify(p.Text).Code)
			continue
		}
		if p.Language == "" && code == "" {
			code = languageOf(d)
		}
		b.addPart(doc, p, cmp.Or(p.Language, code))
	}
	for _, tag := range d.Tags { // after the last sentence: they belong to none
		t := b.term(Notion, TagPrefix+tag)
		b.count(doc, t, Topic)
		b.sequence = append(b.sequence, t|notionBit)
	}
	b.offset = append(b.offset, uint32(len(b.sequence)))
	b.listedAt, b.askedAt = append(b.listedAt, uint32(len(b.listed))), append(b.askedAt, uint32(len(b.asked)))
}

func (b *builder) addPart(doc uint32, p *Part, code language.Code) {
	read := p.Field == Text || p.Field == Title
	tokens := language.Numerals(p.Text, language.Tokenize(p.Text))
	if b.options.Read != nil {
		b.options.Read(doc, p, tokens)
	}
	var mentions []Mention
	if b.thesaurus != nil {
		mentions = b.thesaurus.Mentions(tokens)
		slices.SortStableFunc(mentions, func(m, n Mention) int { return m.From - n.From })
	}
	b.markEnds(p, tokens)
	for i := range tokens {
		first := len(b.sequence)
		b.addToken(doc, p.Field, &tokens[i], code)
		for ; len(mentions) > 0 && mentions[0].From == i; mentions = mentions[1:] {
			term := b.term(Notion, mentions[0].Notion)
			b.count(doc, term, p.Field)
			b.sequence = append(b.sequence, term|notionBit)
		}
		if !read {
			if p.Field == Alias && !language.Stop(tokens[i].Folded, "") {
				b.listed = append(b.listed, b.sequence[first:]...)
			}
			b.sequence = b.sequence[:first]
		} else if b.ends[i] {
			b.sequence = append(b.sequence, sentenceBreak)
		}
	}
	if p.Field == Alias {
		b.listed, b.asked = append(b.listed, sentenceBreak), append(b.asked, asks(tokens))
	}
	b.lengths[doc][p.Field] += uint16(min(len(tokens), math.MaxUint16-int(b.lengths[doc][p.Field])))
}

func (b *builder) addToken(doc uint32, field Field, t *language.Token, code language.Code) {
	for i, value := range values(t) {
		term := b.term(Value, value)
		b.count(doc, term, field)
		if i == 0 {
			b.sequence = append(b.sequence, term)
		}
	}
	if t.Kind != language.Word {
		return
	}
	f := b.form(t.Folded, code)
	b.count(doc, f.stem, field)
	b.sequence = append(b.sequence, f.stem)
	if f.long {
		b.count(doc, f.cut, field)
	}
	f.met++
}

// markEnds notes after which tokens of a part a sentence ends.
func (b *builder) markEnds(p *Part, tokens []language.Token) {
	b.ends = slices.Grow(b.ends[:0], len(tokens))[:len(tokens)]
	clear(b.ends)
	if len(tokens) == 0 {
		return
	}
	b.ends[len(tokens)-1] = true
	if p.Field != Text {
		return
	}
	i := 0
	for _, s := range language.Sentences(p.Text) {
		first := i
		for i < len(tokens) && tokens[i].Start < s[1] {
			i++
		}
		if i > first {
			b.ends[i-1] = true
		}
	}
}

func (b *builder) count(doc uint32, t Term, f Field) {
	for int(t) >= len(b.open) {
		b.open = append(b.open, 0)
	}
	at := b.open[t]
	if int(at) >= len(b.entries) || b.entries[at].term != t || b.entries[at].doc != doc {
		at = uint32(len(b.entries))
		b.open[t] = at
		b.entries = append(b.entries, entry{term: t, doc: doc})
	}
	if b.entries[at].tf[f] < math.MaxUint8 {
		b.entries[at].tf[f]++
	}
}

// invert turns the entries, ordered by document, into postings ordered by term.
func (b *builder) invert() {
	terms := b.vocabulary.Size()
	b.start = make([]uint32, terms+1)
	for i := range b.entries {
		b.start[b.entries[i].term+1]++
	}
	for t := range terms {
		b.start[t+1] += b.start[t]
	}
	b.docs = newNumbers(len(b.entries), b.size)
	b.impacts = make([]uint8, len(b.entries))
	b.masks = make([]uint8, len(b.entries))
	b.top = make([]uint8, terms)
	next := append([]uint32(nil), b.start[:terms]...)
	average := b.averages()
	k1 := b.tuning.saturation(average[Text])
	for i := range b.entries {
		e := &b.entries[i]
		at := next[e.term]
		next[e.term]++
		b.docs.set(at, e.doc)
		b.impacts[at], b.masks[at] = b.impact(e, &average, k1), e.mask()
		b.top[e.term] = max(b.top[e.term], b.impacts[at])
	}
	b.idf = make([]float32, terms)
	for t := range terms {
		b.idf[t] = idf(b.size, int(b.start[t+1]-b.start[t]))
	}
}

func (b *builder) averages() (average [fields]float32) {
	var used [fields]int
	for i := range b.lengths {
		for f, n := range b.lengths[i] {
			average[f] += float32(n)
			if n > 0 {
				used[f]++
			}
		}
	}
	for f := range average {
		average[f] /= float32(max(used[f], 1))
	}
	return average
}

// impact is BM25F's saturated frequency x/(k1+x) in 1/255: x sums the weighted frequencies of the
// fields, each normalised by the field's length against its average.
func (b *builder) impact(e *entry, average *[fields]float32, k1 float32) uint8 {
	var x float32
	for f, tf := range e.tf {
		if tf == 0 {
			continue
		}
		norm := 1 - b.tuning.B + b.tuning.B*float32(b.lengths[e.doc][f])/max(average[f], 1)
		x += b.tuning.Weights[f] * float32(tf) / max(norm, .1)
	}
	return uint8(math.Ceil(float64(x / (k1 + x) * 255)))
}

func (e *entry) mask() uint8 {
	var m Fields
	for f, tf := range e.tf {
		if tf > 0 {
			m = m.With(Field(f))
		}
	}
	return uint8(m)
}

// idf is the probabilistic inverse document frequency of BM25, kept above zero as Lucene does.
func idf(size, df int) float32 {
	return float32(math.Log(1 + (float64(size)-float64(df)+.5)/(float64(df)+.5)))
}
