package importer

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Draft is a statement that a person has to look through and complete.
type Draft struct {
	Statement knowledge.Statement
	// Todo is what is to be looked at, in English, as `refbot kb check` says it. Never empty.
	Todo []string
}

// Markdown gives the draft as a file.
func (d *Draft) Markdown() []byte { return d.Statement.DraftMarkdown(d.Todo...) }

// part is paragraphs of one statement.
type part struct {
	speaker *speaker
	heading string // of an article of a law
	list    []string
	size    int // characters
}

// least is how short a part may be, in characters, to stand alone.
const least = 80

// Drafts groups the paragraphs into statements. Their ids are those of [Document.Base] with a number; they are
// numbered anew by whoever knows which are taken.
func (d *Document) Drafts() []Draft {
	who := meet(d.Paragraphs)
	kind := d.kind()
	var drafts []Draft
	for _, p := range d.parts(who, kind == knowledge.Document) {
		if len(drafts) == MaxDrafts {
			break
		}
		draft := d.draft(p, kind)
		draft.Statement.ID = fmt.Sprintf("%s-%d", d.Base(&draft), len(drafts)+1)
		draft.Statement.Key = draft.Statement.ID
		drafts = append(drafts, draft)
	}
	return drafts
}

// article finds where an article or a chapter of a law begins.
var article = regexp.MustCompile(`(?i)^(?:(?:статья|глава|раздел|article|chapter|section)\s+[\dIVX]+|\d+(?:-|\s)*(?:бап|тарау|бөлім))(?:[.\s]|$)`)

// parts cuts where somebody else speaks, where an article begins, and where a reply could not show more.
func (d *Document) parts(who *cast, law bool) []part {
	var list []part
	current := part{}
	flush := func() {
		switch last := len(list) - 1; {
		case current.size == 0:
		case last >= 0 && current.size < least && list[last].speaker == current.speaker && list[last].heading == current.heading:
			list[last].list = append(list[last].list, current.list...)
		default:
			list = append(list, current)
		}
		current = part{speaker: current.speaker, heading: current.heading}
	}
	for _, p := range d.Paragraphs {
		if law && article.MatchString(p) {
			flush()
			current.heading = p
		} else if s := who.voice(p); s != nil && s != current.speaker && !law {
			if current.speaker != nil {
				flush()
			}
			current.speaker = s
		}
		for _, piece := range pieces(p) {
			n := utf8.RuneCountInString(piece)
			if current.size > 0 && current.size+n > roomy {
				flush()
			}
			current.list, current.size = append(current.list, piece), current.size+n
		}
	}
	flush()
	return list
}

// roomy is how many characters of paragraphs make a statement: what a reply shows, with room for their borders.
const roomy = knowledge.LongText - 50

// pieces cuts a paragraph that is longer than a statement should be at the ends of sentences.
func pieces(p string) []string {
	if utf8.RuneCountInString(p) <= roomy {
		return []string{p}
	}
	var list []string
	start, end := 0, 0
	for _, s := range language.Sentences(p) {
		if end > start && utf8.RuneCountInString(p[start:s[1]]) > roomy {
			list, start = append(list, strings.TrimSpace(p[start:end])), s[0]
		}
		end = s[1]
	}
	return append(list, strings.TrimSpace(p[start:]))
}

// laws are titles of documents, as they begin.
var laws = regexp.MustCompile(`(?i)^(?:о?\s*проекте? )?(?:закон|конституционный закон|кодекс|указ|постановление|распоряжение|конституция|заң|жарлық|қаулы|law|decree|resolution|constitution|code)(?:[^\p{L}]|$)`)

// kind guesses what a document is: a law where it is called one or has articles; "" where that depends on who speaks.
func (d *Document) kind() knowledge.Kind {
	articles := 0
	for _, p := range d.Paragraphs {
		if article.MatchString(p) {
			articles++
		}
	}
	const many = 3
	if articles >= many || articles > 0 && laws.MatchString(d.Title) {
		return knowledge.Document
	}
	return ""
}

// draft makes a statement of a part and notes what is a guess.
func (d *Document) draft(p part, kind knowledge.Kind) Draft {
	s := knowledge.Statement{
		Language: d.Language, Date: d.Date, DateExact: d.DateExact || d.Date.IsZero(), DateNote: d.DateNote,
		Outlet: d.Outlet, Title: d.Title, URL: d.URL, Kind: kind,
		Text: cutText(strings.Join(p.list, "\n\n")), Verbatim: d.Verbatim,
	}
	var todo []string
	switch {
	case kind == knowledge.Document:
		todo = append(todo, "kind is a guess, as it looks like a law; name the institution as office")
	case p.speaker != nil:
		s.Speaker, s.Office, s.Kind = p.speaker.name, cut(p.speaker.office), kindOf(p.speaker.head)
		todo = append(todo, fmt.Sprintf("speaker, office and kind are a guess from %q: check them and their spelling", shorten(cmp.Or(p.speaker.words, p.speaker.name))))
	default:
		if s.Office = cut(body(s.Text)); s.Office != "" {
			s.Kind = knowledge.Official
			todo = append(todo, "the office is a guess from the text: check it and its spelling")
		} else {
			todo = append(todo, "say who speaks: speaker, office and kind")
		}
	}
	if p.heading != "" {
		s.Title = cut(strings.Trim(d.Title+". "+p.heading, ". "))
	}
	if d.DateNote != "" {
		todo = append(todo, "the date is a guess ("+shorten(d.DateNote)+"): check it, then delete date_exact and date_note if it is sure")
	}
	todo = append(todo, "compare the text with the source, leave out what nobody official said, and add topics")
	return Draft{s, todo}
}

// kindOf guesses the kind of a statement from the head of the office of who made it.
func kindOf(head string) knowledge.Kind {
	switch {
	case head == "":
		return ""
	case expert.has(head):
		return knowledge.Expert
	}
	return knowledge.Official
}

var expert = stems{"политолог", "эксперт", "юрист", "правовед", "аналитик", "профессор", "академик", "саясаттанушы", "сарапшы", "заңгер", "analyst", "expert", "lawyer", "professor"}

// cutText keeps a text within what a statement can hold.
func cutText(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), knowledge.MaxText)])
}

// shorten gives the beginning of a text, for a note.
func shorten(s string) string {
	const most = 120
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}

// Base is the beginning of a readable id of a draft: who speaks, else the source, and the day.
func (d *Document) Base(draft *Draft) string {
	const most = 30
	s := &draft.Statement
	words := strings.Fields(cmp.Or(s.Speaker, s.Office))
	base := ""
	if len(words) > 0 {
		base = slug(words[len(words)-1])
		if s.Speaker == "" {
			base = slug(words[0])
		}
	}
	if base == "" {
		name := strings.TrimRight(d.Name, "/")
		base = slug(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	}
	base = strings.Trim(base[:min(len(base), most)], "-")
	if !s.Date.IsZero() {
		base += "-" + s.Date.Format("20060102")
	}
	return strings.Trim(cmp.Or(base, "draft"), "-")
}

// Number gives base with the first number from n on that is not taken.
func Number(base string, n int, taken func(id string) bool) string {
	for ; ; n++ {
		if id := base + "-" + strconv.Itoa(n); !taken(id) {
			return id
		}
	}
}
