package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"refbot/knowledge/reform2026"
)

// buildVersion says what this binary was built from.
type buildVersion struct {
	Version   string `json:"version"`            // of the module; "(devel)" outside a release
	Revision  string `json:"revision,omitempty"` // of the repository; none where it was built without one
	Time      string `json:"time,omitempty"`     // of the revision, RFC 3339
	Modified  bool   `json:"modified"`           // built with changes that are in no revision
	Go        string `json:"go"`
	Platform  string `json:"platform"`
	Knowledge string `json:"knowledge"` // version of the embedded knowledge base
	Count     int    `json:"statements"`
}

func versionCommand(_ context.Context, w *World, args []string) error {
	f := newFlags(w, "version")
	asJSON := f.Bool("json", false, "")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	pack, err := reform2026.Pack()
	if err != nil {
		return err
	}
	info, _ := debug.ReadBuildInfo()
	v := describeBuild(info)
	v.Knowledge, v.Count = pack.Version, len(pack.Statements)
	if *asJSON {
		return writeJSON(w.Stdout, v)
	}
	_, err = fmt.Fprint(w.Stdout, v)
	return err
}

// describeBuild reads what the Go toolchain stamped into the binary; info is nil where it did not.
func describeBuild(info *debug.BuildInfo) buildVersion {
	v := buildVersion{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info == nil {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.time":
			v.Time = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

// String gives one fact a line.
func (v buildVersion) String() string {
	revision := v.Revision
	switch {
	case revision == "":
		revision = "unknown"
	case v.Modified:
		revision += " with changes"
	}
	if v.Time != "" {
		revision += ", " + v.Time
	}
	return fmt.Sprintf("refbot %s\nrevision %s\n%s %s\nknowledge %s, %d statements\n",
		v.Version, revision, v.Go, v.Platform, v.Knowledge, v.Count)
}
