package lid

import (
	"encoding/binary"
	"math"
)

// Weights are the trained weights of one script, class-minor.
type Weights []float32

// Encode quantises the weights of both scripts to a byte each, appends the spelling tables, and returns a
// model file.
func Encode(cyrillic, latin Weights, spelling [Writings]*Counts) []byte {
	out := append(make([]byte, 0, Size), magic[:]...)
	steps := [2]float32{step(cyrillic), step(latin)}
	for _, s := range steps {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(s))
	}
	for i, w := range [2]Weights{cyrillic, latin} {
		for _, v := range w {
			out = append(out, byte(int8(math.Round(float64(v/steps[i])))))
		}
	}
	for _, c := range spelling {
		out = append(out, c.table()...)
	}
	return out
}

// step is the value of one unit of a quantised weight.
func step(w Weights) float32 {
	top := float32(1e-6)
	for _, v := range w {
		top = max(top, v, -v)
	}
	return top / 127
}
