package knowledge

// groups holds the language versions of statements, group by group.
type groups struct {
	start []uint32         // versions of group g are at[start[g]:start[g+1]]
	at    []int32          // places in Pack.Statements, ascending within a group
	keys  map[string]int32 // groups whose key is not the id of one of them
}

func (g *groups) of(group int32) []int32 { return g.at[g.start[group]:g.start[group+1]] }

// join numbers the groups of language versions.
func (e *Engine) join() {
	numbers := make(map[string]int32, len(e.pack.Statements))
	e.group = make([]int32, len(e.pack.Statements))
	g := &e.groups
	for i := range e.pack.Statements {
		group, met := numbers[key(&e.pack.Statements[i])]
		if !met {
			group = int32(len(g.start))
			numbers[key(&e.pack.Statements[i])] = group
			g.start = append(g.start, 0)
		}
		e.group[i] = group
		g.start[group]++
	}
	sum := uint32(0)
	for group, n := range g.start {
		g.start[group], sum = sum, sum+n
	}
	g.start = append(g.start, sum)
	g.at = make([]int32, len(e.group))
	next := append([]uint32(nil), g.start...)
	for i, group := range e.group {
		g.at[next[group]] = int32(i)
		next[group]++
	}
	g.keys = map[string]int32{}
	for key, group := range numbers {
		if i, ok := e.ids.Find(key); !ok || e.group[i] != group {
			g.keys[key] = group
		}
	}
}

// keyed returns the statements that share a key; none if no statement has it.
func (e *Engine) keyed(name string) []int32 {
	if group, ok := e.groups.keys[name]; ok {
		return e.groups.of(group)
	}
	if i, ok := e.ids.Find(name); ok && key(&e.pack.Statements[i]) == name {
		return e.groups.of(e.group[i])
	}
	return nil
}
