package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Foreign modules that only some rooms may know.
const (
	telegramModule = "github.com/go-telegram/bot"
	redisModule    = "github.com/redis/go-redis"
	openaiModule   = "github.com/sashabaranov/go-openai"
)

// direction forbids imports to the files of a room. Paths name a package and everything below it.
type direction struct {
	room    string   // "." for the whole house
	except  []string // rooms within it that may
	forbids []string
	tests   bool // for test files too; the rules between rooms leave those alone, which set up what they need
	why     string
}

var directions = []direction{
	{
		room: "knowledge", forbids: []string{"refbot/bot", "refbot/handlers", "refbot/config", "refbot/cmd"},
		why: "dependencies point down: cmd → handlers → bot → knowledge",
	},
	{
		room: "knowledge", forbids: []string{"net", "net/http", "net/rpc", telegramModule, redisModule, openaiModule}, tests: true,
		why: "knowledge needs no Telegram, no Redis and no network (net/url is fine)",
	},
	{room: "knowledge/language", forbids: []string{"refbot"}, why: "language stands by itself"},
	{
		room: "bot", forbids: []string{"refbot/handlers", "refbot/config", "refbot/cmd"},
		why: "dependencies point down: cmd → handlers → bot → knowledge",
	},
	{
		room: "bot", except: []string{"bot/redisstore", "bot/llm"}, forbids: []string{"refbot/bot/redisstore", "refbot/bot/llm"},
		why: "bot declares the interfaces that its adapters implement, and knows no adapter",
	},
	{room: "handlers", forbids: []string{"refbot/config", "refbot/cmd"}, why: "settings are wired in by cmd"},
	{room: "config", forbids: []string{"refbot"}, why: "settings know nothing of what they set"},
	{
		room: ".", except: []string{"handlers", "cmd"}, forbids: []string{telegramModule}, tests: true,
		why: "Telegram types appear only under handlers and cmd",
	},
	{
		room: ".", except: []string{"bot/redisstore", "cmd"}, forbids: []string{redisModule}, tests: true,
		why: "bot/redisstore is the one place that knows Redis",
	},
	{
		room: ".", except: []string{"bot/llm"}, forbids: []string{openaiModule}, tests: true,
		why: "bot/llm is the one place that knows an LLM",
	},
}

// broken returns the imports of a file that a direction forbids. A room that may not know the house
// still knows itself.
func (d direction) broken(file string, imports []string) []string {
	test := strings.HasSuffix(file, "_test.go")
	dir := path.Dir(file)
	if !within(dir, d.room) || test && !d.tests || slices.ContainsFunc(d.except, func(r string) bool { return within(dir, r) }) {
		return nil
	}
	var broken []string
	for _, imported := range imports {
		for _, forbidden := range d.forbids {
			itself := within("refbot/"+d.room, forbidden) && within(imported, "refbot/"+d.room)
			standard := !strings.Contains(forbidden, ".") && !strings.HasPrefix(forbidden, "refbot")
			if imported == forbidden || within(imported, forbidden) && !itself && !standard {
				broken = append(broken, imported)
			}
		}
	}
	return broken
}

// within reports whether a slash-separated path is root or lies below it.
func within(name, root string) bool {
	return root == "." || name == root || strings.HasPrefix(name, root+"/")
}

// TestDirections holds the house together without the linter: every import points the way it should.
func TestDirections(t *testing.T) {
	files := 0
	for file, imports := range houseImports(t) {
		files++
		for _, d := range directions {
			for _, imported := range d.broken(file, imports) {
				t.Errorf("%s imports %s: %s", file, imported, d.why)
			}
		}
	}
	if files < 20 {
		t.Errorf("only %d files were looked at: is this still the house?", files)
	}
}

func TestDirectionsNotice(t *testing.T) {
	for _, test := range []struct{ file, imported string }{
		{"knowledge/engine.go", "refbot/bot"},
		{"knowledge/importer/fetch.go", "net/http"},
		{"knowledge/engine_test.go", redisModule + "/v9"},
		{"knowledge/language/fold.go", "refbot/knowledge"},
		{"bot/ask.go", "refbot/handlers/telegram"},
		{"bot/ask.go", telegramModule + "/models"},
		{"bot/ask.go", "refbot/bot/redisstore"},
		{"bot/texts/ru.go", "refbot/bot/llm"},
		{"handlers/telegram/render.go", "refbot/config"},
		{"handlers/dashboard/page.go", redisModule + "/v9"},
		{"config/config.go", "refbot/knowledge"},
		{"cmd/refbot/ask.go", openaiModule},
	} {
		if !slices.ContainsFunc(directions, func(d direction) bool { return d.broken(test.file, []string{test.imported}) != nil }) {
			t.Errorf("nothing keeps %s from importing %s", test.file, test.imported)
		}
	}
	for _, test := range []struct{ file, imported string }{
		{"knowledge/reform2026/pack.go", "refbot/knowledge"},
		{"knowledge/language/identify.go", "refbot/knowledge/language/internal/lid"},
		{"knowledge/validate.go", "net/url"},
		{"bot/ask.go", "refbot/knowledge/language"},
		{"bot/redisstore/store.go", redisModule + "/v9"},
		{"bot/llm/client.go", openaiModule},
		{"handlers/telegram/poll.go", telegramModule},
		{"handlers/telegram/poll_test.go", "refbot/bot/redisstore"},
		{"cmd/refbot/run.go", "refbot/config"},
	} {
		for _, d := range directions {
			if d.broken(test.file, []string{test.imported}) != nil {
				t.Errorf("%s may not import %s: %s", test.file, test.imported, d.why)
			}
		}
	}
}

// houseImports maps every Go file of the module, by its path in it, to what it imports.
func houseImports(t *testing.T) map[string][]string {
	t.Helper()
	const root = "../.."
	imports := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && skipped(name):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		imports[filepath.ToSlash(relative)], err = fileImports(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}

// skipped reports whether a folder is no part of the house: hidden, test data, or a module of its own.
func skipped(dir string) bool {
	base := filepath.Base(dir)
	if strings.HasPrefix(base, ".") || base == "testdata" || base == "node_modules" {
		return true
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

func fileImports(name string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var imports []string
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		imports = append(imports, imported)
	}
	return imports, nil
}
