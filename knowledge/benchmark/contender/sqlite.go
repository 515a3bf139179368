package contender

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"refbot/knowledge/language"
)

// fts is SQLite's FTS5 in memory: unicode61, words joined by OR, bm25(). The table keeps no content,
// and the index is merged into one segment.
type fts struct {
	db     *sql.DB
	search *sql.Stmt
	count  *sql.Stmt // documents of a term
	size   int
}

func buildSQLite(passages []Passage, _ language.Code) (Engine, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("build fts5: %w", err)
	}
	db.SetMaxOpenConns(1) // every connection to :memory: is a database of its own
	e := &fts{db: db, size: len(passages)}
	if err := e.fill(passages); err != nil {
		return nil, fmt.Errorf("build fts5: %w", errors.Join(err, db.Close()))
	}
	return e, nil
}

func (e *fts) fill(passages []Passage) error {
	for _, statement := range []string{
		`CREATE VIRTUAL TABLE passages USING fts5(body, content='', tokenize='unicode61')`,
		`CREATE VIRTUAL TABLE terms USING fts5vocab(passages, 'row')`,
	} {
		if _, err := e.db.Exec(statement); err != nil {
			return err
		}
	}
	if err := e.insert(passages); err != nil {
		return err
	}
	if _, err := e.db.Exec(`INSERT INTO passages(passages) VALUES('optimize')`); err != nil {
		return err
	}
	var err error
	e.search, err = e.db.Prepare(`SELECT rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?`)
	if err != nil {
		return err
	}
	e.count, err = e.db.Prepare(`SELECT doc FROM terms WHERE term = ?`)
	return err
}

func (e *fts) insert(passages []Passage) error {
	tx, err := e.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	insert, err := tx.Prepare(`INSERT INTO passages(rowid, body) VALUES(?, ?)`)
	if err != nil {
		return err
	}
	for i := range passages {
		if _, err := insert.Exec(i+1, passages[i].Whole()); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// words cuts a question as unicode61 does: at everything but letters, digits and private use.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.Co, unicode.M) })
}

func (e *fts) Search(text string, k int) ([]Hit, error) {
	list := words(text)
	if len(list) == 0 {
		return nil, nil
	}
	rows, err := e.search.Query(`"`+strings.Join(list, `" OR "`)+`"`, k)
	if err != nil {
		return nil, fmt.Errorf("search fts5: %w", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	var hits []Hit
	for rows.Next() {
		var h Hit
		if err := rows.Scan(&h.Doc, &h.Score); err != nil {
			return nil, fmt.Errorf("search fts5: %w", err)
		}
		hits = append(hits, Hit{h.Doc - 1, -h.Score})
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("search fts5: %w", err)
	}
	return hits, nil
}

// Sure divides by the highest score, of a passage full of the question's words. FTS5 takes a word that
// stands in half of the passages for worth nearly nothing.
func (e *fts) Sure(text string) (float64, error) {
	hits, err := e.Search(text, 1)
	if err != nil || len(hits) == 0 {
		return 0, err
	}
	var most float64
	for _, word := range words(text) {
		var df float64
		err := e.count.QueryRow(strings.ToLower(word)).Scan(&df)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return 0, fmt.Errorf("search fts5: %w", err)
		}
		most += (k1 + 1) * max(math.Log((float64(e.size)-df+.5)/(df+.5)), 1e-6)
	}
	return hits[0].Score / most, nil
}

// OffHeap returns the size of the database: SQLite's memory comes from the operating system.
func (e *fts) OffHeap() (int64, error) {
	var pages, size int64
	err := errors.Join(e.db.QueryRow(`PRAGMA page_count`).Scan(&pages), e.db.QueryRow(`PRAGMA page_size`).Scan(&size))
	if err != nil {
		return 0, fmt.Errorf("measure fts5: %w", err)
	}
	return pages * size, nil
}

func (e *fts) Close() error {
	if err := errors.Join(e.search.Close(), e.count.Close(), e.db.Close()); err != nil {
		return fmt.Errorf("close fts5: %w", err)
	}
	return nil
}
