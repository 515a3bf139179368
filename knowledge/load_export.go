package knowledge

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Export writes a pack as a folder: campaign.yaml, glossary.yaml and a Markdown file for each
// statement, filed under its first topic. [Load] reads it back as the same pack, unless it came
// from a statements.jsonl without offices, which a Markdown pack has to name. The folder is made;
// one that holds anything already is refused, so that no work is written over.
func Export(p *Pack, dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("export knowledge: %s is not empty", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("export knowledge: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("export knowledge: %w", err)
	}
	if err := errors.Join(exportTo(root, p), root.Close()); err != nil {
		return fmt.Errorf("export knowledge: %w", err)
	}
	return nil
}

func exportTo(root *os.Root, p *Pack) error {
	if p.Campaign.ID != "" {
		if err := root.WriteFile("campaign.yaml", p.Campaign.yaml(), 0o644); err != nil {
			return err
		}
	}
	if len(p.Glossary.Terms) > 0 {
		if err := root.WriteFile("glossary.yaml", p.Glossary.yaml(), 0o644); err != nil {
			return err
		}
	}
	for i := range p.Statements {
		s := &p.Statements[i]
		folder := filepath.Join("statements", p.folder(s))
		if err := root.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(filepath.Join(folder, s.FileName()), s.Markdown(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// folder names the subfolder a statement is filed in: its first topic, or "other".
func (p *Pack) folder(s *Statement) string {
	if ids := p.Campaign.TopicsOf(s); len(ids) > 0 {
		return ids[0]
	}
	if len(s.Topics) > 0 && slugShape.MatchString(s.Topics[0]) {
		return s.Topics[0]
	}
	return "other"
}

// FileName names the file of a statement: "s058.md", and "s058.kk.md" for the translation s058-kk.
func (s *Statement) FileName() string {
	if s.Key != s.ID && s.ID == s.Key+"-"+string(s.Language) {
		return s.Key + "." + string(s.Language) + ".md"
	}
	return s.ID + ".md"
}
