package main

import (
	"context"
	"fmt"
	"strings"

	"refbot/knowledge"
	"refbot/knowledge/reform2026"
)

// kbCommand dispatches to the subcommands of the knowledge base.
func kbCommand(ctx context.Context, w *World, args []string) error {
	if len(args) == 0 {
		return usagef("what about the knowledge base? `refbot kb check`, `refbot kb list`, `refbot kb import SOURCE`, `refbot kb export DIR` or `refbot kb publish DIR`")
	}
	switch args[0] {
	case "check":
		return kbCheck(w, args[1:])
	case "list":
		return kbList(ctx, w, args[1:])
	case "export":
		return kbExport(ctx, w, args[1:])
	case "import":
		return kbImport(ctx, w, args[1:])
	case "publish":
		return kbPublish(ctx, w, args[1:])
	}
	if _, err := newFlags(w, "kb").parse(args); err != nil {
		return helped(err)
	}
	return usagef("there is no command \"kb %s\"; see `refbot kb --help`", args[0])
}

// kbCheck prints everything wrong or doubtful in a pack; errors fail the command.
func kbCheck(w *World, args []string) error {
	f := newFlags(w, "kb check")
	asJSON := f.Bool("json", false, "")
	paths, err := f.parse(args)
	if err != nil {
		return helped(err)
	}
	if len(paths) > 1 {
		return usagef("`refbot kb check` takes one path, got %d", len(paths))
	}
	path, err := packPath(w, strings.Join(paths, ""))
	if err != nil {
		return err
	}
	report := checkPack(path)
	if *asJSON {
		err = writeJSON(w.Stdout, report)
	} else {
		err = report.Print(w.Stdout)
	}
	if n := len(report.Errors()); err == nil && n > 0 {
		return fmt.Errorf("the knowledge base does not load: mend what is marked as error (%d) and check again", n)
	}
	return err
}

func checkPack(path string) knowledge.Report {
	if path == "" {
		return reform2026.Check()
	}
	return knowledge.Check(path)
}

// kbExport writes a pack as a folder of Markdown.
func kbExport(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "kb export")
	kb := f.String("kb", "", "")
	dirs, err := f.parse(args)
	if err != nil {
		return helped(err)
	}
	if len(dirs) != 1 {
		return usagef("where to? For example: refbot kb export my-statements")
	}
	pack, err := livePack(ctx, w, *kb)
	if err != nil {
		return err
	}
	if err := knowledge.Export(pack, dirs[0]); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.Stdout, "%d statements written to %s\n", len(pack.Statements), dirs[0])
	return err
}
