package knowledge

// trace writes down how an answer came about.
func (e *Engine) trace(u *understood, list []candidate, x *evidence) *Trace {
	t := &Trace{Identified: u.identified, Repairs: u.repairs}
	for i := range u.query.Groups {
		g := &u.query.Groups[i]
		w := TraceWord{Word: g.Token.Text, Weight: float64(g.Weight * g.IDF)}
		for _, v := range g.Variants {
			w.Ways = append(w.Ways, TraceWay{e.index.Name(v.Term), v.Via.String(), float64(v.Weight)})
		}
		t.Words = append(t.Words, w)
	}
	for i := range list[:min(kept, len(list))] {
		c := &list[i]
		parts := []TraceValue{
			{Name: "words", Value: float64(c.match.Words)},
			{Name: "near", Value: float64(c.match.Near)},
			{Name: "kind of value", Value: float64(c.match.Kind)},
		}
		t.Candidates = append(t.Candidates, TraceCandidate{
			ID: e.pack.Statements[c.at].ID, Score: float64(c.score), Parts: append(parts, *c.factors...),
		})
	}
	for i, value := range x {
		t.Evidence = append(t.Evidence, TraceValue{Name: featureNames[i], Value: value, Weight: e.verdict[i]})
	}
	for family, cues := range u.reading.Cues {
		for _, cue := range cues {
			t.Steps = append(t.Steps, "cue "+family+":"+cue)
		}
	}
	return t
}
