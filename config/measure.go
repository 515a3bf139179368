package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// number is what a count may be.
type number struct {
	name                  string
	least, most, fallback int
}

func (n number) words() string { return strconv.Itoa(n.fallback) }

// count reads a number without sign, dot or unit.
func (r *reader) count(n number) int {
	text := r.text(n.name, anything)
	if text == "" {
		return n.fallback
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < n.least || value > n.most {
		r.fail(n.name, fmt.Sprintf("is not a number from %d to %d; give for example %d", n.least, n.most, n.fallback))
		return n.fallback
	}
	return value
}

// span is what a length of time may be.
type span struct {
	name                  string
	least, most, fallback time.Duration
}

func (s span) words() string { return spanWords(s.fallback) }

// span reads a length of time as Go writes it, such as 90m, or in days, such as 180d.
func (r *reader) span(s span) time.Duration {
	text := r.text(s.name, anything)
	if text == "" {
		return s.fallback
	}
	d, err := parseSpan(text)
	if err != nil || d < s.least || d > s.most {
		r.fail(s.name, fmt.Sprintf("is not a length of time from %s to %s; give for example %s", spanWords(s.least), spanWords(s.most), spanWords(s.fallback)))
		return s.fallback
	}
	return d
}

func parseSpan(text string) (time.Duration, error) {
	days, found := strings.CutSuffix(text, "d")
	if !found {
		return time.ParseDuration(text)
	}
	n, err := strconv.ParseUint(days, 10, 16)
	return time.Duration(n) * day, err
}

// spanWords writes a length of time so that it can be read again.
func spanWords(d time.Duration) string {
	switch {
	case d%day == 0:
		return fmt.Sprintf("%dd", d/day)
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return d.String()
}

// flag reads true or false.
func (r *reader) flag(name string) bool {
	switch strings.ToLower(r.text(name, anything)) {
	case "true", "yes", "1":
		return true
	case "", "false", "no", "0":
		return false
	}
	r.fail(name, "is neither true nor false; give one of them")
	return false
}

// keys reads data keys separated by commas.
func (r *reader) keys(name string) []Secret {
	all := r.secret(name, dataKeys).Reveal()
	var keys []Secret
	for ; len(all) >= dataKeySize; all = all[dataKeySize:] {
		keys = append(keys, Secret(all[:dataKeySize]))
	}
	return keys
}
