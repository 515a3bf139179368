// Package reform2026 is the starter knowledge base: official statements about the constitutional
// reform of Kazakhstan and its referendum of 15 March 2026, with the topics of the menu and the
// words of the field. It is embedded, so that the bot answers with nothing but its binary.
//
// The files are the product and people edit them; README.md tells how.
package reform2026

import (
	"embed"
	"sync"

	"refbot/knowledge"
)

//go:embed *.yaml statements
var files embed.FS

var load = sync.OnceValues(func() (*knowledge.Pack, error) {
	return knowledge.LoadFS(files, "embedded")
})

// Pack gives the starter pack, read and checked once. It is shared: do not change it.
func Pack() (*knowledge.Pack, error) { return load() }
