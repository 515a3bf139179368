package index

import (
	"cmp"
	"math"

	"refbot/knowledge/language"
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
	analyzer  *analyzer
	thesaurus Thesaurus
	entries   []entry
	lengths   [][fields]uint16
	open      map[Term]int // entries of the current document
}

// Build indexes documents; document i is hit i of a search.
func Build(docs []Document, o Options) *Index {
	if o.Tuning == (Tuning{}) {
		o.Tuning = Measured()
	}
	b := &builder{
		Index: &Index{
			options: o, tuning: o.Tuning, size: len(docs), vocabulary: newVocabulary(),
			offset: make([]uint32, 1, len(docs)+1),
		},
		analyzer: newAnalyzer(),
		lengths:  make([][fields]uint16, len(docs)),
		open:     map[Term]int{},
	}
	if t, ok := o.Thesaurus.(interface{ Reader() Thesaurus }); ok {
		b.thesaurus = t.Reader()
	} else {
		b.thesaurus = o.Thesaurus
	}
	for i := range docs {
		b.add(uint32(i), &docs[i])
	}
	b.invert()
	b.options.Words = nil
	b.similar = newSimilar(b.vocabulary)
	b.pool.size = b.size
	return b.Index
}

func (b *builder) add(doc uint32, d *Document) {
	clear(b.open)
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
		t := b.vocabulary.add(key(Notion, TagPrefix+tag))
		b.count(doc, t, Topic)
		b.sequence = append(b.sequence, t|notionBit)
	}
	b.offset = append(b.offset, uint32(len(b.sequence)))
}

// languageOf identifies the language of a document by its longest part.
func languageOf(d *Document) language.Code {
	longest := ""
	for i := range d.Parts {
		if len(d.Parts[i].Text) > len(longest) {
			longest = d.Parts[i].Text
		}
	}
	return language.Identify(longest).Code
}

func (b *builder) addPart(doc uint32, p *Part, code language.Code) {
	read := p.Field == Text || p.Field == Title
	tokens := language.Tokenize(p.Text)
	var mentions []Mention
	if b.thesaurus != nil {
		mentions = b.thesaurus.Mentions(tokens)
	}
	ends := sentenceEnds(p, tokens)
	for i := range tokens {
		t := &tokens[i]
		first := len(b.sequence)
		for _, value := range values(t) {
			term := b.vocabulary.add(key(Value, value))
			b.count(doc, term, p.Field)
			if len(b.sequence) == first {
				b.sequence = append(b.sequence, term)
			}
		}
		if t.Kind == language.Word {
			term := b.vocabulary.add(b.analyzer.stem(t.Folded, code))
			b.count(doc, term, p.Field)
			b.sequence = append(b.sequence, term)
			if c, ok := cut(t.Folded); ok {
				b.count(doc, b.vocabulary.add(key(Cut, c)), p.Field)
			}
			if b.options.Words != nil {
				b.options.Words[t.Folded]++
			}
		}
		for _, m := range mentions {
			if m.From == i {
				term := b.vocabulary.add(key(Notion, m.Notion))
				b.count(doc, term, p.Field)
				b.sequence = append(b.sequence, term|notionBit)
			}
		}
		if !read {
			b.sequence = b.sequence[:first]
		} else if ends[i] {
			b.sequence = append(b.sequence, sentenceBreak)
		}
		b.lengths[doc][p.Field]++
	}
}

// sentenceEnds says after which tokens a sentence ends.
func sentenceEnds(p *Part, tokens []language.Token) map[int]bool {
	ends := map[int]bool{len(tokens) - 1: len(tokens) > 0}
	if p.Field != Text {
		return ends
	}
	i := 0
	for _, s := range language.Sentences(p.Text) {
		first := i
		for i < len(tokens) && tokens[i].Start < s[1] {
			i++
		}
		if i > first {
			ends[i-1] = true
		}
	}
	return ends
}

func (b *builder) count(doc uint32, t Term, f Field) {
	at, ok := b.open[t]
	if !ok {
		at = len(b.entries)
		b.open[t] = at
		b.entries = append(b.entries, entry{term: t, doc: doc})
	}
	if b.entries[at].tf[f] < math.MaxUint8 {
		b.entries[at].tf[f]++
	}
}

// invert turns the entries, ordered by document, into postings ordered by term.
func (b *builder) invert() {
	terms := len(b.vocabulary.names)
	b.start = make([]uint32, terms+1)
	for i := range b.entries {
		b.start[b.entries[i].term+1]++
	}
	for t := range terms {
		b.start[t+1] += b.start[t]
	}
	b.docs = make([]uint32, len(b.entries))
	b.impacts = make([]uint8, len(b.entries))
	b.masks = make([]uint8, len(b.entries))
	b.top = make([]uint8, terms)
	next := append([]uint32(nil), b.start[:terms]...)
	average := b.averages()
	for i := range b.entries {
		e := &b.entries[i]
		at := next[e.term]
		next[e.term]++
		b.docs[at], b.impacts[at], b.masks[at] = e.doc, b.impact(e, &average), e.mask()
		b.top[e.term] = max(b.top[e.term], b.impacts[at])
	}
	b.idf = make([]float32, terms)
	for t := range terms {
		b.idf[t] = idf(b.size, int(b.start[t+1]-b.start[t]))
	}
	b.entries, b.open = nil, nil
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
func (b *builder) impact(e *entry, average *[fields]float32) uint8 {
	var x float32
	for f, tf := range e.tf {
		if tf == 0 {
			continue
		}
		norm := 1 - b.tuning.B + b.tuning.B*float32(b.lengths[e.doc][f])/max(average[f], 1)
		x += b.tuning.Weights[f] * float32(tf) / max(norm, .1)
	}
	return uint8(math.Ceil(float64(x / (b.tuning.K1 + x) * 255)))
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
