package index

import (
	"math"
	"slices"
)

// numbers are numbers of documents or terms. Most bases have few enough of them for half the memory.
type numbers struct {
	short []uint16 // nil where a number needs more
	long  []uint32
}

// number is one of them, in as few bytes as suffice.
type number interface{ uint16 | uint32 }

// newNumbers makes n numbers, each below limit.
func newNumbers(n, limit int) numbers {
	if limit <= math.MaxUint16+1 {
		return numbers{short: make([]uint16, n)}
	}
	return numbers{long: make([]uint32, n)}
}

func (l *numbers) set(at, number uint32) {
	if l.short != nil {
		l.short[at] = uint16(number)
	} else {
		l.long[at] = number
	}
}

func (l *numbers) add(number uint32) {
	if l.short != nil {
		l.short = append(l.short, uint16(number))
	} else {
		l.long = append(l.long, number)
	}
}

func (l *numbers) size() int { return len(l.short) + len(l.long) }

func (l *numbers) clip() { l.short, l.long = slices.Clip(l.short), slices.Clip(l.long) }

// find returns the place of a number among ascending ones.
func find[N number](list []N, wanted uint32) (at int, ok bool) {
	at = lowerBound(list, wanted)
	return at, at < len(list) && uint32(list[at]) == wanted
}

// lowerBound returns the place of the first of ascending numbers that is not below one.
func lowerBound[N number](list []N, least uint32) int {
	low, high := 0, len(list)
	for low < high {
		if middle := int(uint(low+high) >> 1); uint32(list[middle]) < least {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
