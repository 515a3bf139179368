package evaluation

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Passage is one document of a collection.
type Passage struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Query is one question of a collection.
type Query struct {
	ID   string `json:"_id"`
	Text string `json:"text"`
	// Answerable is nil where the collection does not say.
	Answerable *bool `json:"answerable"`
}

// BEIR is a test collection in the format of the BEIR benchmark (Thakur et al. 2021).
type BEIR struct {
	Name     string
	Passages []Passage
	Queries  []Query
	Relevant map[string]map[string]int // query id → passage id → grade
}

// LoadBEIR reads a folder with corpus.jsonl, queries.jsonl (both may be gzipped as .gz) and qrels.tsv,
// which BEIR's own folders keep as qrels/test.tsv.
func LoadBEIR(dir string) (*BEIR, error) {
	b := &BEIR{Name: filepath.Base(filepath.Clean(dir))}
	var err error
	if b.Passages, err = readJSONL[Passage](filepath.Join(dir, "corpus.jsonl")); err != nil {
		return nil, fmt.Errorf("load collection: %w", err)
	}
	if b.Queries, err = readJSONL[Query](filepath.Join(dir, "queries.jsonl")); err != nil {
		return nil, fmt.Errorf("load collection: %w", err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "qrels.tsv"))
	if errors.Is(err, fs.ErrNotExist) {
		data, err = os.ReadFile(filepath.Join(dir, "qrels", "test.tsv"))
	}
	if err != nil {
		return nil, fmt.Errorf("load collection: %w", err)
	}
	if b.Relevant, err = parseQrels(data); err != nil {
		return nil, fmt.Errorf("load collection: qrels of %s: %w", dir, err)
	}
	return b, nil
}

func readJSONL[T any](path string) ([]T, error) {
	data, err := readMaybeGzip(path)
	if err != nil {
		return nil, err
	}
	var list []T
	var wrong []error
	err = eachLine(data, func(line int, text []byte) {
		var item T
		if err := json.Unmarshal(text, &item); err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", path, line, err))
			return
		}
		list = append(list, item)
	})
	return list, errors.Join(append(wrong, err)...)
}

// maxCollection bounds an unpacked file, in bytes.
const maxCollection = 4 << 30

func readMaybeGzip(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return data, err
	}
	packed, zipErr := os.ReadFile(path + ".gz")
	if zipErr != nil {
		return nil, err
	}
	unpack, zipErr := gzip.NewReader(bytes.NewReader(packed))
	if zipErr != nil {
		return nil, fmt.Errorf("%s.gz: %w", path, zipErr)
	}
	return io.ReadAll(io.LimitReader(unpack, maxCollection))
}

// parseQrels reads lines "query passage grade", with or without a heading.
func parseQrels(data []byte) (map[string]map[string]int, error) {
	relevant := map[string]map[string]int{}
	var wrong []error
	err := eachLine(data, func(line int, text []byte) {
		columns := strings.Fields(string(text))
		grade, err := 0, errors.New("not three columns")
		if len(columns) == 3 {
			grade, err = strconv.Atoi(columns[2])
		}
		if err != nil {
			if line > 1 {
				wrong = append(wrong, fmt.Errorf("line %d: %w", line, err))
			}
			return
		}
		if relevant[columns[0]] == nil {
			relevant[columns[0]] = map[string]int{}
		}
		relevant[columns[0]][columns[1]] = grade
	})
	return relevant, errors.Join(append(wrong, err)...)
}
