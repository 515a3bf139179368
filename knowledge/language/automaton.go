package language

import "unicode/utf8"

// automaton is a Levenshtein automaton that is built while an FST is searched with it: a state is a row of
// the edit distance table, and only the rows the vocabulary leads to are ever computed. It implements
// vellum.Automaton over the bytes of UTF-8. One slip is a letter more, less or other, or a swap of
// neighbours. It serves one search and is not safe for concurrent use.
type automaton struct {
	word   []rune
	limit  uint8
	states []state
	cells  []uint8 // rows of len(word)+1 distances, capped at limit+1
}

// state is a prefix of the vocabulary: whole letters with their row, and the first bytes of a further one.
type state struct {
	row    int  // index of the row in cells, in rows
	before int  // index of the row one letter before, in rows; -1 at the start
	letter rune // the last whole letter
	bytes  [utf8.UTFMax]byte
	have   uint8 // bytes of an incomplete letter
	least  uint8 // smallest distance of the row
}

const dead = -1

// newAutomaton returns the automaton of the words within limit slips of word.
func newAutomaton(word string, limit int) *automaton {
	a := &automaton{word: []rune(word), limit: uint8(limit)}
	a.cells = make([]uint8, 0, 256*(len(a.word)+1))
	a.states = make([]state, 0, 512)
	for i := range len(a.word) + 1 {
		a.cells = append(a.cells, uint8(min(i, limit+1)))
	}
	a.states = append(a.states, state{before: dead})
	return a
}

// Start returns the state of the empty prefix.
func (a *automaton) Start() int { return 0 }

// IsMatch reports whether the prefix is a word within the limit.
func (a *automaton) IsMatch(s int) bool {
	if s == dead || a.states[s].have > 0 {
		return false
	}
	row := a.row(a.states[s].row)
	return row[len(row)-1] <= a.limit
}

// CanMatch reports whether a longer prefix can be within the limit.
func (a *automaton) CanMatch(s int) bool { return s != dead && a.states[s].least <= a.limit }

// WillAlwaysMatch reports that every longer prefix matches: never.
func (a *automaton) WillAlwaysMatch(int) bool { return false }

// Accept returns the state behind one more byte.
func (a *automaton) Accept(s int, b byte) int {
	if s == dead {
		return dead
	}
	next := a.states[s]
	next.bytes[next.have] = b
	next.have++
	if read := next.bytes[:next.have]; utf8.FullRune(read) {
		letter, _ := utf8.DecodeRune(read)
		row, least := a.step(&next, letter)
		if least > a.limit {
			return dead
		}
		next = state{row: row, before: next.row, letter: letter, least: least}
	}
	a.states = append(a.states, next)
	return len(a.states) - 1
}

// row returns a row by its index.
func (a *automaton) row(index int) []uint8 {
	n := len(a.word) + 1
	return a.cells[index*n : (index+1)*n]
}

// step appends the row of s and one more letter and returns its index and its smallest distance.
func (a *automaton) step(s *state, letter rune) (index int, least uint8) {
	index = len(a.cells) / (len(a.word) + 1)
	up := a.row(s.row)
	var upper []uint8
	if s.before != dead {
		upper = a.row(s.before)
	}
	left := min(up[0]+1, a.limit+1)
	a.cells = append(a.cells, left)
	least = left
	for j, c := range a.word {
		d := up[j]
		if c != letter {
			d = min(d, up[j+1], left) + 1
			if upper != nil && j > 0 && c == s.letter && a.word[j-1] == letter {
				d = min(d, upper[j-1]+1)
			}
		}
		left = min(d, a.limit+1)
		least = min(least, left)
		a.cells = append(a.cells, left)
	}
	return index, least
}
