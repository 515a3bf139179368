// Command benchmark runs the product's retrieval beside what people would use instead, on the same sets, in one
// process and on one core, and prints quality, speed, build time and memory side by side.
//
//	go run . --data ../../../shared/data/retrieval --typos --json result.json
//
// It is a module of its own: bleve and SQLite never weigh on the product. README.md tells what the
// columns mean.
package main
