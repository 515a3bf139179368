package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// readPDF puts the paragraphs of a PDF together from the places of its letters.
func (d *Document) readPDF(data []byte) error {
	type result struct {
		lines []line
		title string
		err   error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		r.lines, r.title, r.err = pdfLines(&impatient{bytes.NewReader(data), time.Now().Add(patience)}, int64(len(data)))
		done <- r
	}()
	select {
	case r := <-done:
		d.Paragraphs, d.Title = paragraphs(r.lines), r.title
		return r.err
	case <-time.After(patience):
		return errors.New("it took too long to read")
	}
}

// impatient ends what reads a file for too long: a PDF can send its reader in circles.
type impatient struct {
	data     io.ReaderAt
	deadline time.Time
}

func (r *impatient) ReadAt(p []byte, off int64) (int, error) {
	if time.Now().After(r.deadline) {
		return 0, errors.New("it took too long to read")
	}
	return r.data.ReadAt(p, off)
}

// line is a line of a page.
type line struct {
	text    strings.Builder
	x, y    float64 // of its first letter, in points from the lower left
	size    float64 // of its letters
	end     float64 // where its last letter ends, where the font says
	page    int
	started bool
}

// pdfLines reads the lines of a PDF in the order in which it draws them. The library answers damaged files by
// panics.
func pdfLines(data io.ReaderAt, size int64) (lines []line, title string, err error) {
	defer func() {
		if p := recover(); p != nil {
			lines, err = nil, fmt.Errorf("the PDF is damaged: %.200v", p)
		}
	}()
	file, err := pdf.NewReader(data, size)
	if err != nil {
		return nil, "", fmt.Errorf("the PDF cannot be read: %w", err)
	}
	pages := file.NumPage()
	if pages > MaxPages {
		return nil, "", fmt.Errorf("%w: it has %d pages, at most %d are read", ErrTooLarge, pages, MaxPages)
	}
	budget, letters := int64(MaxUnpacked), 0
	for n := 1; n <= pages; n++ {
		page := file.Page(n)
		if page.V.IsNull() || page.V.Key("Contents").Kind() == pdf.Null {
			continue
		}
		size := unpacked(page, min(budget, maxPage))
		if budget -= size; size > maxPage || budget <= 0 {
			return nil, "", fmt.Errorf("%w: unpacked it has more than %d MiB, or a page more than %d", ErrTooLarge, MaxUnpacked>>20, maxPage>>20)
		}
		text := page.Content().Text
		if letters += len(text); letters > maxText {
			return nil, "", fmt.Errorf("%w: at most %d letters are read", ErrTooLarge, maxText)
		}
		for _, letter := range text {
			lines = place(lines, letter, n)
		}
	}
	return lines, clean(file.Trailer().Key("Info").Key("Title").Text()), nil
}

// maxPage bounds what a page's streams unpack to, in bytes: each letter is kept with its place.
const maxPage = 8 << 20

// unpacked counts the bytes that a page's streams unpack to, and stops at most.
func unpacked(page pdf.Page, most int64) int64 {
	streams := []pdf.Value{page.V.Key("Contents")}
	if list := streams[0]; list.Kind() == pdf.Array {
		streams = nil
		for i := range list.Len() {
			streams = append(streams, list.Index(i))
		}
	}
	for _, name := range page.Fonts() {
		streams = append(streams, page.Font(name).V.Key("ToUnicode"))
	}
	total := int64(0)
	for _, s := range streams {
		if s.Kind() != pdf.Stream || total > most {
			continue
		}
		r := s.Reader()
		n, _ := io.Copy(io.Discard, io.LimitReader(r, most-total+1))
		_ = r.Close()
		total += n
	}
	return total
}

// place adds a letter to the line it stands on.
func place(lines []line, letter pdf.Text, page int) []line {
	last := len(lines) - 1
	if last < 0 || lines[last].page != page || math.Abs(lines[last].y-letter.Y) > lines[last].size/2 {
		lines = append(lines, line{x: letter.X, y: letter.Y, size: math.Max(letter.FontSize, 1), page: page})
		last++
	}
	l := &lines[last]
	const gap = 0.2 // of the size of the letters: wider is a space that the PDF draws by moving on
	if l.started && l.end > 0 && letter.X-l.end > gap*l.size && !strings.HasSuffix(l.text.String(), " ") {
		l.text.WriteByte(' ')
	}
	l.text.WriteString(letter.S)
	l.started, l.end = true, 0
	if letter.W > 0 {
		l.end = letter.X + letter.W
	}
	return lines
}

// paragraphs joins lines that go on in the next one.
func paragraphs(lines []line) []string {
	pitch := pitch(lines)
	var list []string
	var last *line
	for i := range lines {
		l := &lines[i]
		text := clean(l.text.String())
		if text == "" {
			continue
		}
		if last == nil || parts(last, l, pitch) {
			list = append(list, text)
		} else {
			list[len(list)-1] = join(list[len(list)-1], text)
		}
		last = l
	}
	return list
}

// pitch is the distance of lines, as a multiple of their letters' size: the least of those that are frequent.
func pitch(lines []line) float64 {
	counts := map[int]int{}
	most := 0
	for i := 1; i < len(lines); i++ {
		if a, b := &lines[i-1], &lines[i]; a.page == b.page && a.y > b.y {
			step := int(math.Round(10 * (a.y - b.y) / b.size))
			counts[step]++
			most = max(most, counts[step])
		}
	}
	least := 100
	for step, n := range counts {
		if 3*n >= most && step > 0 {
			least = min(least, step)
		}
	}
	return float64(least) / 10
}

// parts reports whether a paragraph ends between two lines: they are far from one another, in letters of other
// sizes, or the second is set in; over the border of two pages where a sentence ends.
func parts(a, b *line, pitch float64) bool {
	const (
		far   = 1.25
		setIn = 0.8 // of a letter's size
	)
	text := clean(a.text.String())
	switch {
	case math.Abs(a.size-b.size) > 0.5:
		return true
	case a.page != b.page || b.y >= a.y:
		return ended(text)
	case a.y-b.y > far*pitch*b.size:
		return true
	}
	return ended(text) && b.x-a.x > setIn*b.size
}

// join puts the next line of a paragraph after it, mending a word that was broken for the margin.
func join(text, next string) string {
	word, hyphen := strings.CutSuffix(text, "-")
	before, _ := utf8.DecodeLastRuneInString(word)
	after, _ := utf8.DecodeRuneInString(next)
	if !hyphen || !unicode.IsLower(before) || !unicode.IsLower(after) {
		return text + " " + next
	}
	for _, particle := range []string{"то ", "либо ", "нибудь ", "таки ", "ақ ", "то,", "то."} {
		if strings.HasPrefix(next, particle) {
			return text + next
		}
	}
	return word + next
}
