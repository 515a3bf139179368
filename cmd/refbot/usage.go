package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// helpFiles holds one text a command, named after it; "kb check" is kb-check.txt.
//
//go:embed help/*.txt
var helpFiles embed.FS

// usageError is a command line that cannot be understood.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// errHelp says that help was asked for and given.
var errHelp = errors.New("help given")

// flags is the flag set of one command. Unlike the standard library's, flags may also follow the
// arguments, as people type them: `refbot ask "когда референдум?" --json`.
type flags struct {
	*flag.FlagSet
	world *World
}

func newFlags(w *World, name string) *flags {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	return &flags{set, w}
}

// parse returns the arguments that are no flags. "--" ends the flags. The error is errHelp after
// printing help, or a usage error.
func (f *flags) parse(args []string) ([]string, error) {
	var rest []string
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return nil, f.explain(err)
		}
		taken := len(args) - f.NArg()
		ended := taken > 0 && args[taken-1] == "--"
		args = f.Args()
		if ended {
			return append(rest, args...), nil
		}
		if len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	return rest, nil
}

func (f *flags) explain(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		if err := printHelp(f.world.Stdout, f.Name()); err != nil {
			return err
		}
		return errHelp
	}
	message := strings.Replace(err.Error(), "flag provided but not defined: -", "there is no flag --", 1)
	message = strings.Replace(message, "flag needs an argument: -", "a value is missing after --", 1)
	return usagef("%s; see `refbot %s --help`", message, f.Name())
}

// none insists that a command that takes no arguments got none.
func (f *flags) none(args []string, err error) error {
	if err == nil && len(args) > 0 {
		return usagef("`refbot %s` takes no argument, got %q; see `refbot %s --help`", f.Name(), args[0], f.Name())
	}
	return err
}

// helped turns errHelp into success: what was asked for has been done.
func helped(err error) error {
	if errors.Is(err, errHelp) {
		return nil
	}
	return err
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string { return strings.Join(*l, ", ") }

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

func helpCommand(_ context.Context, w *World, args []string) error {
	if len(args) == 0 {
		return printHelp(w.Stdout, "refbot")
	}
	return printHelp(w.Stdout, strings.Join(args, " "))
}

// printHelp prints the help of a command such as "ask" or "kb check".
func printHelp(w io.Writer, name string) error {
	text, err := helpFiles.ReadFile("help/" + strings.ReplaceAll(name, " ", "-") + ".txt")
	if err != nil {
		return usagef("there is no command %q to explain; see `refbot help`", name)
	}
	filled, err := fillHelp(string(text))
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, filled)
	return err
}
