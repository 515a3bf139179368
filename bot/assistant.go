package bot

import (
	"context"
	"strings"
	"time"

	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Assistant does what refbot does. The zero value is not usable: every field is required.
type Assistant struct {
	Knowledge *knowledge.Live
	Store     Store
	Messenger Messenger
	Username  string           // the bot's, without "@"
	Now       func() time.Time // time.Now outside tests
	Guard     *Guard           // tells floods; nil lets everybody ask as much as they like
	Staff     *Staff           // nil: there is no staff
	Desk      Desk             // of outreach; nil: nobody writes to subscribers
	Review    Room             // of moderators; nil: nobody reviews questions
	// Thinking bounds, by its capacity, how many questions are searched at once; nil sets no bound. With
	// fewer than there are processors, what has been thought out is sent and recorded without delay:
	// under load questions queue before the search, not between a reply and its record.
	Thinking   chan struct{}
	Recent     *Recent              // nil: every question is searched
	Observer   Observer             // nil: nobody watches
	Phraser    *Phraser             // nil: answers quote
	Ears       *Ears                // nil: voice messages are asked for in writing
	Near       knowledge.Neighbours // nil: statements are ranked by their words alone
	Wishes     Wishes               // nil: nobody is told of answers later
	News       News                 // nil: nobody is sent news
	Control    *Control             // nil: there is nothing to switch
	Doorkeeper Doorkeeper           // of the dashboard; nil: there is none
	// Kept is what /privacy says of how long data is kept; zero: DefaultKept.
	Kept texts.Kept
}

// think waits for its turn to search, and returns what ends it.
func (a *Assistant) think() (done func()) {
	if a.Thinking == nil {
		return func() {}
	}
	a.Thinking <- struct{}{}
	return func() { <-a.Thinking }
}

// Handle deals with one event to the end: when it returns nil, the person has the reply and the
// store knows it. An error says by its kind whether handling the event again makes sense.
func (a *Assistant) Handle(ctx context.Context, ev Event) error {
	o, err := a.Respond(ctx, ev)
	if err != nil || o.Session == nil {
		return err
	}
	return a.Store.Record(ctx, o.Person, *o.Session, o.Profile, o.Entry)
}

// Respond is Handle but for the last step: it returns what is to be stored, so that a caller can store
// it together with something else. An outcome without a session is empty.
func (a *Assistant) Respond(ctx context.Context, ev Event) (Outcome, error) {
	if ev.Kind == Inline {
		if a.Control.Load().Suspended {
			return Outcome{}, a.Messenger.Cards(ctx, ev.Query, Cards{})
		}
		return Outcome{}, a.inline(ctx, ev)
	}
	if ruling := a.judge(ev); ruling != fine {
		return Outcome{}, a.slowDown(ctx, ev, ruling)
	}
	memory, err := a.Store.Recall(ctx, ev.Person.ID)
	if err != nil {
		return Outcome{}, err
	}
	c := a.converse(ev, memory)
	if err := c.dispatch(ctx); err != nil {
		return Outcome{}, err
	}
	return c.outcome(), nil
}

// Apologise tells the person that their event could not be handled, in the language of their app.
func (a *Assistant) Apologise(ctx context.Context, ev Event, cause error) error {
	e := &Error{Kind: KindOf(cause)}
	text := e.CitizenText(appLanguage(ev.Person.LanguageCode))
	switch {
	case text == "":
		return nil
	case ev.Kind == Pressed:
		return a.Messenger.Toast(ctx, ev.Query, text)
	case ev.Kind == Asked || ev.Kind == Commanded || ev.Kind == Edited:
		_, err := a.Messenger.Send(ctx, ev.Chat, Reply{Parts: []Part{Text(text)}}, 0)
		return err
	}
	return nil
}

// Doubt tells the person that a reply was sent and may not have arrived: asking again is theirs to decide.
func (a *Assistant) Doubt(ctx context.Context, ev Event) error {
	if ev.Kind != Asked && ev.Kind != Commanded {
		return nil
	}
	text := texts.For(appLanguage(ev.Person.LanguageCode)).Doubt
	_, err := a.Messenger.Send(ctx, ev.Chat, Reply{Parts: []Part{Text(text)}}, 0)
	return err
}

// conversation is one event with what is remembered of its person.
type conversation struct {
	*Assistant
	ev      Event
	engine  *knowledge.Engine // the same one from the question to the reply, whatever is swapped in meanwhile
	session Session
	profile Profile
	known   bool

	heard string        // in a voice message; "" for typed questions
	spent time.Duration // on listening, of the time a model has for one question

	entry          *Entry
	profileChanged bool
	quiet          bool // nothing to store
}

func (a *Assistant) converse(ev Event, m Memory) *conversation {
	c := &conversation{Assistant: a, ev: ev, engine: a.Knowledge.Load(), session: m.Session, profile: m.Profile, known: m.Known}
	if c.session.Chat != ev.Chat.ID {
		c.session = Session{Chat: ev.Chat.ID, Language: m.Session.Language}
	}
	return c
}

func (c *conversation) dispatch(ctx context.Context) error {
	if done, err := c.visit(ctx); done || err != nil {
		return err
	}
	if done, err := c.suspended(ctx); done || err != nil {
		return err
	}
	switch c.ev.Kind {
	case Asked:
		if c.repeated() {
			c.quiet = true
			return nil
		}
		return c.ask(ctx)
	case Edited:
		return c.ask(ctx)
	case Commanded:
		return c.command(ctx)
	case Pressed:
		return c.press(ctx)
	case Media:
		if c.ev.Voice != nil {
			return c.listen(ctx)
		}
		return c.decline(ctx, c.texts().OnlyText)
	case Joined:
		c.quiet = true
		return c.send(ctx, Reply{Language: c.language(), Parts: []Part{Text(c.texts().GroupGreeting(c.Username))}})
	case Blocked, Unblocked:
		return c.reachable(c.ev.Kind == Unblocked)
	}
	c.quiet = true
	return nil
}

// outcome is what the event leaves to be stored.
func (c *conversation) outcome() Outcome {
	if c.quiet {
		return Outcome{}
	}
	c.session.Last, c.session.App = c.echo(), appLanguage(c.ev.Person.LanguageCode)
	o := Outcome{Person: c.ev.Person.ID, Session: &c.session, Entry: c.entry}
	if c.profileChanged {
		o.Profile = &c.profile
	}
	return o
}

// reachable notes whether a person can be written to; people nobody knows stay unknown.
func (c *conversation) reachable(yes bool) error {
	switch {
	case !c.known:
	case yes:
		c.returned()
	case !c.ev.Chat.Group && !c.profile.Unreachable:
		c.profile.Unreachable, c.profileChanged = true, true
	}
	c.quiet = !c.profileChanged
	return nil
}

// returned notes that a person can be written to. A subscriber is stored even when that is no news: a
// broadcast may have met with their blocking the bot, and taken them out of the audience, before they did.
func (c *conversation) returned() {
	if !c.ev.Chat.Group && (c.profile.Unreachable || c.profile.Subscribed) {
		c.profile.Unreachable, c.profileChanged = false, true
	}
}

// language is the one menus and commands use: the fixed one, else that of the last reply, else the app's.
func (c *conversation) language() language.Code {
	switch {
	case c.profile.Language.Valid():
		return c.profile.Language
	case c.session.Language.Valid():
		return c.session.Language
	}
	return appLanguage(c.ev.Person.LanguageCode)
}

func (c *conversation) texts() *texts.Catalog { return texts.For(c.language()) }

// send delivers a reply; in a group it quotes the question, so that everybody sees whom it answers.
func (c *conversation) send(ctx context.Context, r Reply) error {
	_, err := c.deliver(ctx, r)
	return err
}

func (c *conversation) deliver(ctx context.Context, r Reply) (int, error) {
	replyTo := 0
	if c.ev.Chat.Group && (c.ev.Kind == Asked || c.ev.Kind == Commanded) {
		replyTo = c.ev.Message
	}
	return c.Messenger.Send(ctx, c.ev.Chat, r, replyTo)
}

// appLanguage maps an app's language to one refbot speaks. Apps in the languages of neighbours get
// Russian, which their users read in Kazakhstan; all others get English.
func appLanguage(tag string) language.Code {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch primary {
	case "kk":
		return language.Kazakh
	case "", "ru", "be", "uk", "ky", "uz", "tg", "tt":
		return language.Russian
	}
	return language.English
}
