package knowledge

import "go.yaml.in/yaml/v4"

// aliasFile is aliases.yaml: questions people ask, by the key of the statement that answers them.
type aliasFile struct {
	name    string
	keys    []string // in file order
	lines   map[string]int
	aliases map[string][]string
}

// parseAliases reads aliases.yaml.
func parseAliases(name string, data []byte, p *problems) *aliasFile {
	file := &aliasFile{name: name, lines: map[string]int{}, aliases: map[string][]string{}}
	y := &yamlFile{file: name, problems: p}
	root := y.root(data)
	if root == nil {
		return file
	}
	y.each(root, func(key string, k, v *yaml.Node) {
		file.keys = append(file.keys, key)
		file.lines[key] = y.at(k).line
		file.aliases[key] = y.list(key, v)
	})
	return file
}
