package browsertest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience bounds every wait. A page on loopback needs a fraction of it, but the
// machine may be busy.
const patience = time.Minute

// Page is one tab. Its methods fail the test they were opened for, naming what
// they waited for.
type Page struct {
	t        testing.TB
	ctx      context.Context
	mu       sync.Mutex
	problems []string
	expected bool
}

// Open shows url in a new tab of width by height CSS pixels, with the dark or
// the light colour scheme and reduced motion, which makes pictures repeatable.
// The tab has its own storage and closes with the test. A test whose page
// threw an exception or wrote an error to the console fails at its end; see
// [Page.ExpectProblems].
func Open(t testing.TB, url string, width, height int, dark bool) *Page {
	t.Helper()
	parent, err := start()
	if err != nil {
		missing(t, err)
	}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &Page{t: t, ctx: ctx}
	p.watch()
	t.Cleanup(p.report)
	p.do("open "+url,
		chromedp.EmulateViewport(int64(width), int64(height)),
		media(dark),
		chromedp.Navigate(url))
	return p
}

func media(dark bool) chromedp.Action[chromedp.Void] {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	features := []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	})
}

// WithoutScripts keeps the scripts of pages from running from the next page on, as some browsers of staff do.
func (p *Page) WithoutScripts() {
	p.t.Helper()
	p.do("switch scripts off", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// watch collects exceptions and console errors until the tab closes.
func (p *Page) watch() {
	messages := chromedp.Console(p.ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.IsException() || m.Type == chromedp.ConsoleError {
				p.mu.Lock()
				p.problems = append(p.problems, strings.TrimSpace(m.String()+" "+m.URL))
				p.mu.Unlock()
			}
		}
	}()
}

// Problems are the exceptions and console errors so far.
func (p *Page) Problems() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.problems...)
}

// ExpectProblems tells that the page is meant to log errors, because the test
// breaks its connection or refuses its requests.
func (p *Page) ExpectProblems() { p.expected = true }

func (p *Page) report() {
	if p.expected {
		return
	}
	for _, problem := range p.Problems() {
		p.t.Errorf("the page complained: %s", problem)
	}
}

func (p *Page) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := opened(p.ctx); err != nil {
		p.t.Fatalf("%s: open tab: %v", what, err)
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// Reload loads the page again; its storage stays.
func (p *Page) Reload() {
	p.t.Helper()
	p.do("reload", chromedp.Reload())
}

// Click waits until the element is visible and clicks it with the mouse.
func (p *Page) Click(selector string) {
	p.t.Helper()
	click := chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible)
	for deadline := time.Now().Add(patience); ; { // a page that draws itself anew takes the element away between finding and clicking it
		ctx, cancel := context.WithDeadline(p.ctx, deadline)
		err := chromedp.Do(ctx, click)
		cancel()
		if err == nil {
			return
		}
		if !strings.Contains(err.Error(), "Could not find node") || time.Now().After(deadline) {
			p.t.Fatalf("click %s: %v", selector, err)
		}
	}
}

// Download clicks an element that brings a file, and gives the file's name and content.
func (p *Page) Download(selector string) (name string, content []byte) {
	p.t.Helper()
	dir := p.t.TempDir()
	p.do("allow downloads", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
			Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
		})
		return err
	}))
	p.Click(selector)
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			p.t.Fatal(err)
		}
		if len(files) != 1 || strings.HasSuffix(files[0], ".crdownload") { // the name of a file that is not whole yet
			continue
		}
		if content, err = os.ReadFile(files[0]); err != nil {
			p.t.Fatal(err)
		}
		return filepath.Base(files[0]), content
	}
	p.t.Fatalf("click %s: no file came", selector)
	return "", nil
}

// Type focuses the element and inserts text there, as an input method does,
// so any script works. It does not press keys.
func (p *Page) Type(selector, text string) {
	p.t.Helper()
	insert := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	})
	p.do("type into "+selector, chromedp.Focus(chromedp.CSS(selector), chromedp.NodeVisible), insert)
}

// Press presses keys where the focus is; names are in package
// github.com/chromedp/chromedp/kb.
func (p *Page) Press(keys string, modifiers ...chromedp.Modifier) {
	p.t.Helper()
	for _, key := range keys {
		step := chromedp.KeyEvent(string(key), chromedp.KeyModifiers(modifiers...))
		if string(key) == kb.Enter {
			step = enter(modifiers)
		}
		p.do(fmt.Sprintf("press %q", keys), step)
	}
}

// enter is the Enter key as a keyboard sends it. chromedp's own sends the
// character apart from the key, so a page that handles the key and cancels
// its default would still get a line break.
func enter(modifiers []chromedp.Modifier) chromedp.Action[chromedp.Void] {
	press := input.DispatchKeyEventParams{Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13}
	chromedp.KeyModifiers(modifiers...)(&press)
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		down, up := press, press
		down.Type, down.Text, up.Type = input.DispatchKeyEventTypeKeyDown, "\r", input.DispatchKeyEventTypeKeyUp
		if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, down); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, up)
		return err
	})
}

// Upload sets the file of a file input.
func (p *Page) Upload(selector, path string) {
	p.t.Helper()
	p.do("upload to "+selector, chromedp.SetUploadFiles(chromedp.CSS(selector), []string{path}, chromedp.NodeReady))
}

// Wait waits until the JavaScript expression is true. An expression that throws fails the test.
func (p *Page) Wait(expression string) {
	p.t.Helper()
	p.wait(expression, false)
}

// WaitThrough is Wait for what becomes true on another page, to which the tab is on its way: until it is there, an
// expression may throw.
func (p *Page) WaitThrough(expression string) {
	p.t.Helper()
	p.wait(expression, true)
}

// wait asks the page again and again. A loop of the page's own would be shorter, but its timers stand still where
// scripts are switched off, and it is gone with the page it runs in.
func (p *Page) wait(expression string, through bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	ask := chromedp.Evaluate[bool]("!!(" + expression + ")")
	for {
		yes, err := chromedp.Run(ctx, ask)
		if err == nil && yes {
			return
		}
		if err != nil && (!through || ctx.Err() != nil) {
			p.t.Fatalf("wait for %s: %v", expression, err)
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			p.t.Fatalf("wait for %s: %v", expression, ctx.Err())
		}
	}
}

// WaitText waits until the element's text contains text.
func (p *Page) WaitText(selector, text string) {
	p.t.Helper()
	p.Wait(fmt.Sprintf("(document.querySelector(%q)?.innerText ?? '').includes(%q)", selector, text))
}

// Text is the element's visible text.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	return Eval[string](p, fmt.Sprintf("document.querySelector(%q)?.innerText ?? ''", selector))
}

// Eval evaluates a JavaScript expression in the page, awaiting a promise, and
// returns its value. A value that is no T fails the test.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("evaluate %.120s: %v", expression, err)
	}
	return v
}

// Screenshot writes the visible part of the page to a PNG file, making its
// folder when needed.
func (p *Page) Screenshot(path string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("screenshot: %v", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatalf("screenshot: %v", err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		p.t.Fatalf("screenshot: %v", err)
	}
}
