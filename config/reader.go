package config

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
)

// maxSecretFile bounds what is read of a NAME_FILE, in bytes; no secret here comes near it.
const maxSecretFile = 64 << 10

// maxUserID is the largest id Telegram may hand out: user ids have at most 52 significant bits.
const maxUserID = 1<<52 - 1

// Error is a setting that cannot be used.
type Error struct {
	Variable string // the environment variable to mend
	Advice   string // what is wrong with it and what to do
}

// Error implements error: "VARIABLE: what is wrong; what to do", in one line.
func (e *Error) Error() string { return e.Variable + ": " + e.Advice }

func wrong(name, format string, args ...any) error {
	return &Error{Variable: name, Advice: fmt.Sprintf(format, args...)}
}

// check turns a value as written into the value to use, or says what is wrong with it. Its advice
// must not quote the value, which may be a secret.
type check func(value string) (use, advice string)

// reader reads variables and keeps the first thing that was wrong; after that it reads on without
// effect, so that callers need not look after each variable.
type reader struct {
	getenv func(string) string
	err    error
}

func (r *reader) fail(name, advice string) {
	if r.err == nil {
		r.err = wrong(name, "%s", advice)
	}
}

// text returns the checked value of a variable, "" where it is not set.
func (r *reader) text(name string, ok check) string {
	value := strings.TrimSpace(r.getenv(name))
	if value == "" {
		return ""
	}
	use, advice := ok(value)
	if advice != "" {
		r.fail(name, advice)
	}
	return use
}

// textOr is text with a default.
func (r *reader) textOr(name string, ok check, fallback string) string {
	if value := r.text(name, ok); value != "" {
		return value
	}
	return fallback
}

// secret returns the checked value of a variable, or of the file that NAME_FILE names.
func (r *reader) secret(name string, ok check) Secret {
	path := strings.TrimSpace(r.getenv(name + "_FILE"))
	if path == "" {
		return Secret(r.text(name, ok))
	}
	if strings.TrimSpace(r.getenv(name)) != "" {
		r.fail(name, "is set twice; keep either "+name+" or "+name+"_FILE")
		return ""
	}
	content, err := readSecret(path)
	if err != nil {
		r.fail(name+"_FILE", err.Error())
		return ""
	}
	use, advice := ok(content)
	if advice != "" {
		r.fail(name+"_FILE", "the file's content "+advice)
	}
	return Secret(use)
}

// readSecret reads a small file and drops the white space around its content.
func readSecret(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("cannot be read (%w); give the path of a readable file", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxSecretFile+1))
	if err != nil {
		return "", fmt.Errorf("cannot be read (%w); give the path of a readable file", err)
	}
	if len(content) > maxSecretFile {
		return "", fmt.Errorf("%s is larger than %d KiB; give the file that holds only the secret", path, maxSecretFile>>10)
	}
	text := strings.TrimSpace(string(content))
	if text == "" {
		return "", fmt.Errorf("%s is empty; write the secret into it", path)
	}
	return text, nil
}

// ids reads Telegram user ids separated by commas.
func (r *reader) ids(name string) []int64 {
	var ids []int64
	for i, field := range strings.Split(r.text(name, anything), ",") {
		field = strings.TrimSpace(field)
		if field == "" {
			continue
		}
		id, err := strconv.ParseInt(field, 10, 64)
		if err != nil || id < 1 || id > maxUserID {
			r.fail(name, fmt.Sprintf("entry %d is not a Telegram user id; "+
				"give numbers separated by commas, as /whoami shows them", i+1))
			return nil
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// level reads a log level, info where none is set.
func (r *reader) level(name string) slog.Level {
	switch strings.ToLower(r.text(name, anything)) {
	case "debug":
		return slog.LevelDebug
	case "", "info":
		return slog.LevelInfo
	case "warn", "warning":
		return slog.LevelWarn
	case "error":
		return slog.LevelError
	}
	r.fail(name, "is not a log level; give debug, info, warn or error")
	return slog.LevelInfo
}
