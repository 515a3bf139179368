package index

import (
	"slices"

	"refbot/knowledge/language"
)

// similar finds words of the vocabulary that look like a given one, by the n-grams of their
// script-independent skeletons.
type similar struct {
	keys  []string          // distinct skeletons
	terms [][]Term          // words with that skeleton
	bare  map[string]uint32 // skeleton → key
	grams map[string][]uint32
	count []uint8 // grams of a key
}

// A word is compared by grams of this many letters.
const gramSize = 3

func newSimilar(v *vocabulary) *similar {
	s := &similar{bare: map[string]uint32{}, grams: map[string][]uint32{}}
	for t := range v.names {
		if v.kind(Term(t)) == Word {
			s.add(v.names[t], Term(t))
		}
	}
	return s
}

func (s *similar) add(word string, t Term) {
	skeleton := language.Skeleton(word)
	if skeleton == "" {
		return
	}
	k, ok := s.bare[skeleton]
	if !ok {
		k = uint32(len(s.keys))
		s.bare[skeleton] = k
		s.keys = append(s.keys, skeleton)
		s.terms = append(s.terms, nil)
		grams := distinct(language.Grams(skeleton, gramSize))
		for _, g := range grams {
			s.grams[g] = append(s.grams[g], k)
		}
		s.count = append(s.count, uint8(min(len(grams), 255)))
	}
	s.terms[k] = append(s.terms[k], t)
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// likeness is a skeleton with its similarity to a word, in (0,1].
type likeness struct {
	key   uint32
	value float32
}

// budget bounds the gram postings read for one word; rare grams are read first.
const budget = 6000

// find returns the skeletons most like a word, best first, at most n, each at least as like as least:
// Dice's coefficient over their grams.
func (s *similar) find(skeleton string, n int, least float32) []likeness {
	grams := distinct(language.Grams(skeleton, gramSize))
	slices.SortStableFunc(grams, func(a, b string) int { return len(s.grams[a]) - len(s.grams[b]) })
	shared := map[uint32]uint8{}
	read := 0
	for _, g := range grams {
		list := s.grams[g]
		if read += len(list); read > budget && len(shared) > 0 {
			break
		}
		for _, k := range list {
			shared[k]++
		}
	}
	var found []likeness
	for k, c := range shared {
		if v := 2 * float32(c) / float32(len(grams)+int(s.count[k])); v >= least {
			found = append(found, likeness{k, v})
		}
	}
	slices.SortFunc(found, func(a, b likeness) int {
		if a.value != b.value {
			if a.value > b.value {
				return -1
			}
			return 1
		}
		return int(a.key) - int(b.key)
	})
	return found[:min(n, len(found))]
}
