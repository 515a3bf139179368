package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// board is what the test reads of deploy/grafana.json.
type board struct {
	UID           string
	SchemaVersion int
	Templating    struct{ List []struct{ Name string } }
	Panels        []struct {
		ID          int
		Type, Title string
		Description string
		GridPos     struct{ X, Y, W, H int }
		Targets     []struct{ Expr string }
	}
}

func readDashboard(t *testing.T) board {
	t.Helper()
	text, err := os.ReadFile("deploy/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var d board
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// alerts are deploy/alerts.yml.
type alerts struct {
	Groups []struct {
		Rules []struct {
			Alert, Expr         string
			Labels, Annotations map[string]string
		}
	}
}

func readAlerts(t *testing.T) alerts {
	t.Helper()
	text, err := os.ReadFile("deploy/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	var a alerts
	if err := yaml.Unmarshal(text, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestDashboard: panels have ids of their own, do not lie on each other, and say what they show.
func TestDashboard(t *testing.T) {
	d := readDashboard(t)
	taken, ids := map[[2]int]string{}, map[int]bool{}
	for _, p := range d.Panels {
		if ids[p.ID] {
			t.Errorf("%s: id %d is taken", p.Title, p.ID)
		}
		ids[p.ID] = true
		if p.Type != "row" && (p.Description == "" || len(p.Targets) == 0) {
			t.Errorf("%s says nothing", p.Title)
		}
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" || x >= 24 {
					t.Fatalf("%s lies on %s at %d,%d", p.Title, other, x, y)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
	}
	if d.UID != "refbot" || d.SchemaVersion < 39 || len(d.Panels) < 20 || len(d.Templating.List) != 3 {
		t.Errorf("is this the dashboard? %s, schema %d, %d panels", d.UID, d.SchemaVersion, len(d.Panels))
	}
}

// TestAlerts: each says in sentences what is wrong and what to do.
func TestAlerts(t *testing.T) {
	n := 0
	for _, g := range readAlerts(t).Groups {
		for _, r := range g.Rules {
			n++
			summary, description := r.Annotations["summary"], r.Annotations["description"]
			if !strings.HasSuffix(summary, ".") || !strings.HasSuffix(description, ".") || !slices.Contains([]string{"critical", "warning"}, r.Labels["severity"]) {
				t.Errorf("%s: %v %v", r.Alert, r.Labels, r.Annotations)
			}
		}
	}
	if n < 8 {
		t.Errorf("only %d alerts", n)
	}
}

var metricName = regexp.MustCompile(`\brefbot_\w+`)

// TestDeployKnowsTheMetrics: what dashboard and alerts ask for exists, and what exists is looked at.
func TestDeployKnowsTheMetrics(t *testing.T) {
	m := watched()
	busy(m)
	shown := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^# TYPE (refbot_\w+)`).FindAllStringSubmatch(exposed(t, m), -1) {
		shown[match[1]] = false
	}
	var expressions []string
	for _, p := range readDashboard(t).Panels {
		for _, target := range p.Targets {
			expressions = append(expressions, target.Expr)
		}
	}
	for _, g := range readAlerts(t).Groups {
		for _, r := range g.Rules {
			expressions = append(expressions, r.Expr)
		}
	}
	for _, e := range expressions {
		for _, name := range metricName.FindAllString(e, -1) {
			base := strings.TrimSuffix(name, "_bucket")
			if _, exists := shown[base]; !exists {
				t.Errorf("%s is shown by nobody: %s", name, e)
			}
			shown[base] = true
		}
	}
	for name, used := range shown {
		if !used {
			t.Errorf("nobody looks at %s", name)
		}
	}
}

func TestPromtoolDeploy(t *testing.T) {
	promtool(t, "", "check", "config", "deploy/prometheus.yml")
	promtool(t, "", "check", "rules", "deploy/alerts.yml")
	promtool(t, "", "test", "rules", "deploy/alerts_test.yml")
}

// TestPromtoolDashboard has the dashboard's queries read by Prometheus, with what Grafana fills in.
func TestPromtoolDashboard(t *testing.T) {
	fill := strings.NewReplacer("$__rate_interval", "5m", "$job", "refbot", "$instance", ".*")
	var rules strings.Builder
	rules.WriteString("groups:\n- name: dashboard\n  rules:\n")
	for _, p := range readDashboard(t).Panels {
		for i, target := range p.Targets {
			fmt.Fprintf(&rules, "  - record: panel:%d:%d\n    expr: %q\n", p.ID, i, fill.Replace(target.Expr))
		}
	}
	path := filepath.Join(t.TempDir(), "dashboard.yml")
	if err := os.WriteFile(path, []byte(rules.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, "", "check", "rules", path)
}
