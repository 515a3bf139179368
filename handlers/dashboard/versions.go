package dashboard

import (
	"net/http"
	"strconv"
	"strings"

	"refbot/bot/library"
)

// versionsData is the history of the knowledge base.
type versionsData struct {
	List []library.Version
	Next int64
}

func (s *Server) versions(w http.ResponseWriter, r *http.Request, v *visitor) error {
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	list, err := s.Library.Shelf.History(r.Context(), max(0, before), pageSize)
	if err != nil {
		return err
	}
	d := versionsData{List: list}
	if n := len(list); n == pageSize && list[n-1].Number > 1 {
		d.Next = list[n-1].Number
	}
	return s.show(w, r, v, "versions", &page{Title: "versions", Data: d})
}

// versionData is what a version changed.
type versionData struct {
	library.Version
	Differences []difference
	Gone        bool // too old to be compared or gone back to
	Current     bool
}

// difference is a statement that changed, line by line.
type difference struct {
	ID    string
	Lines []diffLine
}

// diffLine is a line of a statement's file: " " kept, "-" gone, "+" added.
type diffLine struct{ Sign, Text string }

func (s *Server) version(w http.ResponseWriter, r *http.Request, v *visitor) error {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return errNone
	}
	version, err := s.Library.Shelf.Version(r.Context(), number)
	if err != nil {
		return err
	}
	latest, err := s.Library.Shelf.Latest(r.Context())
	if err != nil {
		return err
	}
	d := versionData{Version: version, Current: number == latest}
	after, err := s.Library.Pack(r.Context(), number)
	if err == nil {
		if before, err := s.Library.Pack(r.Context(), number-1); err == nil {
			for _, x := range library.Compare(before, after) {
				d.Differences = append(d.Differences, differ(x))
			}
		}
	}
	if refused := library.Refused(err); refused != nil {
		d.Gone = true
	} else if err != nil {
		return err
	}
	return s.show(w, r, v, "version", &page{Title: "version", Data: d})
}

// differ shows a change line by line.
func differ(x library.Difference) difference {
	var before, after []string
	if x.Before != nil {
		before = strings.Split(strings.TrimSpace(string(x.Before.Markdown())), "\n")
	}
	if x.After != nil {
		after = strings.Split(strings.TrimSpace(string(x.After.Markdown())), "\n")
	}
	return difference{x.ID, diff(before, after)}
}

// maxDiff bounds the lines of each side that are compared; statements have fewer.
const maxDiff = 400

// diff lists the lines of both by their longest common subsequence.
func diff(a, b []string) []diffLine {
	a, b = a[:min(len(a), maxDiff)], b[:min(len(b), maxDiff)]
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var out []diffLine
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, diffLine{" ", a[i]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || length[i+1][j] >= length[i][j+1]):
			out = append(out, diffLine{"-", a[i]})
			i++
		default:
			out = append(out, diffLine{"+", b[j]})
			j++
		}
	}
	return out
}

// revert proposes to go back to a version.
func (s *Server) revert(w http.ResponseWriter, r *http.Request, v *visitor) error {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil || number < 1 {
		return errNone
	}
	if _, err := s.Library.Pack(r.Context(), number); err != nil {
		return err
	}
	return s.opened(w, r, v, library.Proposal{Revert: number})
}
