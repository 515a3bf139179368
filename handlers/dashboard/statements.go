package dashboard

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// statementsData is the list of statements, or what the bot finds for a question.
type statementsData struct {
	Text, Language, Topic string
	Asked                 *knowledge.Answer // as the bot sees it
	Reply                 string
	List                  []*knowledge.Statement
	Count                 int
	Topics                []knowledge.Topic
	Languages             []language.Code
	Open                  []*library.Proposal
}

// maxShown bounds the statements one page lists.
const maxShown = 200

func (s *Server) statements(w http.ResponseWriter, r *http.Request, v *visitor) error {
	query, engine := r.URL.Query(), s.Live.Load()
	d := statementsData{
		Text: strings.TrimSpace(query.Get("text")), Language: query.Get("language"), Topic: query.Get("topic"),
		Topics: s.campaign().Topics, Languages: language.Codes(),
	}
	var err error
	if d.Open, err = s.Library.Shelf.OpenProposals(r.Context()); err != nil {
		return err
	}
	if d.Text != "" {
		answer := engine.Explain(knowledge.Question{Text: d.Text, Language: language.Code(d.Language), Now: s.Now()})
		d.Asked, d.Reply = &answer, bot.PlainText(bot.Compose(engine, answer))
		for _, hit := range answer.Ranked {
			d.List = append(d.List, hit.Statement)
		}
		d.Count = len(d.List)
		return s.show(w, r, v, "statements", &page{Title: "statements", Data: d})
	}
	all := engine.Pack().Statements
	for i := range all {
		st := &all[i]
		if d.Language != "" && string(st.Language) != d.Language || d.Topic != "" && !slices.Contains(s.campaign().TopicsOf(st), d.Topic) {
			continue
		}
		d.List = append(d.List, st)
	}
	slices.SortStableFunc(d.List, func(a, b *knowledge.Statement) int { return b.Date.Compare(a.Date) })
	d.Count = len(d.List)
	d.List = d.List[:min(len(d.List), maxShown)]
	return s.show(w, r, v, "statements", &page{Title: "statements", Data: d})
}

// statementData is one statement.
type statementData struct {
	*knowledge.Statement
	Versions []*knowledge.Statement
	Reply    string // as a reader of its language gets it
}

func (s *Server) statement(w http.ResponseWriter, r *http.Request, v *visitor) error {
	engine := s.Live.Load()
	st, known := engine.Statement(r.PathValue("id"))
	if !known {
		return errNone
	}
	return s.show(w, r, v, "statement", &page{Title: "statement", Data: statementData{st, engine.Versions(st.Key), string(st.Markdown())}})
}

// draftFor begins a statement for a question and those like it.
func (s *Server) draftFor(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q, err := s.Journal.Question(r.Context(), r.PathValue("ref"))
	if err != nil {
		return err
	}
	like, err := moderation.Alike(r.Context(), s.Journal, q, pageSize)
	if err != nil {
		return err
	}
	p := library.Answering(q.Language, q.Topic, string(q.Cluster))
	for _, other := range like {
		p.Ask(other.Ref, other.Entry.Question)
	}
	return s.opened(w, r, v, p)
}

func (s *Server) draftNew(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.opened(w, r, v, library.Answering(s.words(v).Code, "", ""))
}

// draftOf proposes a change of a statement, or to take it out.
func (s *Server) draftOf(w http.ResponseWriter, r *http.Request, v *visitor) error {
	st, known := s.Live.Load().Statement(r.PathValue("id"))
	if !known {
		return errNone
	}
	switch r.PathValue("what") {
	case "edit":
		changed := *st
		return s.opened(w, r, v, library.Proposal{Statement: &changed})
	case "newer":
		p := library.Answering(st.Language, "", "")
		p.Supersedes = []string{st.ID}
		p.Statement.Topics, p.Statement.Aliases = slices.Clone(st.Topics), slices.Clone(st.Aliases)
		return s.opened(w, r, v, p)
	case "remove":
		return s.opened(w, r, v, library.Proposal{Remove: st.ID})
	}
	return errNone
}

// opened opens a proposal and goes to it.
func (s *Server) opened(w http.ResponseWriter, r *http.Request, v *visitor, p library.Proposal) error {
	opened, err := s.Library.Open(r.Context(), s.actor(v), p)
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/dashboard/proposals/"+url.PathEscape(string(opened.ID)), http.StatusSeeOther)
	return nil
}

func (s *Server) actor(v *visitor) library.Actor { return library.Actor{ID: v.Person, Roles: v.roles} }
