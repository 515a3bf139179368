package review

import (
	"context"
	"strings"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/knowledge"
)

// drafted is a proposal with what is missing or wrong, how the bot would answer with it, and what can be done.
func (x *visit) drafted(ctx context.Context, p *library.Proposal) (bot.Reply, error) {
	r := bot.Reply{Language: x.Language, Parts: []bot.Part{{Spans: []bot.Span{{Text: x.r.Draft + " · " + string(p.ID), Bold: true}}}}}
	if p.Statement == nil {
		return r, nil
	}
	r.Parts = append(r.Parts, x.statement(p.Statement)...)
	missing := x.missing(p.Statement)
	sound := missing == ""
	if !sound {
		r.Parts = append(r.Parts, bot.Text("⚠️ "+x.r.Missing(missing)))
	} else {
		_, report, err := x.Library.Check(ctx, p)
		if err != nil {
			return r, err
		}
		r.Parts = append(r.Parts, x.problems(report)...)
		if sound = len(report.Errors()) == 0; sound {
			tried, err := x.tried(ctx, p)
			if err != nil {
				return r, err
			}
			r.Parts = append(r.Parts, tried...)
		}
	}
	r.Buttons = x.draftButtons(p, sound)
	return r, nil
}

// statement shows a statement as readers see it, and what stands beside it.
func (x *visit) statement(s *knowledge.Statement) []bot.Part {
	var parts []bot.Part
	if s.Text != "" {
		parts = append(parts, bot.Part{Style: bot.Quote, Spans: []bot.Span{{Text: bot.Shorten(s.Text, knowledge.LongText)}}})
	}
	if s.Office != "" && !s.Date.IsZero() {
		parts = append(parts, bot.Attribution(x.t, s))
	}
	for _, name := range []string{"url", "title", topicField, "aliases"} {
		if value := fields[name].get(s); value != "" {
			parts = append(parts, bot.Part{Style: bot.Note, Tight: true, Spans: []bot.Span{{Text: x.r.Fields[name] + ": " + bot.Shorten(strings.ReplaceAll(value, "\n", " · "), 400)}}})
		}
	}
	return parts
}

// missing names the fields that are needed and empty.
func (x *visit) missing(s *knowledge.Statement) string {
	var list []string
	for _, name := range names() {
		if f := fields[name]; !f.optional && f.get(s) == "" {
			list = append(list, x.r.Fields[name])
		}
	}
	return strings.Join(list, ", ")
}

// problems lists what `refbot kb check` finds.
func (x *visit) problems(report knowledge.Report) (parts []bot.Part) {
	for head, list := range map[string][]knowledge.Problem{x.r.Faulty: report.Errors(), x.r.Doubts: report.Warnings()} {
		if len(list) == 0 {
			continue
		}
		lines := []string{"⚠️ " + head}
		for _, p := range list[:min(len(list), maxProblems)] {
			lines = append(lines, "• "+x.t.Problem(p))
		}
		parts = append(parts, bot.Text(strings.Join(lines, "\n")))
	}
	return parts
}

// tried tells how many of the people's questions would be answered, and how the first of them.
func (x *visit) tried(ctx context.Context, p *library.Proposal) ([]bot.Part, error) {
	questions := p.Statement.Aliases
	if len(questions) == 0 {
		return nil, nil
	}
	defer x.Messenger.Typing(ctx, x.home)()
	turns, err := x.Library.Try(ctx, p, questions)
	if err != nil {
		return nil, err
	}
	answered := 0
	for _, turn := range turns {
		if cites(turn.After, p.Statement.Key) {
			answered++
		}
	}
	return []bot.Part{{Spans: []bot.Span{{Text: x.r.Tried(answered, len(turns)), Bold: true}}}}, nil
}

// cites reports whether an answer rests on a statement, in whichever language.
func cites(a knowledge.Answer, key string) bool {
	if a.Decision != knowledge.DecideAnswer {
		return false
	}
	for _, hit := range a.Hits {
		if hit.Statement.Key == key {
			return true
		}
	}
	return false
}

// draftButtons are what the author, or a colleague, can do with a draft.
func (x *visit) draftButtons(p *library.Proposal, sound bool) [][]bot.Button {
	if !p.State.Open() {
		return [][]bot.Button{x.onward()}
	}
	var rows [][]bot.Button
	var row []bot.Button
	for _, name := range names() {
		row = append(row, bot.Button{Text: x.r.Button.Edit + x.r.Fields[name], Data: "mod:edit:" + string(p.ID) + ":" + name})
		if len(row) == 3 {
			rows, row = append(rows, row), nil
		}
	}
	if sound {
		say := x.r.Button.Submit
		if p.State == library.Submitted {
			say = x.r.Button.Remind
		}
		rows = append(rows, []bot.Button{{Text: say, Data: "mod:submit:" + string(p.ID)}})
	}
	return append(rows, []bot.Button{{Text: x.r.Button.Withdraw, Data: "mod:drop:" + string(p.ID)}})
}
