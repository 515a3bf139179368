// Package browsertest opens pages in a real Chromium for tests: it starts one
// browser for a test binary, gives each test a tab of its own with its own
// storage, collects what the page complains about, takes screenshots and runs
// axe-core.
//
// A test that opens a page is skipped when no Chromium is installed, and
// [Page.Axe] is skipped when axe-core is not found. With
// REFBOT_REQUIRE_TOOLS=1 both fail instead, so that a build server cannot
// pass by not looking.
//
// A test binary that wants its browser closed and its files removed runs its
// tests through [Main]:
//
//	func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }
package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// EnvRequire names the variable that turns a missing tool into a failure.
const EnvRequire = "REFBOT_REQUIRE_TOOLS"

// EnvAxe names the variable with the path of axe.min.js. Unset, the file is
// looked for as refbot/axe.min.js in the user's cache folder.
const EnvAxe = "REFBOT_AXE"

var errNoAnswer = fmt.Errorf("the browser did not open within %v", patience)

var errNoBrowser = errors.New("no Chromium found: install chromium, or put it on PATH")

// browser is the one Chromium of this test binary.
var browser struct {
	once   sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	dir    string
	err    error
}

// Main runs a test binary's tests, closes the browser if one was started and
// returns the exit code.
func Main(m *testing.M) int {
	defer stop()
	return m.Run()
}

func stop() {
	if browser.cancel != nil {
		_ = chromedp.Cancel(browser.ctx) // the process is killed with ours if this fails
		browser.cancel()
	}
	if browser.dir != "" {
		_ = os.RemoveAll(browser.dir)
	}
}

// start gives the browser's context, starting it the first time.
func start() (context.Context, error) {
	browser.once.Do(func() {
		path, err := findBrowser()
		if err != nil {
			browser.err = err
			return
		}
		if browser.dir, browser.err = os.MkdirTemp("", "browsertest"); browser.err != nil {
			return
		}
		allocator, cancel := chromedp.NewExecAllocator(context.Background(), options(path, browser.dir)...)
		browser.ctx, browser.cancel = chromedp.NewContext(allocator)
		if err := opened(browser.ctx); err != nil {
			cancel()
			browser.err = fmt.Errorf("start %s: %w", path, err)
		}
	})
	return browser.ctx, browser.err
}

// opened starts the browser or the tab that ctx stands for. They live as long as the context they are started with, so
// the wait is bounded beside it: a browser that hangs fails a test and does not hang it.
func opened(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- chromedp.Do(ctx) }()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		return errNoAnswer
	}
}

func options(path, dir string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(dir),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en-GB"),
	)
}

func findBrowser() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoBrowser
}

func findAxe() (string, error) {
	path := os.Getenv(EnvAxe)
	if path == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("find axe-core: %w", err)
		}
		path = filepath.Join(cache, "refbot", "axe.min.js")
	}
	source, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("find axe-core (set %s to axe.min.js): %w", EnvAxe, err)
	}
	return string(source), nil
}

// missing skips a test for want of a tool, or fails it where tools are
// required.
func missing(t testing.TB, err error) {
	t.Helper()
	if os.Getenv(EnvRequire) == "1" {
		t.Fatal(err)
	}
	t.Skip(err)
}
