package index

import (
	"slices"

	"refbot/knowledge/language"
)

// holdsKindBonus raises a sentence that holds a value of the kind asked for.
const holdsKindBonus = 1.3

// Covers returns, for every sentence of a document's title and text in order, how much of a question's
// weight it holds. The title is one sentence; sentences are those of [AppendSentences]. The result is valid until the
// next call.
func (r *Reader) Covers(doc uint32) []float32 {
	x := r.x
	r.held = slices.Grow(r.held[:0], len(r.q.Groups))[:len(r.q.Groups)]
	clear(r.held)
	r.covers = r.covers[:0]
	fits, wanted := false, r.q.Asks.holds()
	for _, t := range x.sequence[x.offset[doc]:x.offset[doc+1]] {
		if t == sentenceBreak {
			r.covers = append(r.covers, r.q.sum(r.held, fits))
			clear(r.held)
			fits = false
			continue
		}
		t &^= notionBit
		for n := r.places.find(t); n >= 0; n = r.ways[n].next {
			w := &r.ways[n]
			r.held[w.group] = max(r.held[w.group], w.weight)
		}
		fits = fits || x.vocabulary.traits[t]&wanted != 0
	}
	return r.covers
}

// Densest returns the most that one sentence of a document, its title among them, holds of the first groups of a question,
// where each weighs what weights gives it.
func (r *Reader) Densest(doc uint32, weights []float32) float32 {
	x := r.x
	r.held = slices.Grow(r.held[:0], len(weights))[:len(weights)]
	clear(r.held)
	var most float32
	for _, t := range x.sequence[x.offset[doc]:x.offset[doc+1]] {
		if t == sentenceBreak {
			var sum float32
			for i, held := range r.held {
				sum += weights[i] * held
			}
			most = max(most, sum)
			clear(r.held)
			continue
		}
		t &^= notionBit
		for n := r.places.find(t); n >= 0; n = r.ways[n].next {
			if w := &r.ways[n]; w.group < len(r.held) {
				r.held[w.group] = max(r.held[w.group], w.weight)
			}
		}
	}
	return most
}

func (q *Query) sum(held []float32, fits bool) float32 {
	var sum float32
	for i, weight := range held {
		sum += q.Groups[i].Weight * q.Groups[i].IDF * weight
	}
	if fits {
		sum *= holdsKindBonus
	}
	return sum
}

// AppendSentences appends the byte ranges of the sentences of a text that hold words or values. The tokens are
// those [language.Tokenize] gives of it.
func AppendSentences(list [][2]int32, text string, tokens []language.Token) [][2]int32 {
	i := 0
	for _, s := range language.Sentences(text) {
		first := i
		for i < len(tokens) && tokens[i].Start < s[1] {
			i++
		}
		if i > first {
			list = append(list, [2]int32{int32(s[0]), int32(s[1])})
		}
	}
	return list
}
