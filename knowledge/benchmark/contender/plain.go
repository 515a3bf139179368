package contender

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"

	"refbot/knowledge/language"
)

// The customary constants of BM25 (Robertson and Zaragoza 2009).
const (
	k1 = 1.2
	b  = .75
)

type posting struct {
	doc int32
	tf  float32
}

// plain is the classic: words in lower case, Snowball stems, BM25, every posting read.
type plain struct {
	postings map[string][]posting
	norm     []float32 // k1·(1-b+b·length/average) by document
	cyrillic func(word string) string
	sums     []float32
}

func buildPlain(passages []Passage, code language.Code) (Engine, error) {
	e := &plain{postings: map[string][]posting{}, norm: make([]float32, len(passages)), sums: make([]float32, len(passages))}
	e.cyrillic = func(word string) string { return russian.Stem(word, true) }
	if code == language.Kazakh { // Snowball has no Kazakh stemmer
		e.cyrillic = func(word string) string { return word }
	}
	total := 0
	for doc := range passages {
		words := e.words(passages[doc].Whole())
		for _, word := range words {
			list := e.postings[word]
			if len(list) == 0 || list[len(list)-1].doc != int32(doc) {
				list = append(list, posting{doc: int32(doc)})
			}
			list[len(list)-1].tf++
			e.postings[word] = list
		}
		e.norm[doc] = float32(len(words))
		total += len(words)
	}
	average := max(float32(total)/float32(max(len(passages), 1)), 1)
	for doc, length := range e.norm {
		e.norm[doc] = k1 * (1 - b + b*length/average)
	}
	return e, nil
}

func (e *plain) words(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range words {
		if word[0] < 0x80 {
			words[i] = english.Stem(word, true)
		} else {
			words[i] = e.cyrillic(word)
		}
	}
	return words
}

func (e *plain) idf(word string) float32 {
	return float32(idf(float64(len(e.norm)), float64(len(e.postings[word]))))
}

func (e *plain) Search(text string, k int) ([]Hit, error) {
	clear(e.sums)
	for _, word := range e.words(text) {
		weight := e.idf(word) * (k1 + 1)
		for _, p := range e.postings[word] {
			e.sums[p.doc] += weight * p.tf / (p.tf + e.norm[p.doc])
		}
	}
	var hits []Hit
	for doc, sum := range e.sums {
		if sum > 0 {
			hits = append(hits, Hit{doc, float64(sum)})
		}
	}
	slices.SortFunc(hits, func(x, y Hit) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Doc, y.Doc)) })
	return hits[:min(k, len(hits))], nil
}

func (e *plain) Sure(text string) (float64, error) {
	hits, err := e.Search(text, 1)
	if err != nil || len(hits) == 0 {
		return 0, err
	}
	var most float64
	for _, word := range e.words(text) {
		most += float64(e.idf(word)) * (k1 + 1)
	}
	return hits[0].Score / most, nil
}

func (e *plain) OffHeap() (int64, error) { return 0, nil }
func (e *plain) Close() error            { return nil }
