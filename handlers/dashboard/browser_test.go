package dashboard

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"refbot/handlers/browsertest"
	"refbot/knowledge"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }

// shotsDir is where pictures to look at go; "" for none.
var shotsDir = os.Getenv("REFBOT_SHOTS")

// looks are the widths and colours staff see the pages in.
var looks = []struct {
	name          string
	width, height int
	dark          bool
}{{"phone-light", 390, 844, false}, {"phone-dark", 390, 844, true}, {"desk-light", 1280, 860, false}, {"desk-dark", 1280, 860, true}}

// unevenRows counts the rows of tables that do not fit their heads.
const unevenRows = `[...document.querySelectorAll("table")].filter(t => t.tHead).flatMap(t =>
	[...t.tBodies[0].rows].filter(r => r.cells.length !== t.tHead.rows[0].cells.length)).length`

// TestBrowser walks through the pages in a real browser, as each role: nothing is wider than the screen, no script
// complains, axe-core finds nothing serious.
func TestBrowser(t *testing.T) {
	s := newStage(t)
	s.question("A", "сколько стоил референдум?", knowledge.DecideAbstain, "C1")
	s.question("B", "какие результаты?", knowledge.DecideAnswer, "")
	admin := s.login(boss)
	_, draft := s.post(admin, "/dashboard/questions/AAAAAAAAAAAA/draft", nil)
	proposal := "/dashboard/proposals/" + between(draft, "/dashboard/proposals/", 8)
	_, sent := s.post(admin, "/dashboard/broadcasts", url.Values{"text": {"<b>Участки открыты</b>"}, "language": {"ru"}})
	broadcast := "/dashboard/broadcasts/" + between(sent, "/dashboard/broadcasts/", 8)
	review := []string{"questions", "questions/AAAAAAAAAAAA", "clusters", "clusters/C1", "statements", "statements/r1", strings.TrimPrefix(proposal, "/dashboard/"), "versions"}
	for i, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			for person, paths := range map[int64][]string{
				boss:      {"", "people", "audit", "settings"},
				moderator: review,
				writer:    {"broadcasts", strings.TrimPrefix(broadcast, "/dashboard/")},
			} {
				p := browsertest.Open(t, s.link(person), look.width, look.height, look.dark)
				p.Axe(t)
				p.Click("main button.primary")
				p.WaitThrough("location.pathname === '/dashboard/' && document.readyState === 'complete'")
				for _, path := range paths {
					if path != "" { // the login leads to the overview
						browsertest.Eval[bool](p, fmt.Sprintf("(location.href = '/dashboard/%s', true)", path))
					}
					p.WaitThrough(fmt.Sprintf("location.pathname === '/dashboard/%s' && document.readyState === 'complete'", path))
					if wide := browsertest.Eval[int](p, "document.documentElement.scrollWidth"); wide > look.width {
						t.Errorf("/%s is %d wide on a screen of %d", path, wide, look.width)
					}
					if uneven := browsertest.Eval[int](p, unevenRows); uneven > 0 {
						t.Errorf("/%s has %d rows with more or fewer cells than their table has columns", path, uneven)
					}
					if i%3 == 0 || shotsDir != "" { // a phone by day, a desk by night
						p.Axe(t)
					}
					if shotsDir != "" {
						p.Screenshot(filepath.Join(shotsDir, look.name+"-"+strings.ReplaceAll("overview/"+path, "/", "-")+".png"))
					}
				}
			}
		})
	}
}

// between is what follows a mark in a page, n bytes of it.
func between(page, mark string, n int) string {
	_, rest, _ := strings.Cut(page, `action="`+mark)
	return rest[:min(n, len(rest))]
}
