package knowledge

import (
	"sync"

	"refbot/knowledge/index"
)

// desk holds the arrays of one ranking. They are recycled: a bot answers many questions a second.
type desk struct {
	matches            []index.Match
	candidates, sorted []candidate
	places             []uint32
	likeness           [][index.Leads]float32
}

var desks = sync.Pool{New: func() any {
	return &desk{candidates: make([]candidate, looked), sorted: make([]candidate, looked)}
}}

// clear returns the desk a question was ranked on, and its reader. Its candidates must not be read any more.
func (u *understood) clear() {
	if u.reader != nil {
		u.reader.Close()
		u.reader = nil
	}
	if u.desk != nil {
		clear(u.desk.candidates)
		clear(u.desk.sorted)
		desks.Put(u.desk)
		u.desk = nil
	}
}

// numbers returns the numbers of candidates.
func (d *desk) numbers(list []candidate) []uint32 {
	d.places = d.places[:0]
	for i := range list {
		d.places = append(d.places, uint32(list[i].at))
	}
	return d.places
}
