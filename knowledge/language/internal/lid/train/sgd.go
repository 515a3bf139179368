package main

import (
	"math"
	"math/rand/v2"

	"refbot/knowledge/language/internal/lid"
)

// Settings of the training.
const (
	snippets = 400_000
	rate     = 0.4
	decay    = 2e-6 // pull towards zero for each update of a weight
	keep     = 0.7  // share of the n-grams shown each time, so that no single one is relied on
)

// train fits a softmax classifier by stochastic gradient descent with AdaGrad steps
// (Duchi, Hazan, Singer, JMLR 12, 2011) on freshly drawn snippets.
func train(script lid.Script, classes []sampler) lid.Weights {
	n := len(classes)
	w := make(lid.Weights, lid.Buckets*n)
	sq := make([]float32, len(w))
	r := rand.New(rand.NewPCG(2026, uint64(script)))
	var features []uint32
	for range snippets {
		class := r.IntN(n)
		features = features[:0]
		for _, word := range classes[class](r) {
			features = lid.Features(features, word)
		}
		shown := features[:0]
		for _, f := range features {
			if r.Float64() < keep {
				shown = append(shown, f)
			}
		}
		update(w, sq, append(shown, 0), class, n)
	}
	return w
}

// update moves the weights of the features one step towards class.
func update(w lid.Weights, sq []float32, features []uint32, class, classes int) {
	var sum [lid.MaxClasses]float64
	for _, f := range features {
		for c := range classes {
			sum[c] += float64(w[int(f)*classes+c])
		}
	}
	count := len(features) - 1
	chance := lid.Softmax(sum, classes, count)
	scale := 1 / math.Sqrt(float64(max(count, 1)))
	for c := range classes {
		g := chance[c] * scale
		if c == class {
			g -= scale
		}
		for _, f := range features {
			i := int(f)*classes + c
			gi := float32(g) + decay*w[i]
			sq[i] += gi * gi
			w[i] -= rate * gi / (float32(math.Sqrt(float64(sq[i]))) + 1e-3)
		}
	}
}
