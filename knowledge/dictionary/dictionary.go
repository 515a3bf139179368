// Package dictionary numbers strings in little memory.
package dictionary

import "hash/maphash"

// Dictionary numbers distinct strings from 0. They stand in one text and are found through a table of hashes,
// which takes a third of the memory of a map of strings. It is immutable and safe for concurrent use.
type Dictionary struct {
	text  string
	ends  []uint32 // string n is text[ends[n]:ends[n+1]]
	slots []uint32 // number+1 by hash, 0 where free; a power of two, at most half full
	seed  maphash.Seed
}

// Of returns the dictionary of distinct strings in their order, of less than 4 GB together.
func Of(list []string) *Dictionary {
	size, length := 2, 0
	for _, s := range list {
		length += len(s)
	}
	for size < 2*len(list) {
		size *= 2
	}
	d := &Dictionary{ends: make([]uint32, 1, len(list)+1), slots: make([]uint32, size), seed: maphash.MakeSeed()}
	text := make([]byte, 0, length)
	for n, s := range list {
		text = append(text, s...)
		d.ends = append(d.ends, uint32(len(text)))
		at := d.slot(maphash.String(d.seed, s))
		for d.slots[at] != 0 {
			at = d.slot(uint64(at) + 1)
		}
		d.slots[at] = uint32(n + 1)
	}
	d.text = string(text)
	return d
}

func (d *Dictionary) slot(hash uint64) int { return int(hash & uint64(len(d.slots)-1)) }

// Size returns how many strings there are.
func (d *Dictionary) Size() int { return len(d.ends) - 1 }

// Name returns string n, below Size.
func (d *Dictionary) Name(n uint32) string { return d.text[d.ends[n]:d.ends[n+1]] }

// Find returns the number of a string.
func (d *Dictionary) Find(s string) (n uint32, ok bool) {
	for at := d.slot(maphash.String(d.seed, s)); d.slots[at] != 0; at = d.slot(uint64(at) + 1) {
		if n := d.slots[at] - 1; d.Name(n) == s {
			return n, true
		}
	}
	return 0, false
}

// FindBytes is Find for a string that is still being put together.
func (d *Dictionary) FindBytes(s []byte) (n uint32, ok bool) {
	for at := d.slot(maphash.Bytes(d.seed, s)); d.slots[at] != 0; at = d.slot(uint64(at) + 1) {
		if n := d.slots[at] - 1; d.Name(n) == string(s) {
			return n, true
		}
	}
	return 0, false
}
