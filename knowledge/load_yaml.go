package knowledge

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// yamlFile reads one YAML text of a pack and reports what is wrong with it, by line.
// Values are taken as they are typed: a date, a number or "no" is text until a field says otherwise.
type yamlFile struct {
	file    string
	skipped int // lines of the file before the YAML text
	*problems
}

// at gives the place of a node.
func (y *yamlFile) at(n *yaml.Node) place { return place{y.file, n.Line + y.skipped} }

// root parses data into its top mapping; nil when it is empty or broken.
func (y *yamlFile) root(data []byte) *yaml.Node {
	top := place{y.file, y.skipped + 1}
	if !utf8.Valid(data) {
		y.errorf(top, "not UTF-8 text: save the file as UTF-8")
		return nil
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	var document yaml.Node
	if err := yaml.Load(data, &document); err != nil {
		y.broken(top, err)
		return nil
	}
	root := &document
	if root.Kind == yaml.DocumentNode && len(root.Content) == 1 {
		root = root.Content[0]
	}
	if root.Kind != yaml.MappingNode {
		y.errorf(top, "want lines of the form `key: value`")
		return nil
	}
	return root
}

// broken reports a syntax error at its own line where the parser tells it.
func (y *yamlFile) broken(at place, err error) {
	var syntax *yaml.LoadError
	if errors.As(err, &syntax) {
		if syntax.Mark.Line > 0 {
			at.line = syntax.Mark.Line + y.skipped
		}
		y.errorf(at, "broken YAML: %s (does a value with `: ` or ` #` lack quotes?)", syntax.Message)
		return
	}
	y.errorf(at, "broken YAML: %v", err)
}

// each calls visit for every entry of a mapping, in file order, and reports repeated keys.
func (y *yamlFile) each(mapping *yaml.Node, visit func(key string, k, v *yaml.Node)) {
	if mapping.Kind != yaml.MappingNode {
		y.errorf(y.at(mapping), "want entries of the form `key: value`")
		return
	}
	seen := make(map[string]bool, len(mapping.Content)/2)
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		k, v := mapping.Content[i], mapping.Content[i+1]
		switch {
		case k.Kind != yaml.ScalarNode:
			y.errorf(y.at(k), "a key must be a plain word")
		case seen[k.Value]:
			y.errorf(y.at(k), "%q is given twice", k.Value)
		default:
			seen[k.Value] = true
			visit(k.Value, k, v)
		}
	}
}

// text gives a scalar as typed, with runs of white space as one space; "" for null.
func (y *yamlFile) text(key string, v *yaml.Node) string {
	if v.Kind != yaml.ScalarNode {
		y.errorf(y.at(v), "%s: want one value", key)
		return ""
	}
	if v.Tag == "!!null" {
		return ""
	}
	return squeeze(v.Value)
}

// list gives a sequence of scalars; a single scalar stands for a list of one.
func (y *yamlFile) list(key string, v *yaml.Node) []string {
	var list []string
	items := v.Content
	if v.Kind != yaml.SequenceNode {
		items = []*yaml.Node{v}
	}
	for _, item := range items {
		if text := y.text(key, item); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// sequence gives the items of a list of mappings.
func (y *yamlFile) sequence(key string, v *yaml.Node) []*yaml.Node {
	if v.Kind != yaml.SequenceNode {
		y.errorf(y.at(v), "%s: want a list, each entry beginning with `- `", key)
		return nil
	}
	return v.Content
}
