package exposition

import (
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

// The names are those of Prometheus' own client libraries, which dashboards know
// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics).
var (
	goInfo       = Gauge("go_info", "The Go release of the program: always 1.", "version")
	goGoroutines = Gauge("go_goroutines", "Goroutines that exist.")
	goHeap       = Gauge("go_memstats_heap_alloc_bytes", "Bytes of objects on the heap, live or not yet swept.")
	goHeld       = Gauge("go_memstats_sys_bytes", "Bytes of memory the Go runtime holds from the system.")
	goAllocated  = Running("go_memstats_alloc_bytes_total", "Bytes given out by the allocator so far.")
	goCollected  = Running("go_gc_cycles_total", "Garbage collections so far.")

	cpuSeconds = Running("process_cpu_seconds_total", "Processor time, user and system, in seconds.")
	startTime  = Gauge("process_start_time_seconds", "When the process began, in seconds since 1970.")
	resident   = Gauge("process_resident_memory_bytes", "Bytes of memory in use, as the system counts them.")
	openFiles  = Gauge("process_open_fds", "File descriptors in use.")
)

// began is close enough to the start of the process: packages are initialised within milliseconds.
var began = time.Now()

// Process collects what the Go runtime and the system know of this process. What a system does not
// tell is left out.
func Process(l *Look) {
	l.Show(goInfo, 1, runtime.Version())
	l.Show(startTime, float64(began.UnixMilli())/1e3)
	show := map[string]Desc{
		"/sched/goroutines:goroutines":       goGoroutines,
		"/memory/classes/heap/objects:bytes": goHeap,
		"/memory/classes/total:bytes":        goHeld,
		"/gc/heap/allocs:bytes":              goAllocated,
		"/gc/cycles/total:gc-cycles":         goCollected,
	}
	for name, desc := range show {
		sample := []metrics.Sample{{Name: name}}
		metrics.Read(sample)
		if sample[0].Value.Kind() == metrics.KindUint64 {
			l.Show(desc, float64(sample[0].Value.Uint64()))
		}
	}
	if cpu, ok := processorTime(); ok {
		l.Show(cpuSeconds, cpu.Seconds())
	}
	if bytes, ok := residentBytes("/proc/self/statm"); ok {
		l.Show(resident, bytes)
	}
	if files, err := os.ReadDir("/proc/self/fd"); err == nil {
		l.Show(openFiles, float64(len(files)-1)) // but the one that lists them
	}
}

// residentBytes reads the second number of a Linux statm file, in pages.
func residentBytes(path string) (float64, bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	pages, ok := secondNumber(string(text))
	return pages * float64(os.Getpagesize()), ok
}

func secondNumber(text string) (float64, bool) {
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return 0, false
	}
	n, err := strconv.ParseUint(fields[1], 10, 52)
	return float64(n), err == nil
}
