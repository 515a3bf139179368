package dashboard

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// pageSize is how many lines a list shows.
const pageSize = 50

// questionsData is the list of questions.
type questionsData struct {
	Filter    url.Values // as it was asked for
	Page      moderation.Page
	Next      string // address of the next page
	Export    string // query of the export
	Topics    []knowledge.Topic
	Decisions []knowledge.Decision
	Rulings   []bot.Ruling
	Languages []language.Code
}

// filterFields are the fields of the filter's form.
var filterFields = []string{"text", "since", "until", "language", "decision", "topic", "feedback", "state", "ruling", "asker", "cluster"}

// readFilter reads the form of a filter. What is no choice of it is passed over: a filter is nothing to fail at.
func (s *Server) readFilter(q url.Values) (moderation.Filter, url.Values) {
	kept := url.Values{}
	for _, name := range filterFields {
		if value := strings.TrimSpace(q.Get(name)); value != "" && len(value) <= moderation.MaxNeedle {
			kept.Set(name, value)
		}
	}
	f := moderation.Filter{
		Language: language.Code(kept.Get("language")), Decision: knowledge.Decision(kept.Get("decision")), Topic: kept.Get("topic"),
		Feedback: bot.Feedback(kept.Get("feedback")), State: moderation.State(kept.Get("state")), Ruling: bot.Ruling(kept.Get("ruling")),
		Asker: kept.Get("asker"), Cluster: moderation.ClusterID(kept.Get("cluster")), Text: kept.Get("text"),
	}
	f.Since = s.day(kept.Get("since"))
	if until := s.day(kept.Get("until")); !until.IsZero() {
		f.Until = until.AddDate(0, 0, 1)
	}
	return f, kept
}

// day reads a day of the campaign's time zone; zero for none.
func (s *Server) day(text string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, text, s.zone())
	if err != nil {
		return time.Time{}
	}
	return t
}

func (s *Server) questions(w http.ResponseWriter, r *http.Request, v *visitor) error {
	query := r.URL.Query()
	f, kept := s.readFilter(query)
	result, err := s.Journal.Page(r.Context(), f, query.Get("cursor"), pageSize)
	if err != nil {
		return err
	}
	d := questionsData{
		Filter: kept, Page: result, Topics: s.campaign().Topics, Rulings: moderation.Rulings(), Languages: language.Codes(),
		Decisions: append(slices.Clone(decisions), knowledge.DecideSmalltalk)[:4], Export: kept.Encode(),
	}
	if result.Next != "" {
		next := url.Values{}
		for k, values := range kept {
			next[k] = values
		}
		next.Set("cursor", result.Next)
		d.Next = "?" + next.Encode()
	}
	return s.show(w, r, v, "questions", &page{Title: "questions", Data: d})
}

// questionData is one question with all that is known of it.
type questionData struct {
	moderation.Question
	Statements []*knowledge.Statement
	Choice     []*knowledge.Statement // others that come next
	Answer     knowledge.Answer       // as it would be answered now
	Now        string                 // the same as text
	Rulings    []bot.Ruling
	Proposals  []*library.Proposal
}

func (s *Server) question(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q, err := s.Journal.Question(r.Context(), r.PathValue("ref"))
	if err != nil {
		return err
	}
	engine := s.Live.Load()
	d := questionData{Question: q, Rulings: moderation.Rulings()}
	d.Answer = engine.Explain(knowledge.Question{Text: q.Entry.Question, Language: q.Language, Now: s.Now()})
	d.Now = bot.PlainText(bot.Compose(engine, d.Answer))
	for _, id := range q.Entry.Statements {
		if st, known := engine.Statement(id); known {
			d.Statements = append(d.Statements, st)
		}
	}
	for _, hit := range d.Answer.Ranked {
		if !slices.Contains(q.Entry.Statements, hit.Statement.ID) && len(d.Choice) < 5 {
			d.Choice = append(d.Choice, hit.Statement)
		}
	}
	open, err := s.Library.Shelf.OpenProposals(r.Context())
	if err != nil {
		return err
	}
	for _, p := range open {
		if slices.Contains(p.Questions, q.Ref) {
			d.Proposals = append(d.Proposals, p)
		}
	}
	return s.show(w, r, v, "question", &page{Title: "question", Data: d})
}

// rule stores a ruling and shows the question again, with a way to take it back.
func (s *Server) rule(w http.ResponseWriter, r *http.Request, v *visitor) error {
	review := bot.Review{Ruling: bot.Ruling(r.PostFormValue("ruling")), Note: strings.TrimSpace(r.PostFormValue("note"))}
	if review.Ruling == moderation.Better {
		review.Better = r.PostForm["better"]
		for _, id := range review.Better {
			if _, known := s.Live.Load().Statement(id); !known {
				return errForm
			}
		}
	}
	ref := r.PathValue("ref")
	if _, err := s.Journal.Rule(r.Context(), v.Person, ref, review); err != nil {
		return err
	}
	return back(w, r, "/dashboard/questions/"+url.PathEscape(ref), "ruled")
}

func (s *Server) undo(w http.ResponseWriter, r *http.Request, v *visitor) error {
	ref := r.PathValue("ref")
	if _, err := s.Journal.Undo(r.Context(), v.Person, ref); err != nil {
		return err
	}
	return back(w, r, "/dashboard/questions/"+url.PathEscape(ref), "undone")
}
