package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// settings are what the command line asks for.
type settings struct {
	data    string
	sets    []string
	sizes   []int
	json    string
	typos   bool
	only    string // "quality", "speed", or "" for both
	passes  int
	queries int
	seed    uint64
	profile string
}

// standardSets are measured where none is named.
var standardSets = []string{
	"xquad-sent-ru", "xquad-sent-en", "kazqad-kk", "govfaq-en", "x-ntrex-kk2ru", "abst-xquad-ru", "abst-kazqad-kk",
}

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

func run(args []string, out, progress io.Writer) error {
	s, err := parse(args, progress)
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(1)
	sets, err := loadSets(s.data, s.sets)
	if err != nil {
		return err
	}
	r := &Report{Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Seed: s.seed, Passes: s.passes}
	b := &bench{settings: s, progress: progress}
	if s.only != "speed" {
		if r.Quality, err = b.quality(sets); err != nil {
			return err
		}
	}
	if s.only != "quality" && len(s.sizes) > 0 {
		if r.Speed, err = b.speed(sets); err != nil {
			return err
		}
	}
	if err := r.print(out); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return writeJSON(s.json, r)
}

func parse(args []string, help io.Writer) (*settings, error) {
	s := &settings{}
	f := flag.NewFlagSet("benchmark", flag.ContinueOnError)
	f.SetOutput(help)
	f.StringVar(&s.data, "data", "", "folder of BEIR sets")
	f.Func("set", "a set of that folder; repeat for several (default: all known ones)", func(v string) error {
		s.sets = append(s.sets, v)
		return nil
	})
	sizes := f.String("sizes", "300,10000,50000", "passages of the speed part, ascending; empty for none")
	f.StringVar(&s.json, "json", "", "file to write every figure to")
	f.BoolVar(&s.typos, "typos", false, "ask every question a second time with one typo")
	f.StringVar(&s.only, "only", "", "quality or speed (default: both)")
	f.IntVar(&s.passes, "passes", 3, "timed passes over the questions, after one that warms up")
	f.IntVar(&s.queries, "queries", 1000, "questions of the speed part")
	f.Uint64Var(&s.seed, "seed", 2026, "of typos, growth and the choice of questions")
	f.StringVar(&s.profile, "profile", "", "folder for processor and memory profiles of the product in the speed part")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if len(s.sets) == 0 {
		s.sets = standardSets
	}
	var err error
	if s.sizes, err = parseSizes(*sizes); err != nil {
		return nil, err
	}
	switch {
	case s.data == "":
		return nil, errors.New("where are the sets? Give --data DIR")
	case f.NArg() > 0:
		return nil, fmt.Errorf("unexpected argument %q", f.Arg(0))
	case s.only != "" && s.only != "quality" && s.only != "speed":
		return nil, fmt.Errorf("--only %s: quality or speed", s.only)
	case s.passes < 1 || s.queries < 1:
		return nil, errors.New("--passes and --queries must be at least 1")
	}
	return s, nil
}

func parseSizes(list string) ([]int, error) {
	var sizes []int
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || len(sizes) > 0 && n <= sizes[len(sizes)-1] {
			return nil, fmt.Errorf("--sizes %s: ascending numbers parted by commas", list)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

func writeJSON(path string, r *Report) error {
	if path == "" {
		return nil
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}
