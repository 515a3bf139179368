package dashboard

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// proposalData is a proposal with what comes of it.
type proposalData struct {
	*library.Proposal
	Problems  []knowledge.Problem // errors first
	Sound     bool
	Turns     []library.Turn
	Turned    int
	Preview   string // the reply to the first question, with it
	Before    *knowledge.Statement
	MayChange bool
	MayJudge  bool // publish or give back
	Kinds     []knowledge.Kind
	Languages []language.Code
	Topics    []knowledge.Topic
}

func (s *Server) loadProposal(r *http.Request) (*library.Proposal, error) {
	id := library.ID(r.PathValue("id"))
	if !id.Valid() {
		return nil, errNone
	}
	return s.Library.Load(r.Context(), id)
}

func (s *Server) proposal(w http.ResponseWriter, r *http.Request, v *visitor) error {
	p, err := s.loadProposal(r)
	if err != nil {
		return err
	}
	d := proposalData{
		Proposal: p, MayChange: p.State.Open() && p.Statement != nil, MayJudge: p.State == library.Submitted && s.Library.MayPublish(s.actor(v), p),
		Kinds:     []knowledge.Kind{knowledge.Official, knowledge.Document, knowledge.Expert, knowledge.Party, knowledge.Reference, knowledge.Editorial, knowledge.Foreign},
		Languages: language.Codes(), Topics: s.campaign().Topics,
	}
	if p.Statement != nil {
		d.Before, _ = s.Live.Load().Statement(p.Statement.ID)
	} else if p.Remove != "" {
		d.Before, _ = s.Live.Load().Statement(p.Remove)
	}
	if p.State.Open() {
		if err := s.examine(r, &d); err != nil {
			return err
		}
	}
	return s.show(w, r, v, "proposal", &page{Title: "proposal", Data: d})
}

// examine checks a proposal and tries it on the questions it is for.
func (s *Server) examine(r *http.Request, d *proposalData) error {
	_, report, err := s.Library.Check(r.Context(), d.Proposal)
	if err != nil {
		return err
	}
	errs := report.Errors()
	d.Sound, d.Problems = len(errs) == 0, append(errs, report.Warnings()...)
	if len(d.Problems) > pageSize {
		d.Problems = d.Problems[:pageSize]
	}
	questions, err := s.askedFor(r, d.Proposal)
	if err != nil || !d.Sound || len(questions) == 0 {
		return err
	}
	if d.Turns, err = s.Library.Try(r.Context(), d.Proposal, questions); err != nil {
		return err
	}
	for _, turn := range d.Turns {
		if turn.Turned() {
			d.Turned++
		}
		if d.Preview == "" && turn.After.Decision == knowledge.DecideAnswer {
			d.Preview = bot.PlainText(bot.Compose(s.Live.Load(), turn.After))
		}
	}
	return nil
}

// askedFor are the questions a proposal is tried on: those it was opened for, and those it lists itself.
func (s *Server) askedFor(r *http.Request, p *library.Proposal) ([]string, error) {
	var questions []string
	for _, ref := range p.Questions[:min(len(p.Questions), pageSize)] {
		q, err := s.Journal.Question(r.Context(), ref)
		if err != nil && bot.KindOf(err) == bot.StoreDown {
			return nil, err
		}
		if err == nil {
			questions = append(questions, q.Entry.Question)
		}
	}
	if p.Statement != nil {
		for _, alias := range p.Statement.Aliases {
			if !slices.Contains(questions, alias) && len(questions) < 2*pageSize {
				questions = append(questions, alias)
			}
		}
	}
	return questions, nil
}

// Reviewers are told in Telegram of what somebody does with a proposal here. review.Room implements it.
type Reviewers interface {
	Submit(ctx context.Context, who library.Actor, id library.ID) (*library.Proposal, int, error)
	Publish(ctx context.Context, who library.Actor, id library.ID) (library.Version, error)
	Return(ctx context.Context, who library.Actor, id library.ID, why string) (*library.Proposal, error)
}

// saveProposal takes the form of a statement.
func (s *Server) saveProposal(w http.ResponseWriter, r *http.Request, v *visitor) error {
	p, err := s.loadProposal(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	_, err = s.Library.Edit(r.Context(), s.actor(v), p.ID, "dashboard", func(p *library.Proposal) error {
		if p.Statement == nil {
			return errForm
		}
		s.fill(p, r.PostForm)
		return nil
	})
	if err != nil {
		return err
	}
	return back(w, r, "/dashboard/proposals/"+url.PathEscape(string(p.ID)), "saved")
}

// fill writes a form into a statement. What is wrong in it is found by the check, which shows it beside the form.
func (s *Server) fill(p *library.Proposal, form url.Values) {
	get := func(name string) string { return strings.TrimSpace(strings.ReplaceAll(form.Get(name), "\r\n", "\n")) }
	list := func(name string) (values []string) {
		for line := range strings.SplitSeq(get(name), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				values = append(values, line)
			}
		}
		return values
	}
	st := p.Statement
	st.Language, st.Kind = language.Code(get("language")), knowledge.Kind(get("kind"))
	st.Text, st.Title, st.Speaker, st.Office, st.Outlet, st.URL = get("text"), get("title"), get("speaker"), get("office"), get("outlet"), get("url")
	st.DateExact, st.DateNote = form.Get("date_exact") != "", get("date_note")
	st.Date, _ = time.Parse(time.DateOnly, get("date"))
	st.ValidUntil, _ = time.Parse(time.DateOnly, get("valid_until"))
	st.Topics, st.Aliases, p.Supersedes = form["topics"], list("aliases"), list("supersedes")
	library.Complete(st)
}

// moveProposal submits, publishes, gives back or withdraws.
func (s *Server) moveProposal(w http.ResponseWriter, r *http.Request, v *visitor) error {
	p, err := s.loadProposal(r)
	if err != nil {
		return err
	}
	who, what, why := s.actor(v), r.PathValue("what"), strings.TrimSpace(r.PostFormValue("why"))
	done := map[string]string{"submit": "submitted", "publish": "published", "return": "returned", "withdraw": "withdrawn"}[what]
	switch what {
	case "submit":
		_, _, err = s.Reviewers.Submit(r.Context(), who, p.ID)
	case "publish":
		_, err = s.Reviewers.Publish(r.Context(), who, p.ID)
	case "return":
		_, err = s.Reviewers.Return(r.Context(), who, p.ID, why)
	case "withdraw":
		_, err = s.Library.Withdraw(r.Context(), who, p.ID)
	default:
		return errNone
	}
	if err != nil {
		return err
	}
	return back(w, r, "/dashboard/proposals/"+url.PathEscape(string(p.ID)), done)
}
