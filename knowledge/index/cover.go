package index

import "refbot/knowledge/language"

// holdsKindBonus raises a sentence that holds a value of the kind asked for.
const holdsKindBonus = 1.3

// Covers returns, for every sentence of a document's title and text in order, how much of a question's
// weight it holds. The title is one sentence; sentences are those of [AppendSentences]. The result is valid until the
// next call.
func (r *Reader) Covers(doc uint32) []float32 {
	x := r.x
	r.zero()
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
		r.hold(t)
		fits = fits || x.vocabulary.traits[t]&wanted != 0
	}
	return r.covers
}

// Densest returns the most that one sentence of a document, its title among them, holds of the first groups of a question,
// where each weighs what weights gives it.
func (r *Reader) Densest(doc uint32, weights []float32) float32 {
	r.zero()
	var most float32
	for _, t := range r.x.sequence[r.x.offset[doc]:r.x.offset[doc+1]] {
		if t != sentenceBreak {
			r.hold(t &^ notionBit)
			continue
		}
		var sum float32
		for i, weight := range weights {
			sum += weight * r.held[i]
		}
		most = max(most, sum)
		clear(r.held)
	}
	return most
}

// Together reports whether a sentence of a document holds a group and names a notion.
func (r *Reader) Together(group int, notion string, doc uint32) bool {
	wanted, ok := r.x.notions[notion]
	if !ok {
		return false
	}
	r.zero()
	named := false
	for _, t := range r.x.sequence[r.x.offset[doc]:r.x.offset[doc+1]] {
		if t != sentenceBreak {
			t &^= notionBit
			r.hold(t)
			named = named || t == wanted
			continue
		}
		if named && r.held[group] > 0 {
			return true
		}
		named = false
		clear(r.held)
	}
	return false
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
