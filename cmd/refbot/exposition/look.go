package exposition

import "bytes"

// Look gathers what is read when somebody asks for the metrics.
type Look struct{ gauges map[string]*gauges }

// Desc names a value that is read at each look.
type Desc struct {
	name, help, kind string
	labels           []string
}

// Gauge describes a value that goes up and down.
func Gauge(name, help string, labels ...string) Desc { return Desc{name, help, "gauge", labels} }

// Running describes a value that only grows, and is counted elsewhere.
func Running(name, help string, labels ...string) Desc { return Desc{name, help, "counter", labels} }

// gauges are the values of one name at one look.
type gauges struct {
	head header
	all  []reading
}

type reading struct {
	values []string
	number float64
}

// Show adds a value, with label values in the order of the labels. A wrong number of them panics.
func (l *Look) Show(d Desc, number float64, values ...string) {
	if len(values) != len(d.labels) {
		panic("exposition: wrong number of values for " + d.name)
	}
	g := l.gauges[d.name]
	if g == nil {
		g = &gauges{head: header(d)}
		g.head.check()
		l.gauges[d.name] = g
	}
	g.all = append(g.all, reading{values, number})
}

func (g *gauges) header() *header { return &g.head }

func (g *gauges) write(b *bytes.Buffer) {
	for _, r := range g.all {
		g.head.sample(b, "", r.values, "", r.number)
	}
}
