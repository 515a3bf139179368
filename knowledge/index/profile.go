package index

import "math"

// Profile is what a document is about: its terms with weights, by term number, of length 1.
type Profile []Weighted

// Weighted is a term with its weight.
type Weighted struct {
	Term   Term
	Weight float32
}

// Values tie documents on one fact together more surely than notions, and notions more than tags, which
// are broad, and than words, which do not cross languages.
const (
	profileValue  = 2
	profileNotion = 1
	profileTag    = .5
	profileWord   = .4
)

// Profile returns the profile of a document.
func (x *Index) Profile(doc int) Profile {
	terms := x.profileTerms(nil, doc)
	p := make(Profile, len(terms))
	for i, t := range terms {
		p[i] = Weighted{t, x.profileWeight(t)}
	}
	return p.unit()
}

// Subject returns the profile without its values: what a document is about, whatever figures it gives.
func (x *Index) Subject(p Profile) Profile {
	var out Profile
	for _, w := range p {
		if x.vocabulary.kind(w.Term) != Value {
			out = append(out, w)
		}
	}
	return out.unit()
}

// unit gives a profile the length 1.
func (p Profile) unit() Profile {
	var square float64
	for _, w := range p {
		square += float64(w.Weight) * float64(w.Weight)
	}
	scale := scaleOf(square)
	for i := range p {
		p[i].Weight *= scale
	}
	return p
}

// scaleOf makes a vector whose weights squared sum to square one of length 1.
func scaleOf(square float64) float32 {
	if square == 0 {
		return 0
	}
	return float32(1 / math.Sqrt(square))
}

// Likeness is the cosine of two profiles, in [0,1].
func (p Profile) Likeness(o Profile) float32 {
	var sum float32
	for i, j := 0, 0; i < len(p) && j < len(o); {
		a, b := p[i].Term, o[j].Term
		if a == b {
			sum += p[i].Weight * o[j].Weight
		}
		i += one(a <= b) // no branch that a processor could guess wrong
		j += one(b <= a)
	}
	return sum
}

func one(yes bool) int {
	n := 0
	if yes {
		n = 1
	}
	return n
}
