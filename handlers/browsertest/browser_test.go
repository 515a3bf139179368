package browsertest_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"refbot/handlers/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }

const hello = `<!doctype html><html lang="en"><title>Hello</title><main><h1>Hello</h1>
<label>Name <input id="name"></label><button id="go">Go</button><p id="out"></p></main>
<script>
document.getElementById('go').onclick = () => { document.getElementById('out').textContent = document.getElementById('name').value; };
document.getElementById('name').onkeydown = (e) => { if (e.key === 'Enter') document.getElementById('go').click(); };
</script>`

func serve(t *testing.T, body string) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestPage(t *testing.T) {
	p := browsertest.Open(t, serve(t, hello), 390, 700, true)
	p.Type("#name", "Әлем")
	p.Press(kb.Enter)
	p.WaitText("#out", "Әлем")
	if got := browsertest.Eval[[]int](p, "[innerWidth, innerHeight]"); got[0] != 390 || got[1] != 700 {
		t.Errorf("viewport %v, want 390 by 700", got)
	}
	if !browsertest.Eval[bool](p, "matchMedia('(prefers-color-scheme: dark)').matches") {
		t.Error("the dark scheme is not emulated")
	}
	path := filepath.Join(t.TempDir(), "shots", "hello.png")
	p.Screenshot(path)
	if png, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(png), "\x89PNG") {
		t.Errorf("no PNG at %s: %v", path, err)
	}
	p.Axe(t)
}

// recorder stands for a test that is expected to fail.
type recorder struct {
	*testing.T
	failed bool
}

func (r *recorder) Error(...any) { r.failed = true }

func TestAxeFindsWhatIsWrong(t *testing.T) {
	p := browsertest.Open(t, serve(t, `<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><button></button></main>`), 390, 700, false)
	r := &recorder{T: t}
	p.Axe(r)
	if !r.failed {
		t.Error("a button without a name was not found")
	}
}

func TestProblems(t *testing.T) {
	p := browsertest.Open(t, serve(t, `<!doctype html><title>x</title><script>throw new Error("kaput")</script>`), 390, 700, false)
	p.ExpectProblems()
	p.Wait("document.readyState === 'complete'")
	for range 100 {
		if strings.Contains(strings.Join(p.Problems(), "\n"), "kaput") {
			return
		}
		p.Wait("true")
	}
	t.Errorf("the exception was not collected: %q", p.Problems())
}
