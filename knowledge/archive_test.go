package knowledge_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"refbot/knowledge"
)

func TestArchive(t *testing.T) {
	pack := embedded(t).Pack()
	data, err := knowledge.Archive(pack)
	if err != nil {
		t.Fatal(err)
	}
	again, err := knowledge.OpenArchive(data, "published")
	if err != nil {
		t.Fatal(err)
	}
	if again.Version != pack.Version {
		t.Errorf("version %s, want %s", again.Version, pack.Version)
	}
	if diff := cmp.Diff(pack.Statements, again.Statements, cmpopts.IgnoreFields(knowledge.Statement{}, "Origin"), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("statements changed on the way (-was +is):\n%.2000s", diff)
	}
	same, err := knowledge.Archive(again)
	if err != nil || !bytes.Equal(data, same) {
		t.Errorf("packed again it is another file, %v", err)
	}
	t.Logf("%d statements in %d bytes", len(pack.Statements), len(data))
}

func FuzzOpenArchive(f *testing.F) {
	small := &knowledge.Pack{Statements: embedded(f).Pack().Statements[:3]}
	data, err := knowledge.Archive(small)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if p, err := knowledge.OpenArchive(data, "fuzz"); err == nil {
			_, _ = knowledge.Archive(p)
		}
	})
}
