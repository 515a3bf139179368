package exposition

import (
	"fmt"
	"io"
	"math"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestText(t *testing.T) {
	r := New()
	calls := r.Counters("b_calls_total", `Calls, by \ method.`, "method", "outcome")
	calls.With("send", "ok").Inc()
	calls.With("send", "ok").Inc()
	calls.With("get", "a\"b\\c\nd\xff").Inc()
	r.Counters("a_total", "Without labels.").With()
	wait := r.Histograms("c_seconds", "Waits.", []float64{.5, 1}, "stage")
	for _, v := range []float64{.1, .5, .6, 7, math.NaN()} {
		wait.With("in").Observe(v)
	}
	r.Collect(func(l *Look) {
		box := Gauge("d_boxes", "Boxes.", "state")
		l.Show(box, 3, "due")
		l.Show(box, math.Inf(1), "old")
	})
	want := `# HELP a_total Without labels.
# TYPE a_total counter
a_total 0
# HELP b_calls_total Calls, by \\ method.
# TYPE b_calls_total counter
b_calls_total{method="get",outcome="a\"b\\c\nd` + "\uFFFD" + `"} 1
b_calls_total{method="send",outcome="ok"} 2
# HELP c_seconds Waits.
# TYPE c_seconds histogram
c_seconds_bucket{stage="in",le="0.5"} 2
c_seconds_bucket{stage="in",le="1"} 3
c_seconds_bucket{stage="in",le="+Inf"} 4
c_seconds_sum{stage="in"} 8.2
c_seconds_count{stage="in"} 4
# HELP d_boxes Boxes.
# TYPE d_boxes gauge
d_boxes{state="due"} 3
d_boxes{state="old"} +Inf
`
	if diff := cmp.Diff(want, string(r.Text())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	w := httptest.NewRecorder()
	r.ServeHTTP(w, nil)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil || string(body) != want || w.Header().Get("Content-Type") != ContentType {
		t.Errorf("served: %s %v %s", w.Header(), err, body)
	}
}

// TestMistakes: what Prometheus would refuse, or read as something else, stops the program.
func TestMistakes(t *testing.T) {
	twice := New()
	twice.Counters("x_total", "X.")
	for name, wrong := range map[string]func(){
		"name":     func() { New().Counters("0x_total", "X.") },
		"label":    func() { New().Counters("x_total", "X.", "a-b") },
		"reserved": func() { New().Counters("x_total", "X.", "__name__") },
		"help":     func() { New().Counters("x_total", "") },
		"suffix":   func() { New().Counters("x", "X.") },
		"twice":    func() { twice.Counters("x_total", "X.") },
		"few":      func() { New().Counters("x_total", "X.", "a").With() },
		"bounds":   func() { New().Histograms("x", "X.", []float64{2, 1}) },
		"same":     func() { New().Histograms("x", "X.", []float64{1, 1}) },
		"infinite": func() { New().Histograms("x", "X.", []float64{1, math.Inf(1)}) },
		"values":   func() { (&Look{gauges: map[string]*gauges{}}).Show(Gauge("x", "X.", "a"), 1) },
		"both": func() {
			r := New()
			r.Counters("x_total", "X.")
			r.Collect(func(l *Look) { l.Show(Running("x_total", "X."), 1) })
			r.Text()
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("nothing stopped it")
				}
			}()
			wrong()
		})
	}
}

func TestManyAtOnce(t *testing.T) {
	r := New()
	c, h := r.Counters("x_total", "X.", "n"), r.Histograms("y", "Y.", []float64{1}, "n")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 1000 {
				c.With(fmt.Sprint(i % 3)).Inc()
				h.With("a").Observe(float64(i % 2))
				if i%100 == 0 {
					r.Text()
				}
			}
		})
	}
	all.Wait()
	for _, want := range []string{`x_total{n="0"} 2672`, `x_total{n="2"} 2664`, `y_count{n="a"} 8000`, `y_sum{n="a"} 4000`} {
		if text := string(r.Text()); !strings.Contains(text, want+"\n") {
			t.Errorf("lacks %s:\n%s", want, text)
		}
	}
}

func TestProcess(t *testing.T) {
	for busy := time.Now(); time.Since(busy) < 20*time.Millisecond; {
	}
	r := New()
	r.Collect(Process)
	text := string(r.Text())
	for _, name := range []string{"go_info{", "go_goroutines ", "go_memstats_heap_alloc_bytes ", "go_gc_cycles_total ", "process_start_time_seconds "} {
		if !strings.Contains(text, "\n"+name) {
			t.Errorf("lacks %s:\n%s", name, text)
		}
	}
	if _, err := os.Stat("/proc/self/statm"); err == nil && (!strings.Contains(text, "\nprocess_resident_memory_bytes ") || strings.Contains(text, "process_cpu_seconds_total 0\n")) {
		t.Errorf("the system is not asked:\n%s", text)
	}
}

func TestResidentBytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "statm")
	for text, want := range map[string]float64{"10 3 1 0": 3, "10": -1, "": -1, "a b": -1, "1 -2": -1} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, ok := residentBytes(path)
		if ok != (want >= 0) || ok && got != want*float64(os.Getpagesize()) {
			t.Errorf("%q: %v %v, want %v pages", text, got, ok, want)
		}
	}
}

func BenchmarkCount(b *testing.B) {
	r := New()
	c, h := r.Counters("x_total", "X.", "method", "outcome"), r.Histograms("y", "Y.", []float64{.1, 1, 10}, "method")
	b.ReportAllocs()
	for b.Loop() {
		c.With("sendMessage", "ok").Inc()
		h.With("sendMessage").Observe(.3)
	}
}
