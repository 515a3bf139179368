package dashboard

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Colleagues are told in Telegram of what somebody does with a broadcast here. outreach.Room implements it.
type Colleagues interface {
	Edit(ctx context.Context, who broadcast.Actor, id broadcast.ID, what string, f func(*broadcast.Broadcast) error) (*broadcast.Broadcast, error)
	Submit(ctx context.Context, who broadcast.Actor, id broadcast.ID) (*broadcast.Broadcast, int, error)
	Approve(ctx context.Context, who broadcast.Actor, id broadcast.ID, seen string, night bool) (*broadcast.Broadcast, error)
	Return(ctx context.Context, who broadcast.Actor, id broadcast.ID) (*broadcast.Broadcast, error)
	Cancel(ctx context.Context, who broadcast.Actor, id broadcast.ID) (*broadcast.Broadcast, error)
}

// broadcastsData is the list of broadcasts.
type broadcastsData struct {
	List      []*broadcast.Broadcast
	Next      string
	Languages []*texts.Catalog
}

// Title is the beginning of what a broadcast says.
func (broadcastsData) Title(b *broadcast.Broadcast) string { return titleOf(b) }

func (s *Server) broadcasts(w http.ResponseWriter, r *http.Request, v *visitor) error {
	list, next, err := s.Broadcasts.Store.List(r.Context(), r.URL.Query().Get("cursor"), pageSize)
	if err != nil {
		return err
	}
	d := broadcastsData{List: list, Languages: (&page{}).Languages()}
	if next != "" {
		d.Next = "?" + url.Values{"cursor": {next}}.Encode()
	}
	return s.show(w, r, v, "broadcasts", &page{Title: "broadcasts", Data: d})
}

// openBroadcast begins a draft.
func (s *Server) openBroadcast(w http.ResponseWriter, r *http.Request, v *visitor) error {
	code := language.Code(r.PostFormValue("language"))
	if !code.Valid() {
		return errForm
	}
	b, err := s.Broadcasts.Open(r.Context(), s.sender(v), code, broadcast.Message{Text: written(r.PostFormValue("text"))})
	if err != nil {
		return err
	}
	return back(w, r, "/dashboard/broadcasts/"+url.PathEscape(string(b.ID)), "saved")
}

// written is a text from a form: browsers end lines their own way.
func written(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

func (s *Server) sender(v *visitor) broadcast.Actor {
	return broadcast.Actor{ID: v.Person, Roles: v.roles}
}

// broadcastData is one broadcast.
type broadcastData struct {
	*broadcast.Broadcast
	Texts     []broadcastText
	Reach     []reach
	Total     int
	Doubts    []string
	Statement string // linked ones, a line each
	Topics    []knowledge.Topic
	Regions   []knowledge.Region
	Tally     broadcast.Tally
	Night     bool // it would go out at night
	MayJudge  bool
	Zone      string
	At        string // of the schedule, as the form wants it
}

// broadcastText is what people of one language read.
type broadcastText struct {
	Catalog *texts.Catalog
	Text    string // as it is edited; "" when it is not written
	Preview template.HTML
	Units   int
	Limit   int
	Instead string // the language they get in its place
}

// reach is how many people read it in a language.
type reach struct {
	Name  string
	Count int
}

func (s *Server) loadBroadcast(r *http.Request) (*broadcast.Broadcast, error) {
	id := broadcast.ID(r.PathValue("id"))
	if !id.Valid() {
		return nil, errNone
	}
	return s.Broadcasts.Store.Load(r.Context(), id)
}

func (s *Server) broadcast(w http.ResponseWriter, r *http.Request, v *visitor) error {
	b, err := s.loadBroadcast(r)
	if err != nil {
		return err
	}
	campaign := s.campaign()
	d := broadcastData{
		Broadcast: b, Statement: strings.Join(b.Statements, "\n"), Topics: campaign.Topics, Regions: campaign.Regions, Zone: s.zone().String(),
		MayJudge: b.State == broadcast.Submitted && s.Broadcasts.MayApprove(s.sender(v), b), Night: broadcast.Night(campaign, b.When(s.Now())),
	}
	if b.Schedule != nil {
		d.At = b.Schedule.At.In(s.zone()).Format("2006-01-02T15:04")
	}
	for _, code := range language.Codes() {
		d.Texts = append(d.Texts, s.textOf(b, code))
	}
	counts, err := s.Broadcasts.Count(r.Context(), b, nil)
	if err != nil {
		return err
	}
	for _, code := range append([]language.Code{""}, language.Codes()...) {
		if n := counts[code]; n > 0 {
			d.Reach = append(d.Reach, reach{s.words(v).Dashboard["language_"+string(code)], n})
			d.Total += n
		}
	}
	if d.Tally, err = s.Broadcasts.Ledger.Tally(r.Context(), b.ID); err != nil {
		return err
	}
	doubts, err := s.Broadcasts.Doubts(r.Context(), b)
	if err != nil {
		return err
	}
	for _, x := range doubts {
		if say := s.words(v).Broadcast.Doubts[string(x.Kind)]; say != nil {
			d.Doubts = append(d.Doubts, plain(say(template.HTMLEscapeString(x.About()))))
		}
	}
	return s.show(w, r, v, "broadcast", &page{Title: "broadcast", Data: d})
}

// textOf shows what people of a language read, by the renderer that delivers.
func (s *Server) textOf(b *broadcast.Broadcast, code language.Code) broadcastText {
	t := broadcastText{Catalog: texts.For(code), Text: b.Content[code].Text}
	m, in, ok := b.Message(code)
	if !ok {
		return t
	}
	t.Limit, t.Units = m.Limit(), b.Units(code)
	if in != code {
		t.Instead = texts.For(in).Name
	}
	if reply, ok := b.Reply(code); ok {
		t.Preview = shown(reply.HTML)
	}
	return t
}

// plain is what a person reads of a checked text.
func plain(html string) string { return markup.Plain(html) }

// shown makes a checked text part of a page: package markup lets nothing through but Telegram's tags, with links to web
// addresses alone.
func shown(html string) template.HTML {
	checked, err := markup.Parse(html)
	if err != nil {
		return template.HTML(template.HTMLEscapeString(html)) //nolint:gosec // escaped
	}
	return template.HTML(strings.ReplaceAll(checked.HTML, "\n", "<br>")) //nolint:gosec // checked
}

// previewBroadcast shows a text as it would be read, for the page's script.
func (s *Server) previewBroadcast(w http.ResponseWriter, r *http.Request, v *visitor) error {
	m, err := broadcast.Clean(broadcast.Message{Text: written(r.PostFormValue("text"))})
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var refused *broadcast.Refusal
	switch {
	case errors.As(err, &refused):
		_, err = w.Write([]byte(`<p class="bad">` + template.HTMLEscapeString(s.broadcastRefusal(v, refused)) + `</p>`))
	case err == nil:
		_, err = w.Write([]byte(shown(m.Text)))
	}
	return err
}

// broadcastRefusal says why the desk of broadcasts does not do something.
func (s *Server) broadcastRefusal(v *visitor, r *broadcast.Refusal) string {
	b := &s.words(v).Broadcast
	clock := func(t time.Time) string { return t.In(s.zone()).Format("02.01 15:04") }
	switch r.Why {
	case broadcast.BadState:
		return b.BadState(b.States[string(r.State)])
	case broadcast.Quiet:
		return b.Quiet(clock(r.Until))
	case broadcast.Late:
		return b.TooLate(clock(r.Until))
	case broadcast.BadText:
		var fault *markup.Error
		switch {
		case r.Over > 0:
			return b.TooLong(r.Over)
		case errors.As(r.Fault, &fault):
			return plain(b.Faults[string(fault.Problem)](fault.Tag, fault.Near))
		}
		return b.TelegramRefuses
	}
	if text := b.Refusals[string(r.Why)]; text != "" {
		return text
	}
	return s.words(v).Dashboard["trouble"]
}

// saveBroadcast takes the form: the texts, the audience, the moment.
func (s *Server) saveBroadcast(w http.ResponseWriter, r *http.Request, v *visitor) error {
	b, err := s.loadBroadcast(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	form := r.PostForm
	_, err = s.Colleagues.Edit(r.Context(), s.sender(v), b.ID, "dashboard", func(b *broadcast.Broadcast) error {
		if form.Get("version") != "" && form.Get("version") != versionOf(b) {
			return &broadcast.Refusal{Why: broadcast.Outdated}
		}
		return s.fillBroadcast(b, form)
	})
	if err != nil {
		return err
	}
	return back(w, r, "/dashboard/broadcasts/"+url.PathEscape(string(b.ID)), "saved")
}

func (s *Server) fillBroadcast(b *broadcast.Broadcast, form url.Values) error {
	for _, code := range language.Codes() {
		text, m := written(form.Get("text_"+string(code))), b.Content[code]
		if text == "" && m.Photo == "" && m.Document == "" {
			delete(b.Content, code)
			continue
		}
		m.Text = text
		b.Content[code] = m
	}
	if len(b.Content) == 0 {
		return &broadcast.Refusal{Why: broadcast.NoText}
	}
	b.Fallback = language.Code(form.Get("fallback"))
	if _, written := b.Content[b.Fallback]; b.Fallback != "" && !written {
		b.Fallback = ""
	}
	b.Segment.Languages = nil
	for _, l := range form["languages"] {
		if code := language.Code(l); code.Valid() {
			b.Segment.Languages = append(b.Segment.Languages, code)
		}
	}
	b.Segment.Topics, b.Segment.Regions = s.known(form["topics"], true), s.known(form["regions"], false)
	b.Statements = nil
	for _, id := range strings.Fields(form.Get("statements")) {
		if _, known := s.Live.Load().Statement(id); known && !slices.Contains(b.Statements, id) && len(b.Statements) < knowledge.MaxList {
			b.Statements = append(b.Statements, id)
		}
	}
	b.Schedule = nil
	if at, err := time.ParseInLocation("2006-01-02T15:04", form.Get("at"), s.zone()); err == nil {
		b.Schedule = &broadcast.Schedule{At: at.UTC(), TooLate: lateWindow}
	}
	return nil
}

// lateWindow is until when a late start of what was scheduled here still makes sense.
const lateWindow = 2 * time.Hour

// known keeps the ids of topics, or of regions, that there are.
func (s *Server) known(ids []string, topics bool) (kept []string) {
	for _, id := range ids {
		_, topic := s.campaign().Topic(id)
		_, region := s.campaign().Region(id)
		if topics && topic || !topics && region {
			kept = append(kept, id)
		}
	}
	return kept
}

// moveBroadcast takes a broadcast a step on.
func (s *Server) moveBroadcast(w http.ResponseWriter, r *http.Request, v *visitor) error {
	b, err := s.loadBroadcast(r)
	if err != nil {
		return err
	}
	ctx, who, path := r.Context(), s.sender(v), "/dashboard/broadcasts/"
	switch r.PathValue("what") {
	case "submit":
		_, _, err = s.Colleagues.Submit(ctx, who, b.ID)
	case "return":
		_, err = s.Colleagues.Return(ctx, who, b.ID)
	case "approve":
		_, err = s.Colleagues.Approve(ctx, who, b.ID, r.PostFormValue("print"), r.PostFormValue("night") == "yes")
	case "allow":
		_, err = s.Broadcasts.Allow(ctx, who, b.ID, bot.Shorten(r.PostFormValue("why"), 300))
	case "pause":
		_, err = s.Broadcasts.Pause(ctx, who, b.ID)
	case "resume":
		_, err = s.Broadcasts.Resume(ctx, who, b.ID)
	case "cancel":
		_, err = s.Colleagues.Cancel(ctx, who, b.ID)
	case "resend":
		_, _, err = s.Broadcasts.Resend(ctx, who, b.ID)
	case "copy":
		b, err = s.Broadcasts.Copy(ctx, who, b.ID)
	case "correct":
		b, err = s.Broadcasts.Correct(ctx, who, b.ID, false)
	case "recall":
		b, err = s.Broadcasts.Correct(ctx, who, b.ID, true)
	default:
		return errNone
	}
	if err != nil {
		return err
	}
	return back(w, r, path+url.PathEscape(string(b.ID)), "moved")
}

// broadcastReport is the table of outcomes.
func (s *Server) broadcastReport(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	b, err := s.loadBroadcast(r)
	if err != nil {
		return err
	}
	rows, err := broadcast.Tabulate(r.Context(), s.Broadcasts.Ledger, b)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="broadcast-`+string(b.ID)+`.csv"`)
	return broadcast.WriteCSV(w, rows)
}
