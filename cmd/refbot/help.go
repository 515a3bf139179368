package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"refbot/config"
)

// settingsMark stands in a help text where the list of settings belongs.
const settingsMark = "{{settings}}\n"

// fillHelp puts the list of environment variables where a help text asks for it.
func fillHelp(text string) (string, error) {
	if !strings.Contains(text, settingsMark) {
		return text, nil
	}
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, v := range config.Variables() {
		name := v.Name
		if v.Secret {
			name += " *"
		}
		_, _ = fmt.Fprintf(t, "  %s\t%s (%s)\n", name, v.Meaning, v.Default)
	}
	if err := t.Flush(); err != nil {
		return "", fmt.Errorf("help: %w", err)
	}
	return strings.Replace(text, settingsMark, b.String(), 1), nil
}
