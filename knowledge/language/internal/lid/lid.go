// Package lid is the model behind language identification: two small linear classifiers over hashed
// character n-grams, one for Cyrillic text (Kazakh or Russian), one for Latin text (Kazakh, Russian or
// English). The n-grams of a word do not reach into its neighbours, so that every word can be judged alone
// and a text that mixes languages shows it. Beside them stands a trigram model of how words are spelled in
// each way of writing, which tells words from keys hit on the wrong keyboard layout.
package lid

import (
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

// Script is an alphabet with its own classifier.
type Script uint8

// The scripts.
const (
	Cyrillic Script = iota
	Latin
)

// The classes of each script, in the order of the weights.
const (
	CyrillicKazakh = iota
	CyrillicRussian
)

// The classes of the Latin script.
const (
	LatinKazakh = iota
	LatinRussian
	LatinEnglish
)

// Shape of a model.
const (
	// MaxClasses is the largest number of classes of a script.
	MaxClasses = 3
	// Buckets is how many weights a class has; n-grams share them by hash.
	Buckets = 1 << 15
	maxGram = 4
	header  = 16 // bytes: magic, then one float32 step per script, then the bias is bucket 0
)

var magic = [8]byte{'r', 'e', 'f', 'b', 'l', 'i', 'd', '1'}

// ClassesOf returns how many classes the classifier of a script tells apart.
func ClassesOf(s Script) int {
	if s == Cyrillic {
		return 2
	}
	return MaxClasses
}

// Size is the length of an encoded model in bytes.
const Size = header + (2+MaxClasses)*Buckets + Writings*Cells

// Model holds the weights. It is immutable and safe for concurrent use.
type Model struct {
	weights [2]string // class-minor: the weights of a bucket stand side by side
	step    [2]float64
	fluency string // Writings tables of Cells bytes each
}

// ErrFormat reports bytes that are no model.
var ErrFormat = errors.New("lid: not a model file")

// Load reads an encoded model without copying its weights.
func Load(data string) (*Model, error) {
	if len(data) != Size || data[:len(magic)] != string(magic[:]) {
		return nil, fmt.Errorf("%w: %d bytes", ErrFormat, len(data))
	}
	m := &Model{}
	for s := range m.step {
		m.step[s] = float64(math.Float32frombits(le32(data[len(magic)+4*s:])))
	}
	cut := header + 2*Buckets
	end := cut + MaxClasses*Buckets
	m.weights = [2]string{data[header:cut], data[cut:end]}
	m.fluency = data[end:]
	return m, nil
}

func le32(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// Features appends the buckets of a lower-case word to dst: its n-grams of one to four characters with a
// mark at both ends, and the word as a whole.
func Features(dst []uint32, word string) []uint32 {
	const mark = '_'
	total := utf8.RuneCountInString(word) + 2
	at, offset := 0, 0 // at counts characters with the leading mark, offset bytes of word
	for ; at < total; at++ {
		h, next := uint32(2166136261), offset
		for k := range min(maxGram, total-at) {
			if at+k == 0 || at+k == total-1 {
				h = (h ^ mark) * 16777619
			} else {
				r, n := utf8.DecodeRuneInString(word[next:])
				h = (h ^ uint32(r)) * 16777619
				next += n
			}
			if k > 0 || at > 0 && at < total-1 {
				dst = append(dst, bucket(h^uint32(k)<<28))
			}
		}
		if at > 0 && at < total-1 {
			_, n := utf8.DecodeRuneInString(word[offset:])
			offset += n
		}
	}
	h := uint32(84696351)
	for _, r := range word {
		h = (h ^ uint32(r)) * 16777619
	}
	return append(dst, bucket(h))
}

// bucket spreads a hash over the buckets; bucket 0 is the bias.
func bucket(h uint32) uint32 {
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	return 1 + h%(Buckets-1)
}

// Score adds the weights of features to sum.
func (m *Model) Score(s Script, features []uint32, sum *[MaxClasses]float64) {
	n := uint32(ClassesOf(s))
	w, step := m.weights[s], m.step[s]
	for _, f := range features {
		for c := range n {
			sum[c] += float64(int8(w[f*n+c])) * step
		}
	}
}

// Chances turns summed weights of n features into the chances of the classes. The sum grows with the
// length of a text faster than the certainty does: it is divided by the square root of n.
func (m *Model) Chances(s Script, sum [MaxClasses]float64, n int) [MaxClasses]float64 {
	m.Score(s, []uint32{0}, &sum)
	return Softmax(sum, ClassesOf(s), n)
}

// Softmax is the link function of the classifiers.
func Softmax(sum [MaxClasses]float64, classes, n int) [MaxClasses]float64 {
	scale := 1 / math.Sqrt(float64(max(n, 1)))
	top := math.Inf(-1)
	for _, v := range sum[:classes] {
		top = max(top, v*scale)
	}
	var out [MaxClasses]float64
	total := 0.0
	for c := range classes {
		out[c] = math.Exp(sum[c]*scale - top)
		total += out[c]
	}
	for c := range classes {
		out[c] /= total
	}
	return out
}
