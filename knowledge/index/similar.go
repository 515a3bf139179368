package index

import (
	"cmp"
	"slices"
	"sync"
	"unicode/utf8"

	"refbot/knowledge/dictionary"
	"refbot/knowledge/language"
)

// similar finds words of the vocabulary that look like a given one, by the n-grams of their
// script-independent skeletons.
type similar struct {
	keys  *dictionary.Dictionary // distinct skeletons
	terms lists                  // words by skeleton
	grams map[gram]uint32        // numbers of grams
	has   lists                  // skeletons by gram
	count []uint8                // grams of a skeleton
	pool  *sync.Pool             // of *tally
}

// lists are lists of numbers, one behind the other.
type lists struct{ start, items []uint32 }

func (l *lists) of(n uint32) []uint32 { return l.items[l.start[n]:l.start[n+1]] }

// pair is an item of list n.
type pair struct{ n, item uint32 }

// newLists sorts items, stably, into the lists they belong to.
func newLists(size int, pairs []pair) lists {
	l := lists{make([]uint32, size+1), make([]uint32, len(pairs))}
	for _, p := range pairs {
		l.start[p.n+1]++
	}
	for n := range size {
		l.start[n+1] += l.start[n]
	}
	next := slices.Clone(l.start)
	for _, p := range pairs {
		l.items[next[p.n]] = p.item
		next[p.n]++
	}
	return l
}

// A word is compared by grams of this many letters.
const gramSize = 3

// gram is a run of gramSize letters, or a whole short word with its marks, 21 bits each.
type gram uint64

// appendGrams appends the distinct grams of a skeleton, marked at both ends, in order.
func appendGrams(list []gram, skeleton string) []gram {
	const edge, letter, all = '_', 21, 1<<(gramSize*21) - 1
	first, g, n := len(list), gram(edge), 1
	for i := 0; i <= len(skeleton); n++ {
		r, size := rune(edge), 1
		if i < len(skeleton) {
			r, size = utf8.DecodeRuneInString(skeleton[i:])
		}
		i += size
		if g = (g<<letter | gram(r)) & all; n+1 >= gramSize {
			list = append(list, g)
		}
	}
	grams := list[first:]
	slices.Sort(grams)
	return list[:first+len(slices.Compact(grams))]
}

func newSimilar(v *vocabulary) *similar {
	s := &similar{grams: map[gram]uint32{}}
	numbers, keys := map[string]uint32{}, []string(nil)
	var terms, has []pair
	var grams []gram
	for t := range uint32(v.Size()) {
		if v.kind(t) != Word {
			continue
		}
		skeleton := language.Skeleton(v.Name(t))
		if skeleton == "" {
			continue
		}
		k, met := numbers[skeleton]
		if !met {
			k = uint32(len(keys))
			numbers[skeleton] = k
			keys = append(keys, skeleton)
			grams = appendGrams(grams[:0], skeleton)
			has = s.note(has, k, grams)
		}
		terms = append(terms, pair{k, t})
	}
	s.keys, s.terms, s.has = dictionary.Of(keys), newLists(len(keys), terms), newLists(len(s.grams), has)
	s.pool = &sync.Pool{New: func() any { return &tally{shared: make([]uint8, len(keys))} }}
	return s
}

// note adds the grams of skeleton k.
func (s *similar) note(has []pair, k uint32, grams []gram) []pair {
	for _, g := range grams {
		n, ok := s.grams[g]
		if !ok {
			n = uint32(len(s.grams))
			s.grams[g] = n
		}
		has = append(has, pair{n, k})
	}
	s.count = append(s.count, uint8(min(len(grams), 255)))
	return has
}

// likeness is a skeleton with its similarity to a word, in (0,1].
type likeness struct {
	key   uint32
	value float32
}

// tally counts the grams skeletons share with a word.
type tally struct {
	shared  []uint8 // by skeleton, all 0 between words
	touched []uint32
	grams   []gram
	lists   [][]uint32
	found   []likeness
}

// budget bounds the gram postings read for one word; rare grams are read first.
const budget = 6000

// find returns the skeletons most like a word, best first, at most n, each at least as like as least:
// Dice's coefficient over their grams.
func (s *similar) find(skeleton string, n int, least float32) []likeness {
	y := s.pool.Get().(*tally)
	defer s.pool.Put(y)
	total := y.read(s, skeleton)
	y.found = y.found[:0]
	for _, k := range y.touched {
		c := y.shared[k]
		y.shared[k] = 0
		if v := 2 * float32(c) / float32(total+int(s.count[k])); v >= least {
			y.found = append(y.found, likeness{k, v})
		}
	}
	slices.SortFunc(y.found, func(a, b likeness) int {
		if a.value != b.value {
			return cmp.Compare(b.value, a.value)
		}
		return cmp.Compare(a.key, b.key)
	})
	return slices.Clone(y.found[:min(n, len(y.found))])
}

// read counts the grams of a word and returns how many it has.
func (y *tally) read(s *similar, skeleton string) int {
	y.grams, y.lists, y.touched = appendGrams(y.grams[:0], skeleton), y.lists[:0], y.touched[:0]
	for _, g := range y.grams {
		if number, ok := s.grams[g]; ok {
			y.lists = append(y.lists, s.has.of(number))
		}
	}
	slices.SortStableFunc(y.lists, func(a, b []uint32) int { return len(a) - len(b) })
	read := 0
	for _, list := range y.lists {
		if read += len(list); read > budget && len(y.touched) > 0 {
			break
		}
		for _, k := range list {
			if y.shared[k] == 0 {
				y.touched = append(y.touched, k)
			}
			y.shared[k]++
		}
	}
	return len(y.grams)
}
