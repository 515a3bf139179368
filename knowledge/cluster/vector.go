package cluster

import (
	"cmp"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"math"
	"slices"

	"refbot/knowledge"
)

// Vector is what a question, or a group of them, speaks of: its parts by ascending name.
type Vector []Part

// Part is a facet by the FNV-1a hash of its name.
type Part struct {
	Name   uint64
	Weight float32
}

// Bounds of vectors, in parts; the heaviest stay.
const (
	maxQuestion = 32
	maxCentroid = 48
)

// Read reads a question. It is empty for one that says nothing.
func Read(e *knowledge.Engine, question string) Vector {
	return New(e.Facets(knowledge.Question{Text: question}))
}

// New turns facets, the heaviest first, into a vector of length 1.
func New(facets []knowledge.Facet) Vector {
	v := make(Vector, 0, min(maxQuestion, len(facets)))
	for _, f := range facets[:min(maxQuestion, len(facets))] {
		h := fnv.New64a()
		_, _ = h.Write([]byte(f.Name))
		v = append(v, Part{h.Sum64(), float32(f.Weight)})
	}
	slices.SortFunc(v, byName)
	return v.scaled()
}

func byName(a, b Part) int { return cmp.Compare(a.Name, b.Name) }

// scaled makes the length 1, in place.
func (v Vector) scaled() Vector {
	if length := v.length(); length > 0 {
		for i := range v {
			v[i].Weight /= length
		}
	}
	return v
}

func (v Vector) length() float32 {
	var square float64
	for _, p := range v {
		square += float64(p.Weight) * float64(p.Weight)
	}
	return float32(math.Sqrt(square))
}

// dot is the sum of the products of parts that both have.
func (v Vector) dot(w Vector) (sum float32) {
	for i, j := 0, 0; i < len(v) && j < len(w); {
		switch a, b := v[i].Name, w[j].Name; {
		case a == b:
			sum += v[i].Weight * w[j].Weight
			i, j = i+1, j+1
		case a < b:
			i++
		default:
			j++
		}
	}
	return sum
}

// plus is the sum of both, cut to the heaviest parts.
func (v Vector) plus(w Vector) Vector {
	sum := make(Vector, 0, len(v)+len(w))
	for len(v) > 0 && len(w) > 0 {
		switch a, b := v[0], w[0]; {
		case a.Name == b.Name:
			sum = append(sum, Part{a.Name, a.Weight + b.Weight})
			v, w = v[1:], w[1:]
		case a.Name < b.Name:
			sum, v = append(sum, a), v[1:]
		default:
			sum, w = append(sum, b), w[1:]
		}
	}
	sum = append(append(sum, v...), w...)
	if len(sum) > maxCentroid {
		slices.SortFunc(sum, func(a, b Part) int { return cmp.Compare(b.Weight, a.Weight) })
		sum = sum[:maxCentroid]
		slices.SortFunc(sum, byName)
	}
	return sum
}

// partSize is the length of a part as it is stored: name and weight, big-endian.
const partSize = 8 + 4

var errVector = errors.New("cluster: this is no stored vector")

// MarshalBinary implements encoding.BinaryMarshaler.
func (v Vector) MarshalBinary() ([]byte, error) {
	data := make([]byte, 0, partSize*len(v))
	for _, p := range v {
		data = binary.BigEndian.AppendUint64(data, p.Name)
		data = binary.BigEndian.AppendUint32(data, math.Float32bits(p.Weight))
	}
	return data, nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (v *Vector) UnmarshalBinary(data []byte) error {
	if len(data)%partSize != 0 || len(data) > partSize*maxCentroid {
		return errVector
	}
	read := make(Vector, 0, len(data)/partSize)
	for ; len(data) > 0; data = data[partSize:] {
		p := Part{binary.BigEndian.Uint64(data), math.Float32frombits(binary.BigEndian.Uint32(data[8:]))}
		if n := len(read); n > 0 && read[n-1].Name >= p.Name || !(p.Weight > 0) || math.IsInf(float64(p.Weight), 0) {
			return errVector
		}
		read = append(read, p)
	}
	*v = read
	return nil
}
