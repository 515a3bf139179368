// Package exposition counts what a program does and shows it in the text format Prometheus reads
// (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4).
//
// A [Registry] holds counters and histograms, which are kept while the program works, and collectors,
// which give gauges when somebody looks. Names, labels and help are written by the program: a wrong one is
// a mistake in the program and panics at the start. Label values may be anything; they are escaped.
package exposition

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ContentType is that of the text format.
const ContentType = "text/plain; version=0.0.4; charset=utf-8"

// Registry holds the metrics of a program. It is safe for concurrent use.
type Registry struct {
	mu         sync.Mutex
	families   map[string]family
	collectors []func(*Look)
}

// family is everything under one name.
type family interface {
	header() *header
	// write appends a line for each series.
	write(*bytes.Buffer)
}

// header is what Prometheus is told of a name.
type header struct {
	name, help, kind string
	labels           []string
}

// New returns an empty registry.
func New() *Registry { return &Registry{families: map[string]family{}} }

// Collect has a function called at each look, one look at a time.
func (r *Registry) Collect(collect func(*Look)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.collectors = append(r.collectors, collect)
}

var nameShape = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

// check panics when Prometheus would refuse the header.
func (h *header) check() {
	for _, name := range append([]string{h.name}, h.labels...) {
		if !nameShape.MatchString(name) || strings.HasPrefix(name, "__") {
			panic(fmt.Sprintf("exposition: %q is no name", name))
		}
	}
	if h.help == "" {
		panic("exposition: " + h.name + " has no help")
	}
}

// register adds a family; a name that is taken panics.
func (r *Registry) register(f family) {
	h := f.header()
	h.check()
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, taken := r.families[h.name]; taken {
		panic("exposition: " + h.name + " is registered twice")
	}
	r.families[h.name] = f
}

// Text is everything the registry has to show at this moment, sorted by name.
func (r *Registry) Text() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	look := &Look{gauges: map[string]*gauges{}}
	for _, collect := range r.collectors {
		collect(look)
	}
	all := make([]family, 0, len(r.families)+len(look.gauges))
	for _, f := range r.families {
		all = append(all, f)
	}
	for name, g := range look.gauges {
		if _, taken := r.families[name]; taken {
			panic("exposition: " + name + " is registered and collected")
		}
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b family) int { return cmp.Compare(a.header().name, b.header().name) })
	var b bytes.Buffer
	for _, f := range all {
		h := f.header()
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", h.name, helpEscapes.Replace(h.help), h.name, h.kind)
		f.write(&b)
	}
	return b.Bytes()
}

// ServeHTTP shows the metrics.
func (r *Registry) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	text := r.Text()
	w.Header().Set("Content-Type", ContentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	_, _ = w.Write(text) // whoever asked has gone: nobody to tell
}

var (
	helpEscapes  = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
	valueEscapes = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)
)

// sample writes one line: name{label="value",…} number. A histogram's bucket brings its bound as le.
func (h *header) sample(b *bytes.Buffer, suffix string, values []string, le string, number float64) {
	b.WriteString(h.name + suffix)
	open := byte('{')
	pair := func(label, value string) {
		b.WriteByte(open)
		open = ','
		b.WriteString(label + `="` + valueEscapes.Replace(strings.ToValidUTF8(value, "\uFFFD")) + `"`)
	}
	for i, label := range h.labels {
		pair(label, values[i])
	}
	if le != "" {
		pair("le", le)
	}
	if open == ',' {
		b.WriteByte('}')
	}
	b.WriteString(" " + figure(number) + "\n")
}

// figure is a number as Prometheus reads it.
func figure(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "+Inf"
	case math.IsInf(v, -1):
		return "-Inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
