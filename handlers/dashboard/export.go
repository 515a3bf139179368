package dashboard

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/moderation"
)

// export streams the questions that fit a filter, as CSV or JSON lines, in flat memory.
func (s *Server) export(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, _ := s.readFilter(r.URL.Query())
	format := r.URL.Query().Get("format")
	var line func(moderation.Question) error
	var finish func() error
	out := bufio.NewWriter(w)
	switch format {
	case "csv":
		table := csv.NewWriter(out)
		if err := table.Write(exportColumns); err != nil {
			return err
		}
		line = func(q moderation.Question) error { return table.Write(exportRow(q)) }
		finish = func() error { table.Flush(); return table.Error() }
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	case "jsonl":
		lines := json.NewEncoder(out)
		line = func(q moderation.Question) error { q.Entry = moderation.Shown(q.Entry); return lines.Encode(q) }
		finish = func() error { return nil }
		w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	default:
		return errForm
	}
	s.note(r.Context(), v.Person, bot.RoomDashboard, "export", format, "")
	w.Header().Set("Content-Disposition", `attachment; filename="questions.`+format+`"`)
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
	err := s.Journal.Each(r.Context(), f, line)
	if err == nil {
		err = finish()
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil { // the head is sent: a cut connection is how the browser learns of it
		s.Log.Warn("an export was not completed", "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

var exportColumns = []string{"ref", "at", "asker", "language", "question", "decision", "confidence", "statements", "topic", "reply", "feedback", "ruling", "cluster", "knowledge", "ms", "phrasing", "reasons"}

func exportRow(q moderation.Question) []string {
	ruling, phrasing, reasons := "", "", []string{}
	if q.Review != nil {
		ruling = string(q.Review.Ruling)
	}
	if q.Phrasing != nil {
		phrasing = string(q.Phrasing.Ending)
		for _, reason := range q.Phrasing.Reasons {
			reasons = append(reasons, string(reason))
		}
	}
	row := []string{
		q.Ref, q.At.UTC().Format(time.RFC3339), q.Asker, string(q.Language), q.Entry.Question, string(q.Decision), strconv.FormatFloat(q.Confidence, 'f', 3, 64),
		strings.Join(q.Statements, " "), q.Topic, q.Reply, string(q.Feedback), ruling, string(q.Cluster), q.Knowledge,
		strconv.FormatInt(q.Micros/1000, 10), phrasing, strings.Join(reasons, " "),
	}
	for i := range row {
		row[i] = harmless(row[i])
	}
	return row
}

// harmless keeps a spreadsheet from taking what people wrote for a formula, full-width signs and those behind spaces that
// programs skip included: it begins with a quote then, as OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection).
func harmless(cell string) string {
	switch start := strings.TrimLeft(cell, " \u00a0\u200b\ufeff"); {
	case start == "":
		return cell
	case strings.ContainsRune("\t\r\n", rune(cell[0])), strings.IndexAny(start, "=+-@|%＝＋－＠\t\r\n") == 0:
		return "'" + cell
	}
	return cell
}
