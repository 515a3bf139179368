package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// listed is a statement as `kb list` shows it.
type listed struct {
	ID       string         `json:"id"`
	Language language.Code  `json:"language"`
	Date     string         `json:"date"` // YYYY-MM-DD
	Kind     knowledge.Kind `json:"kind"`
	Speaker  string         `json:"speaker"`
	Office   string         `json:"office"`
	Topics   []string       `json:"topics"` // of the campaign's menu
	Title    string         `json:"title"`
	URL      string         `json:"url"`
}

// kbList prints the statements of a pack, newest first, or the versions that were published.
func kbList(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "kb list")
	kb := f.String("kb", "", "")
	lang := f.String("lang", "", "")
	topic := f.String("topic", "", "")
	asJSON := f.Bool("json", false, "")
	versions := f.Bool("history", false, "")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	code, err := languageFlag(*lang)
	if err != nil {
		return err
	}
	if *versions {
		return kbHistory(ctx, w, *asJSON)
	}
	pack, err := livePack(ctx, w, *kb)
	if err != nil {
		return err
	}
	rows := selectRows(pack, code, *topic)
	if len(rows) == 0 {
		return fmt.Errorf("no statement matches; the topics are %s", strings.Join(topicIDs(pack), ", "))
	}
	if *asJSON {
		return writeLines(w, rows)
	}
	return printTable(w, rows)
}

// selectRows picks the statements of a language and a topic or tag; "" picks all.
func selectRows(pack *knowledge.Pack, code language.Code, topic string) []listed {
	var rows []listed
	for i := range pack.Statements {
		s := &pack.Statements[i]
		topics := pack.Campaign.TopicsOf(s)
		if code != "" && s.Language != code {
			continue
		}
		if topic != "" && !slices.Contains(topics, topic) && !slices.Contains(s.Topics, topic) {
			continue
		}
		rows = append(rows, listed{
			ID: s.ID, Language: s.Language, Date: s.Date.Format(time.DateOnly), Kind: s.Kind,
			Speaker: s.Speaker, Office: s.Office, Topics: topics, Title: s.Title, URL: s.URL,
		})
	}
	slices.SortStableFunc(rows, func(a, b listed) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.ID, b.ID))
	})
	return rows
}

func topicIDs(pack *knowledge.Pack) []string {
	var ids []string
	for _, topic := range pack.Campaign.Topics {
		ids = append(ids, topic.ID)
	}
	return ids
}

func writeLines(w *World, rows []listed) error {
	for _, row := range rows {
		if err := writeJSON(w.Stdout, row); err != nil {
			return err
		}
	}
	return nil
}

// maxWho bounds the column that says who spoke, in characters: some institutions have long names.
const maxWho = 48

func printTable(w *World, rows []listed) error {
	table := tabwriter.NewWriter(w.Stdout, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n",
			row.ID, row.Language, row.Date, row.Kind, bot.Shorten(cmp.Or(row.Speaker, row.Office), maxWho), row.Title)
	}
	return table.Flush()
}
