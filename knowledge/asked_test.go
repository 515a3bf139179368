package knowledge

import (
	"testing"
	"time"
)

// TestAskedSo: whoever lists a question under a statement has judged better than any score, unless a newer
// value has come since.
func TestAskedSo(t *testing.T) {
	list := func(newer ...string) *Engine {
		t.Helper()
		at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		p := &Pack{Statements: []Statement{
			{ID: "a", Language: "ru", Kind: Official, Date: at, Office: "МИД", URL: "https://example.kz/a", Text: "Голосовать можно на участках за рубежом.", Aliases: []string{"А где?"}, SupersededBy: newer},
			{ID: "b", Language: "ru", Kind: Official, Date: at.AddDate(0, 0, 1), Office: "МИД", URL: "https://example.kz/b", Text: "Где голосовать за рубежом: участки работают в посольствах."},
		}}
		e, err := Build(p)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	u := func(e *Engine, text string) *understood { return e.understand(Question{Text: text}) }
	e := list()
	if !e.askedSo(u(e, "а  ГДЕ"), 0) || e.askedSo(u(e, "а где"), 1) || e.askedSo(u(e, "где"), 0) {
		t.Error("the words of the alias, whole and folded, decide")
	}
	if e := list("b"); e.askedSo(u(e, "а где?"), 0) {
		t.Error("a replaced statement is preferred")
	}
}
