package language

import (
	"strings"
	"testing"
)

// benchTexts are a question and a statement of ordinary length.
const (
	benchQuestion  = "сколько депутатов будет в құрылтайда после 15 марта 2026 года?"
	benchStatement = "Президент сообщил: по предложению 12 482 613 граждан проект новой Конституции, ст. 9, " +
		"принят 15.03.2026; явка 73,12 %. Құрылтай депутаттары бес жылға сайланады, бұл 52-бапта жазылған."
)

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Fold(benchStatement)
	}
}

func BenchmarkTokenize(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Tokenize(benchStatement)
	}
}

func BenchmarkIdentify(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Identify(benchQuestion)
	}
}

func BenchmarkRepairLayout(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		RepairLayout("rfrbt htpekmnfns htathtylevf")
	}
}

func BenchmarkStem(b *testing.B) {
	for _, c := range []struct {
		name string
		code Code
		word string
	}{{"kk", Kazakh, "депутаттарымыздан"}, {"ru", Russian, "избирателями"}, {"en", English, "constitutional"}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Stem(c.word, c.code)
			}
		})
	}
}

func BenchmarkSkeleton(b *testing.B) {
	for _, w := range []string{"конституция", "qurylta'ida"} {
		b.Run(w, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Skeleton(w)
			}
		})
	}
}

func BenchmarkCorrect(b *testing.B) {
	c := newCorrector(b, statementWords(b))
	for _, w := range []string{"реферндум", "явкка", "конституцыанный", "абракадабра"} {
		b.Run(w, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Correct(w)
			}
		})
	}
}

func BenchmarkSentences(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Sentences(benchStatement)
	}
}

func BenchmarkRedact(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Redact(benchStatement)
	}
}

func BenchmarkLong(b *testing.B) {
	long := strings.Repeat(benchStatement+" ", 4096/len([]rune(benchStatement))+1)
	for _, f := range []struct {
		name string
		run  func(string)
	}{
		{"Identify", func(s string) { Identify(s) }},
		{"RepairLayout", func(s string) { RepairLayout(s) }},
		{"Tokenize", func(s string) { Tokenize(s) }},
		{"AskingPart", func(s string) { AskingPart(s) }},
		{"Redact", func(s string) { Redact(s) }},
	} {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				f.run(long)
			}
		})
	}
}
