package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"refbot/config"
)

// TestReadmeListsTheSettings compares the table in README.md with the settings; -update rewrites it.
func TestReadmeListsTheSettings(t *testing.T) {
	const path, head, foot = "../../README.md", "| variable | meaning | default |\n| --- | --- | --- |\n", "\n`REDIS_URL` is "
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), head)
	table, after, closed := strings.Cut(rest, foot)
	if !found || !closed {
		t.Fatal("README.md has no table of settings")
	}
	want := settingsTable()
	if *update {
		if err := os.WriteFile(path, []byte(before+head+want+foot+after), 0o600); err != nil {
			t.Fatal(err)
		}
	} else if table != want {
		t.Errorf("README.md lists other settings; run with -update\n%s", want)
	}
}

func settingsTable() string {
	var b strings.Builder
	for _, v := range config.Variables() {
		mark := ""
		if v.Secret {
			mark = ` \*`
		}
		fmt.Fprintf(&b, "| `%s`%s | %s | %s |\n", v.Name, mark, v.Meaning, v.Default)
	}
	return b.String()
}
