// Package contender puts the product's retrieval and what people would use instead behind one
// interface: the product's index and its whole engine, bleve, SQLite's FTS5, and a plain BM25 over
// Snowball stems.
//
// Every contender reads the same passages and returns the numbers of the best ones. None stores the
// text a second time: what it holds beyond the text is its index.
package contender

import (
	"math"

	"refbot/knowledge/language"
)

// Passage is what a hit stands for.
type Passage struct {
	Title, Text string
	Language    language.Code // "" where a collection does not say; only the whole engine reads it
}

// Whole returns title and text as one string, for contenders that search a single field.
func (p *Passage) Whole() string {
	if p.Title == "" {
		return p.Text
	}
	return p.Title + "\n" + p.Text
}

// Hit is a passage by its place in the slice given to Build, with its score.
type Hit struct {
	Doc   int
	Score float64
}

// Engine is an index that was built.
type Engine interface {
	// Search returns at most k hits, best first.
	Search(text string, k int) ([]Hit, error)
	// Sure returns the best score of a question against the highest the question could reach; 0 where
	// nothing is found. It compares across questions.
	Sure(text string) (float64, error)
	// OffHeap returns the bytes of the index that Go's allocator does not see.
	OffHeap() (int64, error)
	Close() error
}

// Contender is a way to build an engine.
type Contender struct {
	Name string
	// Profile begins the names of its profiles; "" for what is not the product.
	Profile string
	// Build indexes passages written for the most part in a language.
	Build func(passages []Passage, code language.Code) (Engine, error)
}

// Product is the name of the product's row.
const Product = "refbot"

// Retrieval returns the contenders of ranking quality, the product first.
func Retrieval() []Contender {
	return []Contender{
		{Product, "index", buildProduct},
		{"bleve BM25", "", buildBleve},
		{"bleve, our analyser", "", buildBleveFields},
		{"SQLite FTS5", "", buildSQLite},
		{"BM25 Snowball", "", buildPlain},
	}
}

// Speed returns the contenders of the speed part: the product's index, the product as it answers a
// citizen, verdict and sentences included, and bleve.
func Speed() []Contender {
	return []Contender{
		{Product, "index", buildProduct},
		{"refbot, whole answer", "answer", buildAnswer},
		{"bleve BM25", "", buildBleve},
	}
}

// idf is the inverse document frequency of BM25 as Lucene keeps it above zero.
func idf(size, df float64) float64 { return math.Log(1 + (size-df+.5)/(df+.5)) }
