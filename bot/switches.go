package bot

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// Switches are what administrators turn while the bot runs, for all replicas.
type Switches struct {
	// Suspended is the emergency stop: whatever a citizen asks is answered with one text. What is theirs by right,
	// such as /forget and /unsubscribe, goes on; so does what staff do.
	Suspended bool                     `json:"suspended,omitempty"`
	Text      map[language.Code]string `json:"text,omitempty"` // in place of the usual one; at most MaxSuspendedText characters
	NoLLM     bool                     `json:"no_llm,omitempty"`

	At  time.Time `json:"at,omitzero"` // of the last change
	By  int64     `json:"by,omitempty"`
	Why string    `json:"why,omitempty"`
}

// Since names what was switched since another state: "stop", "answer", "llm_off", "llm_on".
func (s Switches) Since(before Switches) (actions []string) {
	if s.Suspended != before.Suspended {
		actions = append(actions, map[bool]string{true: "stop", false: "answer"}[s.Suspended])
	}
	if s.NoLLM != before.NoLLM {
		actions = append(actions, map[bool]string{true: "llm_off", false: "llm_on"}[s.NoLLM])
	}
	return actions
}

// MaxSuspendedText bounds the text of an emergency, in characters.
const MaxSuspendedText = 1000

// SwitchStore keeps the switches. Errors are *Error of kind StoreDown.
type SwitchStore interface {
	// Switches returns the zero Switches when nothing was ever switched.
	Switches(ctx context.Context) (Switches, error)
	// Switch stores them and writes the audit line, together.
	Switch(ctx context.Context, s Switches) error
	// SwitchChanges lists at most n former and present states, newest first.
	SwitchChanges(ctx context.Context, n int) ([]Switches, error)
}

// Control is what one replica goes by: a question costs no look at the store.
type Control struct {
	Store  SwitchStore
	Report func(error) // hears of trouble with the store, while which the last known state holds; may be nil

	now atomic.Pointer[Switches]
}

// controlEvery is how old what a replica goes by may be.
const controlEvery = time.Second

// Load returns the state to go by. A nil Control has everything as usual.
func (c *Control) Load() Switches {
	if c == nil {
		return Switches{}
	}
	if s := c.now.Load(); s != nil {
		return *s
	}
	return Switches{}
}

// Run keeps up with the store until ctx ends.
func (c *Control) Run(ctx context.Context) {
	ticks := time.NewTicker(controlEvery)
	defer ticks.Stop()
	for failing := false; ; {
		err := c.Look(ctx)
		if err != nil && !failing && ctx.Err() == nil && c.Report != nil {
			c.Report(err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// Look reads the store at once.
func (c *Control) Look(ctx context.Context) error {
	s, err := c.Store.Switches(ctx)
	if err == nil {
		c.now.Store(&s)
	}
	return err
}

// Set changes the switches of all replicas, of this one at once.
func (c *Control) Set(ctx context.Context, s Switches) error {
	if err := c.Store.Switch(ctx, s); err != nil {
		return err
	}
	c.now.Store(&s)
	return nil
}

// lasting are the commands that are a person's right, whatever is switched off.
var lasting = []string{"unsubscribe", "forget", "privacy", "mydata", "lang"}

// suspended answers a citizen while the bot is stopped; false while it is not, and for what goes on all the same.
func (c *conversation) suspended(ctx context.Context) (bool, error) {
	s := c.Control.Load()
	if !s.Suspended {
		return false, nil
	}
	verb, arg, _ := splitData(c.ev.Data)
	switch c.ev.Kind {
	case Commanded:
		if _, staff := staffCommands()[c.ev.Command]; staff || slices.Contains(lasting, c.ev.Command) {
			return false, nil
		}
	case Pressed:
		if verb == "forget" || verb == "sub" && arg == "off" || verb == "lang" {
			return false, nil
		}
		return true, c.toast(ctx, c.texts().Notice.SuspendedQ)
	case Blocked, Unblocked:
		return false, nil
	}
	c.quiet = c.ev.Kind != Asked && c.ev.Kind != Edited
	return true, c.say(ctx, s.say(c.texts()))
}

// say is what everybody hears.
func (s Switches) say(t *texts.Catalog) string { return orDefault(s.Text[t.Code], t.Notice.Suspended) }
