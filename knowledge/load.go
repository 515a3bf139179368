package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Load reads a pack from a folder of Markdown statements, with optional campaign.yaml,
// glossary.yaml and aliases.yaml, or from a statements.jsonl. Statements without a campaign or
// glossary of their own are completed with [Pack.WithDefaults]. The error joins everything that is
// wrong, up to fifty [Problem] values, each naming its file and line.
func Load(path string) (*Pack, error) {
	pack, p, err := read(path)
	if err != nil {
		return nil, fmt.Errorf("load knowledge: %w", err)
	}
	return finish(pack, p)
}

// LoadFS is Load from the root of a file system, such as an embedded one; origin names it in
// messages.
func LoadFS(fsys fs.FS, origin string) (*Pack, error) {
	p := &problems{}
	return finish(readFS(fsys, origin, p), p)
}

func finish(pack *Pack, p *problems) (*Pack, error) {
	if err := p.err(); err != nil {
		return nil, fmt.Errorf("load knowledge: %w", err)
	}
	return pack, nil
}

// WithDefaults gives a pack that takes campaign and glossary from defaults where p has none.
func (p *Pack) WithDefaults(defaults *Pack) *Pack {
	completed := *p
	if completed.Campaign.ID == "" {
		completed.Campaign = defaults.Campaign
	}
	if len(completed.Glossary.Terms) == 0 {
		completed.Glossary = defaults.Glossary
	}
	completed.Version = completed.fingerprint()
	return &completed
}

// read reads what lies at name. The error is that of the file system; what is wrong inside the
// files is in the problems.
func read(name string) (*Pack, *problems, error) {
	p := &problems{}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, nil, err
	case info.IsDir():
		return readFS(os.DirFS(name), name, p), p, nil
	case filepath.Ext(name) != ".jsonl":
		return nil, nil, fmt.Errorf("%s: want a folder of statements or a .jsonl file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	r := &reader{origin: filepath.Dir(name), problems: p}
	r.drafts = parseJSONL(name, f, p)
	pack := r.pack()
	pack.Origin = name
	return pack, p, nil
}

// readFS reads the folder at the root of fsys.
func readFS(fsys fs.FS, origin string, p *problems) *Pack {
	r := &reader{fsys: fsys, origin: origin, problems: p}
	if data, ok := r.file("campaign.yaml", MaxPackFile); ok {
		r.campaign = parseCampaign(r.name("campaign.yaml"), data, p)
	}
	if data, ok := r.file("glossary.yaml", MaxPackFile); ok {
		r.glossary = parseGlossary(r.name("glossary.yaml"), data, p)
	}
	if data, ok := r.file("aliases.yaml", MaxPackFile); ok {
		r.aliases = parseAliases(r.name("aliases.yaml"), data, p)
	}
	if data, ok := r.file("statements.jsonl", MaxJSONLFile); ok {
		r.drafts = parseJSONL(r.name("statements.jsonl"), bytes.NewReader(data), p)
	}
	r.statements()
	return r.pack()
}

// reader gathers the parts of a pack.
type reader struct {
	fsys   fs.FS
	origin string
	*problems

	campaign Campaign
	glossary Glossary
	aliases  *aliasFile
	drafts   []*draft
	files    int // Markdown files seen
}

// name gives a file of the pack as messages name it.
func (r *reader) name(file string) string { return path.Join(filepath.ToSlash(r.origin), file) }

// file reads an optional file of at most limit bytes.
func (r *reader) file(name string, limit int64) ([]byte, bool) {
	info, err := fs.Stat(r.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	if err == nil && info.Size() > limit {
		err = fmt.Errorf("larger than %d bytes", limit)
	}
	var data []byte
	if err == nil {
		data, err = fs.ReadFile(r.fsys, name)
	}
	if err != nil {
		r.errorf(place{file: r.name(name)}, "%v", err)
	}
	return data, err == nil
}

// statements reads the Markdown files below statements/, or of the whole folder when there is no
// such subfolder.
func (r *reader) statements() {
	root := "statements"
	if info, err := fs.Stat(r.fsys, root); err != nil || !info.IsDir() {
		root = "."
	}
	err := fs.WalkDir(r.fsys, root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != root && hidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case len(r.drafts) > MaxStatements:
			r.errorf(place{file: r.name(root)}, "more than %d statements", MaxStatements)
			return fs.SkipAll
		case !entry.IsDir() && path.Ext(name) == ".md":
			r.markdown(name)
		}
		return nil
	})
	if err != nil {
		r.errorf(place{file: r.name(root)}, "%v", err)
	}
}

func (r *reader) markdown(name string) {
	r.files++
	data, ok := r.file(name, MaxPackFile)
	if !ok {
		return
	}
	if d := parseMarkdown(r.name(name), data, r.problems); d != nil {
		r.drafts = append(r.drafts, d)
	}
}

// hidden reports whether a file is not part of the pack: drafts, editors' files and the README.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || strings.EqualFold(name, "README.md")
}

// pack puts the parts together and checks them against each other.
func (r *reader) pack() *Pack {
	if r.aliases == nil {
		r.aliases = &aliasFile{}
	}
	if len(r.drafts)+r.files == 0 {
		r.errorf(place{file: r.name("")}, "no statements found")
	}
	pack := &Pack{
		Campaign: r.campaign, Glossary: r.glossary, Origin: r.origin,
		Statements: assemble(r.drafts, r.aliases, r.problems),
	}
	r.checkTopics(&pack.Campaign)
	pack.Version = pack.fingerprint()
	return pack
}

// checkTopics reports statements that no menu leads to, and tags the campaign does not know.
func (r *reader) checkTopics(c *Campaign) {
	if c.ID == "" {
		return
	}
	for _, d := range r.drafts {
		reached := d.orphan
		for _, tag := range d.topics {
			if len(c.TopicsOf(&Statement{Topics: []string{tag}})) > 0 {
				reached = true
			} else if !d.inherited["topics"] {
				r.warnf(d.where("topics"), "topic %q is not in campaign.yaml", tag)
			}
		}
		if !reached {
			d.complain(r.problems, "topics", "none of the topics is in campaign.yaml: no menu leads to this statement")
		}
	}
}
