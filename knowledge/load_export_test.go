package knowledge

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExport(t *testing.T) {
	pack := mustLoad(t, wholePack())
	dir := filepath.Join(t.TempDir(), "new", "pack")
	if err := Export(pack, dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"campaign.yaml", "glossary.yaml", "statements/results/s058.md", "statements/results/s058.kk.md"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
	again, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if again.Version != pack.Version {
		t.Errorf("exported pack is %s, want %s", again.Version, pack.Version)
	}
	if err := Export(pack, dir); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("export over a pack: %v", err)
	}
}

// TestExportForeign exports statements whose free tags make no folder names.
func TestExportForeign(t *testing.T) {
	lines := []string{recordLine, strings.NewReplacer(`"s1"`, `"s2"`, `["results"]`, `["../../Итоги"]`).Replace(recordLine)}
	pack, err := Load(writeJSONL(t, lines...))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := Export(pack, dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"statements/results/s1.md", "statements/other/s2.md"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
	again, err := Load(dir)
	if err != nil || again.Version != pack.Version || again.Campaign.ID != "" {
		t.Errorf("read again: %v, %+v", err, again)
	}
}
