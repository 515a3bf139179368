package main

import (
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"refbot/handlers/browsertest"
)

// TestMain lets scripts run this very binary as refbot.
func TestMain(m *testing.M) {
	testscript.Main(browsers{m}, map[string]func(){"refbot": main, "refbot-unlimited": unlimitedMain})
}

// browsers closes the browser some tests open, when all are done.
type browsers struct{ *testing.M }

func (b browsers) Run() int { return browsertest.Main(b.M) }

// TestScripts runs the transcripts in testdata. Besides testscript's own commands they have
//
//	exits CODE refbot …   the command ends with this exit code; a failing one says why in one line
//	                      on standard error and prints no result
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
	if want != exitFine && !oneErrorLine.MatchString(ts.ReadFile("stderr")) {
		ts.Fatalf("standard error is not one line that begins with refbot:")
	}
}

var oneErrorLine = regexp.MustCompile(`\Arefbot: [^\n]+\n\z`)

var (
	flagSetPattern  = regexp.MustCompile(`newFlags\(w, "([a-z ]+)"\)`)
	flagPattern     = regexp.MustCompile(`\bf\.(?:String|Bool|StringVar|BoolVar|Var)\((?:&[\w.]+, )?"([\w-]+)"`)
	helpFlagPattern = regexp.MustCompile(`(?m)^  --([\w-]+)`)
)

// TestHelpIsComplete reads the flags of each command out of the source and holds its help text to them.
func TestHelpIsComplete(t *testing.T) {
	for command, defined := range definedFlags(t) {
		text, err := helpFiles.ReadFile("help/" + strings.ReplaceAll(command, " ", "-") + ".txt")
		if err != nil {
			t.Errorf("%s has no help text: %v", command, err)
			continue
		}
		explained := map[string]bool{}
		for _, match := range helpFlagPattern.FindAllStringSubmatch(string(text), -1) {
			explained[match[1]] = true
			if !defined[match[1]] {
				t.Errorf("help of %s explains --%s, which does not exist", command, match[1])
			}
		}
		for name := range defined {
			if !explained[name] {
				t.Errorf("help of %s does not explain --%s", command, name)
			}
		}
		if !strings.Contains(string(text), "Usage:\n  refbot") || !strings.Contains(string(text), "Example") && command != "version" {
			t.Errorf("help of %s lacks usage or an example", command)
		}
	}
}

func definedFlags(t *testing.T) map[string]map[string]bool {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	flags := map[string]map[string]bool{}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		starts := flagSetPattern.FindAllSubmatchIndex(source, -1)
		for i, start := range starts {
			end := len(source)
			if i+1 < len(starts) {
				end = starts[i+1][0]
			}
			names := map[string]bool{}
			for _, match := range flagPattern.FindAllSubmatch(source[start[1]:end], -1) {
				names[string(match[1])] = true
			}
			flags[string(source[start[2]:start[3]])] = names
		}
	}
	if len(flags) < 8 {
		t.Fatalf("only %d commands were found in the source", len(flags))
	}
	return flags
}
