package knowledge

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"refbot/knowledge/language"
)

// parseMarkdown reads one statement file: front matter between two lines of three dashes, then
// the text. It returns nil when there is nothing to go on.
func parseMarkdown(file string, data []byte, p *problems) *draft {
	top := place{file, 1}
	if !utf8.Valid(data) {
		p.errorf(top, "not UTF-8 text: save the file as UTF-8")
		return nil
	}
	header, body, ok := splitFrontMatter(data)
	if !ok {
		p.errorf(top, "no front matter: the file must begin with a line `---` and end its keys with another")
		return nil
	}
	d := &draft{at: top, lines: make(map[string]int, len(fields))}
	y := &yamlFile{file: file, skipped: 1, problems: p}
	if root := y.root(header); root != nil {
		y.each(root, d.set(y))
	} else if len(bytes.TrimSpace(header)) > 0 {
		return nil
	}
	d.text = paragraphs(string(body))
	d.nameFrom(file, p)
	return d
}

// splitFrontMatter cuts a file at its two lines of three dashes.
func splitFrontMatter(data []byte) (header, body []byte, ok bool) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return nil, nil, false
	}
	if body, ok := bytes.CutPrefix(rest, []byte("---\n")); ok {
		return nil, body, true
	}
	header, body, ok = bytes.Cut(rest, []byte("\n---\n"))
	if !ok {
		header, ok = bytes.CutSuffix(rest, []byte("\n---"))
	}
	return header, body, ok
}

// set gives the visitor that files each key of the front matter under its field.
func (d *draft) set(y *yamlFile) func(key string, k, v *yaml.Node) {
	return func(key string, k, v *yaml.Node) {
		f, known := fieldNamed(key)
		if !known {
			y.errorf(y.at(k), "unknown key %q", key)
			return
		}
		d.lines[key] = y.at(k).line
		if f.list != nil {
			*f.list(d) = y.list(key, v)
			return
		}
		*f.line(d) = y.text(key, v)
	}
}

// nameFrom fills id, key and language from a file name such as "s058.kk.md" where the front
// matter leaves them out, and doubts a front matter that says otherwise.
func (d *draft) nameFrom(file string, p *problems) {
	id, suffix, _ := strings.Cut(strings.TrimSuffix(path.Base(file), ".md"), ".")
	code := language.Code(suffix)
	key := id
	if code.Valid() {
		id += "-" + suffix
		d.language = orElse(d.language, suffix)
	}
	if d.id != "" && d.id != id {
		p.warnf(d.where("id"), "the file's name says %q, the id %q", id, d.id)
		key = d.id
	}
	if code.Valid() && d.language != suffix {
		p.warnf(d.where("language"), "the file's name says %q, the language %q", suffix, d.language)
	}
	d.id = orElse(d.id, id)
	d.key = orElse(d.key, key)
}

// orElse gives value, or fallback when value is empty.
func orElse(value, fallback string) string {
	if value != "" {
		return value
	}
	return fallback
}
