package lid

import (
	"math"
	"slices"
)

// The ways of writing whose spelling the model knows.
const (
	WritesKazakh = iota
	WritesRussian
	WritesKazakhLatin
	WritesRussianLatin
	WritesEnglish
	// Writings is their number.
	Writings
)

// slots is the number of entries the spelling table of one way of writing holds, Cells its bytes: a
// fingerprint and a cost for each entry.
const (
	slots = 1 << 15
	Cells = 2 * slots
)

const (
	unit    = 16.0 // table units per nat
	unknown = 12.0 // cost in nats of a letter the way of writing does not use
	backoff = 0.9  // cost in nats of falling back to a shorter context
	probes  = 8    // places after the first where an entry may stand
	edge    = '_'
)

// place returns the slot and the fingerprint, never 0, of the trigram, bigram (a = 0) or single letter
// (a = b = 0).
func place(a, b, c rune) (slot uint32, mark byte) {
	h := uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca6b ^ uint32(c)*0xc2b2ae35
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 13
	return h % slots, byte(h>>24) | 1
}

// lookup returns the cost of an entry in table units, 0 when there is none.
func lookup(table string, a, b, c rune) byte {
	slot, mark := place(a, b, c)
	for range probes {
		at := 2 * slot
		switch table[at] {
		case mark:
			return table[at+1]
		case 0:
			return 0
		}
		slot = (slot + 1) % slots
	}
	return 0
}

// Fluency returns the cost in nats of spelling a lower-case word the given way, and the number of letters
// the cost is spread over (its end counts as one). Ordinary words cost 1.5 to 3 a letter.
func (m *Model) Fluency(writing int, word string) (cost float64, letters int) {
	table := m.fluency[writing*Cells : (writing+1)*Cells]
	a, b := rune(0), rune(edge)
	for _, c := range word {
		cost += letterCost(table, a, b, c)
		a, b = b, c
		letters++
	}
	return cost + letterCost(table, a, b, edge), letters + 1
}

// letterCost is the cost of c behind a and b, from the longest context that was seen.
func letterCost(table string, a, b, c rune) float64 {
	if a != 0 {
		if q := lookup(table, a, b, c); q > 0 {
			return float64(q) / unit
		}
	}
	if q := lookup(table, 0, b, c); q > 0 {
		return float64(q)/unit + backoff
	}
	if q := lookup(table, 0, 0, c); q > 0 {
		return float64(q)/unit + 2*backoff
	}
	return unknown
}

// Counts gathers the trigrams of one way of writing.
type Counts struct {
	tri     map[[3]rune]int
	context map[[2]rune]int
	bi      map[[2]rune]int
	uni     map[rune]int
	letters int
}

// NewCounts returns empty counts.
func NewCounts() *Counts {
	return &Counts{tri: map[[3]rune]int{}, context: map[[2]rune]int{}, bi: map[[2]rune]int{}, uni: map[rune]int{}}
}

// Add counts a lower-case word.
func (k *Counts) Add(word string) {
	a, b := rune(0), rune(edge)
	add := func(c rune) {
		if a != 0 {
			k.tri[[3]rune{a, b, c}]++
			k.context[[2]rune{a, b}]++
		}
		k.bi[[2]rune{b, c}]++
		k.uni[c]++
		k.letters++
		a, b = b, c
	}
	for _, c := range word {
		add(c)
	}
	add(edge)
}

// entry is an n-gram, zeros in front of a short one, with its cost.
type entry struct {
	gram [3]rune
	cost byte
}

// table interpolates the counts and lays them out as a hash table, the same for the same counts.
func (k *Counts) table() []byte {
	entries := k.entries()
	slices.SortFunc(entries, func(a, b entry) int { return slices.Compare(a.gram[:], b.gram[:]) })
	out := make([]byte, Cells)
	for _, e := range entries {
		slot, mark := place(e.gram[0], e.gram[1], e.gram[2])
		for range probes {
			if at := 2 * slot; out[at] == 0 {
				out[at], out[at+1] = mark, e.cost
				break
			}
			slot = (slot + 1) % slots
		}
	}
	return out
}

// entries returns the n-grams with their interpolated costs.
func (k *Counts) entries() []entry {
	single := func(c rune) float64 { return float64(k.uni[c]) / float64(k.letters) }
	pair := func(b, c rune) float64 {
		return 0.8*float64(k.bi[[2]rune{b, c}])/float64(max(k.uni[b], 1)) + 0.2*single(c)
	}
	var out []entry
	put := func(a, b, c rune, p float64) {
		out = append(out, entry{[3]rune{a, b, c}, byte(min(max(math.Round(-math.Log(p)*unit), 1), 255))})
	}
	for c := range k.uni {
		put(0, 0, c, single(c))
	}
	for g := range k.bi {
		put(0, g[0], g[1], pair(g[0], g[1]))
	}
	for g, n := range k.tri {
		put(g[0], g[1], g[2], 0.7*float64(n)/float64(k.context[[2]rune{g[0], g[1]}])+0.3*pair(g[1], g[2]))
	}
	return out
}
