package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // so that dates are right in an image that holds nothing but the binary

	"refbot/config"
)

func main() {
	ctx, stop := context.WithCancel(context.Background())
	go obey(stop)
	code := Main(ctx, os.Args[1:], &World{Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv})
	stop()
	os.Exit(code)
}

// obey lets the first signal ask refbot to stop, and the second one end it at once.
func obey(stop func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	<-signals
	stop()
	<-signals
	os.Exit(exitFailed)
}

// World is all that a command may touch outside the program.
type World struct {
	Stdout io.Writer // results
	Stderr io.Writer // progress and errors
	Getenv func(string) string
}

// The exit codes.
const (
	exitFine   = 0
	exitFailed = 1 // the work failed
	exitUsage  = 2 // wrong usage or settings
)

// command is a subcommand: it parses its own flags and prints its result.
type command struct {
	name string
	run  func(ctx context.Context, w *World, args []string) error
}

func commands() []command {
	return []command{
		{"run", runCommand},
		{"ask", askCommand},
		{"eval", evalCommand},
		{"kb", kbCommand},
		{"doctor", doctorCommand},
		{"journal", journalCommand},
		{"broadcast", broadcastCommand},
		{"deadletters", deadLettersCommand},
		{"rekey", rekeyCommand},
		{"health", healthCommand},
		{"version", versionCommand},
		{"help", helpCommand},
	}
}

// Main runs refbot with the arguments behind its name and returns the exit code.
func Main(ctx context.Context, args []string, w *World) int {
	err := dispatch(ctx, w, args)
	if err == nil {
		return exitFine
	}
	_, _ = fmt.Fprintln(w.Stderr, "refbot: "+oneLine(err.Error()))
	var usage *usageError
	var setting *config.Error
	if errors.As(err, &usage) || errors.As(err, &setting) {
		return exitUsage
	}
	return exitFailed
}

// dispatch finds the command. Flags without one belong to run, which is what bare refbot means.
func dispatch(ctx context.Context, w *World, args []string) error {
	if len(args) == 0 {
		return runCommand(ctx, w, nil)
	}
	switch name := args[0]; {
	case name == "-h" || name == "-help" || name == "--help":
		return printHelp(w.Stdout, "refbot")
	case name == "-version" || name == "--version":
		return versionCommand(ctx, w, args[1:])
	case strings.HasPrefix(name, "-"):
		return runCommand(ctx, w, args)
	default:
		for _, c := range commands() {
			if c.name == name {
				return c.run(ctx, w, args[1:])
			}
		}
		return usagef("there is no command %q; see `refbot help`, or ask a question with `refbot ask %q`", name, strings.Join(args, " "))
	}
}

// oneLine shortens an error of several lines, such as a joined one, to the first and a count.
func oneLine(message string) string {
	lines := strings.FieldsFunc(message, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) < 2 {
		return strings.Join(lines, "")
	}
	return fmt.Sprintf("%s (and %d more)", lines[0], len(lines)-1)
}
