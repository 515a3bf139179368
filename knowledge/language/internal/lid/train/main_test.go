package main

import (
	"os"
	"testing"

	"refbot/knowledge/language/internal/lid"
)

// TestModelIsCurrent trains again and compares with the model in the program.
func TestModelIsCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("trains the model")
	}
	path := t.TempDir() + "/model.bin"
	if err := run(path); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../../model.bin")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != lid.Size || len(want) != lid.Size {
		t.Fatalf("%d and %d bytes, want %d", len(got), len(want), lid.Size)
	}
	// Floating point may be fused differently elsewhere: a few weights may round another way.
	differ := 0
	for i := range got {
		if got[i] != want[i] {
			differ++
		}
	}
	if differ > lid.Size/50 {
		t.Errorf("%d of %d bytes differ: run go generate in knowledge/language", differ, lid.Size)
	}
}
