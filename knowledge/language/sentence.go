package language

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Sentences returns the byte ranges of the sentences of s in order, without surrounding white space.
func Sentences(s string) [][2]int {
	var out [][2]int
	it := sentences.FromString(s)
	for it.Next() {
		start, end := it.Start(), it.End()
		if t := strings.TrimSpace(s[start:end]); t != "" {
			start += strings.Index(s[start:end], t)
			out = append(out, [2]int{start, start + len(t)})
		}
	}
	return out
}
