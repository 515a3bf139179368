package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/language"
)

// record profiles a contender over N passages and writes, for `go tool pprof`, after the name of its
// profiles:
//
//	build-N.pprof   processor time of building the index once more
//	search-N.pprof  processor time of the questions
//	held-N.pprof    memory before the questions: -sample_index=inuse_space shows what the index holds
//	alloc-N.pprof   memory after them: with -diff_base held-N.pprof -sample_index=alloc_space, what
//	                the questions allocated
func (b *bench) record(c *contender.Contender, engine contender.Engine, passages []contender.Passage, questions []string) error {
	if err := os.MkdirAll(b.profile, 0o755); err != nil {
		return fmt.Errorf("profile: %w", err)
	}
	path := func(name string) string {
		return filepath.Join(b.profile, fmt.Sprintf("%s-%s-%d.pprof", c.Profile, name, len(passages)))
	}
	err := errors.Join(
		profileMemory(path("held")),
		profileTime(path("search"), func() error {
			_, err := pace(engine, questions, b.passes)
			return err
		}),
		profileMemory(path("alloc")),
		profileTime(path("build"), func() error {
			again, err := c.Build(passages, language.Russian)
			if err != nil {
				return err
			}
			return again.Close()
		}))
	if err != nil {
		return fmt.Errorf("profile: %w", err)
	}
	return nil
}

// profileTime writes the processor time f takes.
func profileTime(path string, f func() error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, file.Close())
	}
	err = f()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}

// profileMemory writes what is alive and what was ever allocated.
func profileMemory(path string) error {
	runtime.GC()
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup("heap").WriteTo(file, 0), file.Close())
}
