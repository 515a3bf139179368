// Package process runs a redis-server as a child that does not outlive the program: the embedded
// store's, and those of the tests.
package process

import (
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Process is a running child.
type Process struct {
	cmd  *exec.Cmd
	done chan struct{}
}

// Start runs program in dir with its settings on standard input, where no process list shows them, and
// with files beyond the standard three. Its output is thrown away: settings name a log file.
//
// On Linux the child gets SIGTERM when this program dies, however it dies. The kernel ties that to the
// thread that started the child, so one thread stays with it.
func Start(program, dir, settings string, files ...*os.File) (*Process, error) {
	cmd := exec.Command(program, "-") //nolint:noctx // it lives until Stop, not as long as a call
	cmd.Stdin = strings.NewReader(settings)
	return start(cmd, dir, files)
}

// StartSentinel runs program as a Sentinel in dir, with its settings in a file there, which it rewrites.
func StartSentinel(program, dir, file string) (*Process, error) {
	return start(exec.Command(program, file, "--sentinel"), dir, nil) //nolint:noctx // as above
}

func start(cmd *exec.Cmd, dir string, files []*os.File) (*Process, error) {
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, io.Discard, io.Discard
	cmd.ExtraFiles, cmd.SysProcAttr = files, attributes()
	p := &Process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(p.done)
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended is in its log
		}
	}()
	return p, <-started
}

// Done is closed when the child has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Kill ends the child at once and waits for its end.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// Stop asks the child to end and waits; after patience it kills it.
func (p *Process) Stop(patience time.Duration) {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	t := time.AfterFunc(patience, func() { _ = p.cmd.Process.Kill() })
	defer t.Stop()
	<-p.done
}

// Program looks for redis-server and reads its version, such as 7.0; "" when there is none that runs.
// It looks once.
var Program = sync.OnceValues(func() (path string, version Version) {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return "", Version{}
	}
	out, err := exec.Command(path, "--version").Output()
	if err != nil {
		return "", Version{}
	}
	return path, parseVersion(string(out))
})
