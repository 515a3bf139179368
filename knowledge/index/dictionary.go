package index

import "hash/maphash"

// dictionary numbers strings. They stand in one text and are found through a table of hashes, which
// takes a third of the memory of a map of strings.
type dictionary struct {
	text  string
	ends  []uint32 // string n is text[ends[n]:ends[n+1]]
	slots []uint32 // number+1 by hash, 0 where free; a power of two, at most half full
	seed  maphash.Seed
}

// pack returns the dictionary of distinct strings in their order.
func pack(list []string) *dictionary {
	size, length := 2, 0
	for _, s := range list {
		length += len(s)
	}
	for size < 2*len(list) {
		size *= 2
	}
	d := &dictionary{ends: make([]uint32, 1, len(list)+1), slots: make([]uint32, size), seed: maphash.MakeSeed()}
	text := make([]byte, 0, length)
	for n, s := range list {
		text = append(text, s...)
		d.ends = append(d.ends, uint32(len(text)))
		at := d.slot(s)
		for d.slots[at] != 0 {
			at = (at + 1) & (size - 1)
		}
		d.slots[at] = uint32(n + 1)
	}
	d.text = string(text)
	return d
}

func (d *dictionary) slot(s string) int { return int(maphash.String(d.seed, s)) & (len(d.slots) - 1) }

func (d *dictionary) size() int { return len(d.ends) - 1 }

// name returns string n.
func (d *dictionary) name(n uint32) string { return d.text[d.ends[n]:d.ends[n+1]] }

// find returns the number of a string.
func (d *dictionary) find(s string) (uint32, bool) {
	for at := d.slot(s); d.slots[at] != 0; at = (at + 1) & (len(d.slots) - 1) {
		if n := d.slots[at] - 1; d.name(n) == s {
			return n, true
		}
	}
	return 0, false
}
