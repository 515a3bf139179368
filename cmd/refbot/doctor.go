package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"refbot/config"
)

// finding is what a check finds: how it stands, what was seen, and what to do about it.
type finding struct {
	Name   string  `json:"name"`
	Status verdict `json:"status"`
	Found  string  `json:"found"`
	Advice string  `json:"advice,omitempty"`
}

// verdict says how a finding stands.
type verdict string

const (
	healthy  verdict = "ok"
	doubtful verdict = "warn" // refbot works, and something deserves a look
	broken   verdict = "fail" // refbot does not start, or does not do what it was told to
)

func well(name, format string, args ...any) finding {
	return finding{name, healthy, fmt.Sprintf(format, args...), ""}
}

func warn(name, advice, format string, args ...any) finding {
	return finding{name, doubtful, fmt.Sprintf(format, args...), advice}
}

func fail(name, advice, format string, args ...any) finding {
	return finding{name, broken, fmt.Sprintf(format, args...), advice}
}

// doctorPatience is how long one check may take.
const doctorPatience = 10 * time.Second

// doctor looks at everything refbot depends on and changes none of it.
type doctor struct {
	settings config.Config
	hide     *strings.Replacer // of secrets
}

// doctorCommand prints what the checks find; one that fails fails the command.
func doctorCommand(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "doctor")
	asJSON := f.Bool("json", false, "")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	settings, err := config.Load(w.Getenv)
	if err != nil {
		return err
	}
	d := &doctor{settings: settings, hide: hider(settings)}
	report := newDoctorReport(d.examine(ctx))
	if *asJSON {
		err = writeJSON(w.Stdout, report)
	} else {
		err = report.print(w.Stdout)
	}
	if err == nil && report.Failed > 0 {
		err = fmt.Errorf("doctor: %d of %d checks failed: do what stands beside them and run it again", report.Failed, len(report.Checks))
	}
	return err
}

// hider takes secrets out of what is printed, whatever an error of a library repeats.
func hider(c config.Config) *strings.Replacer {
	var pairs []string
	secrets := append([]config.Secret{c.Telegram.Token, c.Webhook.Secret, c.Store.RedisURL, c.Store.DataKey, c.LLM.APIKey}, c.Store.OldKeys...)
	for _, s := range secrets {
		if s.Set() {
			pairs = append(pairs, s.Reveal(), s.String())
		}
	}
	if _, password := redisAddress(c.Store.RedisURL); password != "" {
		pairs = append(pairs, password, c.Store.RedisURL.String())
	}
	return strings.NewReplacer(pairs...)
}

// examine runs all checks at the same time and gives what they find in their order.
func (d *doctor) examine(ctx context.Context) []finding {
	checks := []func(context.Context) []finding{
		d.checkSettings, d.checkTelegram, d.checkStore, d.checkKnowledge, d.checkLLM, d.checkHTTP, d.checkDisk,
	}
	found := make([][]finding, len(checks))
	var all sync.WaitGroup
	for i, check := range checks {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(ctx, doctorPatience)
			defer cancel()
			found[i] = check(ctx)
		})
	}
	all.Wait()
	var list []finding
	for _, some := range found {
		for _, f := range some {
			f.Found, f.Advice = d.hide.Replace(oneLine(f.Found)), d.hide.Replace(oneLine(f.Advice))
			list = append(list, f)
		}
	}
	return list
}

// checkSettings tells what the settings ask for: they were read, or the command would not have come here.
func (d *doctor) checkSettings(context.Context) []finding {
	door, store, model := "long polling", "an embedded store", "no LLM"
	if d.settings.Webhook.Enabled() {
		door = "a webhook"
	}
	if d.settings.Demo() {
		door = "the demo"
	}
	if !d.settings.Store.Embedded() {
		store = "Redis"
	}
	if d.settings.LLM.Enabled() {
		model = "an LLM"
	}
	list := []finding{well("settings", "%s, %s, %s", door, store, model)}
	if staff := d.settings.Staff; !d.settings.Demo() && len(staff.Admins) == 0 {
		list = append(list, warn("staff", "set REFBOT_ADMINS to your Telegram id, which /whoami shows", "no administrator is named"))
	}
	return list
}

// doctorReport is everything that was found.
type doctorReport struct {
	Checks   []finding `json:"checks"`
	Warnings int       `json:"warnings"`
	Failed   int       `json:"failed"`
}

func newDoctorReport(found []finding) doctorReport {
	r := doctorReport{Checks: found}
	for _, f := range found {
		switch f.Status {
		case doubtful:
			r.Warnings++
		case broken:
			r.Failed++
		}
	}
	return r
}

// print writes one line a finding, and beneath it what to do.
func (r doctorReport) print(w io.Writer) error {
	width := 0
	for _, f := range r.Checks {
		width = max(width, utf8.RuneCountInString(f.Name))
	}
	var b strings.Builder
	for _, f := range r.Checks {
		fmt.Fprintf(&b, "%-4s  %-*s  %s\n", f.Status, width, f.Name, f.Found)
		if f.Advice != "" {
			fmt.Fprintf(&b, "%-4s  %-*s  → %s\n", "", width, "", f.Advice)
		}
	}
	fmt.Fprintf(&b, "\n%s\n", r.summary())
	_, err := io.WriteString(w, b.String())
	return err
}

func (r doctorReport) summary() string {
	parts := []string{fmt.Sprintf("%d fine", len(r.Checks)-r.Warnings-r.Failed)}
	if r.Warnings > 0 {
		parts = append(parts, fmt.Sprintf("%d worth a look", r.Warnings))
	}
	if r.Failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", r.Failed))
	}
	return strings.Join(parts, ", ")
}

// span is a duration as people say it, to the unit that matters.
func span(d time.Duration) string {
	switch days := int(d.Hours() / 24); {
	case days >= 2:
		return fmt.Sprintf("%d days", days)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return d.Round(time.Millisecond).String()
}
