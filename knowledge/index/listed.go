package index

// otherAsked is what the likeness of two questions counts that ask for different things: when, and where.
const otherAsked = .6

// Listed returns how like the question is to the most alike of those a document is listed for, in [0,1]: the share of
// its weight that the other holds, times the share of the other's weight that it holds.
func (r *Reader) Listed(doc uint32) float32 {
	x := r.x
	if len(x.asked) == 0 {
		return 0
	}
	all := r.q.weight()
	terms, kinds := x.listed[x.listedAt[doc]:x.listedAt[doc+1]], x.asked[x.askedAt[doc]:x.askedAt[doc+1]]
	if len(kinds) == 0 || all <= 0 {
		return 0
	}
	r.zero()
	var most, weight, met float32 // of the words of the other question so far
	var word float32              // the last of them
	found := false                // whether it is met
	count := func() {
		weight += word
		if found {
			met += word
		}
		word, found = 0, false
	}
	for _, t := range terms {
		if t == sentenceBreak {
			count()
			if weight > 0 {
				like := r.q.sum(r.held, false) / all * met / weight
				if asks := kinds[0]; asks != r.q.Asks && asks != AsksAnything && r.q.Asks != AsksAnything {
					like *= otherAsked
				}
				most = max(most, like)
			}
			kinds, weight, met = kinds[1:], 0, 0
			clear(r.held)
			continue
		}
		if t&notionBit == 0 {
			count()
			word = x.idf[t]
		}
		found = r.hold(t&^notionBit) || found
	}
	return min(most, 1)
}
