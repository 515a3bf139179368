// Command train builds the language identification model from the texts in its text folder:
//
//	go run ./internal/lid/train -out model.bin
//
// The texts are Kazakh, Russian and English sentences of the project; their Latin spellings and the Kazakh
// without its special letters are generated. The same texts always give the same model.
package main

import (
	"embed"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"refbot/knowledge/language/internal/lid"
	"refbot/knowledge/language/internal/spelling"
)

//go:embed text/*.txt
var texts embed.FS

func main() {
	out := flag.String("out", "model.bin", "file to write")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	c, err := read()
	if err != nil {
		return err
	}
	cyr := train(lid.Cyrillic, c.cyrillic())
	lat := train(lid.Latin, c.latin())
	return os.WriteFile(out, lid.Encode(cyr, lat, c.spelling()), 0o644)
}

// spelling counts the trigrams of the words of each way of writing.
func (c corpus) spelling() [lid.Writings]*lid.Counts {
	cyr, lat := c.cyrillic(), c.latin()
	samplers := [lid.Writings]sampler{
		lid.WritesKazakh: cyr[lid.CyrillicKazakh], lid.WritesRussian: cyr[lid.CyrillicRussian],
		lid.WritesKazakhLatin: lat[lid.LatinKazakh], lid.WritesRussianLatin: lat[lid.LatinRussian],
		lid.WritesEnglish: lat[lid.LatinEnglish],
	}
	var out [lid.Writings]*lid.Counts
	for i, draw := range samplers {
		r := rand.New(rand.NewPCG(2026, uint64(10+i)))
		out[i] = lid.NewCounts()
		for range snippets / 8 {
			for _, w := range draw(r) {
				out[i].Add(w)
			}
		}
	}
	return out
}

// corpus holds the sources of each language: written sentences and statements.
type corpus map[string][]source

// source is a text as a list of lines of words.
type source [][]string

func read() (corpus, error) {
	c := corpus{}
	for _, lang := range []string{"kk", "ru", "en"} {
		for _, kind := range []string{"written", "statements", "words"} {
			data, err := texts.ReadFile("text/" + lang + "-" + kind + ".txt")
			if err != nil {
				return nil, err
			}
			var s source
			for line := range strings.Lines(string(data)) {
				if w := lid.Words(nil, line); len(w) > 0 {
					s = append(s, w)
				}
			}
			c[lang] = append(c[lang], s)
		}
	}
	return c, nil
}

// sampler draws a snippet of a class.
type sampler func(r *rand.Rand) []string

// draw takes a source, a line and a run of words from it, short runs more often than long ones.
func (c corpus) draw(lang string, r *rand.Rand) []string {
	for {
		s := c[lang][[...]int{0, 0, 0, 1, 1, 2}[r.IntN(6)]]
		line := s[r.IntN(len(s))]
		n := 1 + int(r.ExpFloat64()*4)
		start := r.IntN(len(line))
		if n >= len(line)/2 && n > 3 {
			start = 0
		}
		words := line[start:min(start+n, len(line))]
		if spelling.Cyrillic(strings.Join(words, "")) == (lang != "en") {
			return words
		}
	}
}

func (c corpus) cyrillic() []sampler {
	plain := []spelling.Scheme{spelling.Plain(), spelling.PlainMixed()}
	return []sampler{
		lid.CyrillicKazakh: func(r *rand.Rand) []string {
			words := c.draw("kk", r)
			switch k := r.IntN(10); {
			case k < 4:
				return write(words, plain[0])
			case k < 5:
				return write(words, plain[1])
			}
			return words
		},
		lid.CyrillicRussian: func(r *rand.Rand) []string { return c.draw("ru", r) },
	}
}

func (c corpus) latin() []sampler {
	latin := func(lang string, schemes []spelling.Scheme) sampler {
		var seen []spelling.Scheme
		for _, s := range schemes {
			if s.Seen {
				seen = append(seen, s)
			}
		}
		return func(r *rand.Rand) []string { return write(c.draw(lang, r), blend(seen, r)...) }
	}
	return []sampler{
		lid.LatinKazakh:  latin("kk", spelling.Kazakh()),
		lid.LatinRussian: latin("ru", spelling.Russian()),
		lid.LatinEnglish: func(r *rand.Rand) []string { return c.draw("en", r) },
	}
}

// blend picks one scheme, now and then two that alternate: people are not consistent.
func blend(schemes []spelling.Scheme, r *rand.Rand) []spelling.Scheme {
	one := schemes[r.IntN(len(schemes))]
	if r.IntN(3) > 0 {
		return []spelling.Scheme{one}
	}
	return []spelling.Scheme{one, schemes[r.IntN(len(schemes))]}
}

// write spells the words in the given schemes in turn.
func write(words []string, schemes ...spelling.Scheme) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = schemes[i%len(schemes)].Write(w)
	}
	return out
}
