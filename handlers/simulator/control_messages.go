package simulator

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// mediaKinds are the fields of a posted message that can carry a file.
var mediaKinds = []string{"photo", "document", "voice", "sticker"}

func (c control) list(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "chat")
	if err != nil {
		return err
	}
	if person, _ := strconv.ParseInt(r.FormValue("person"), 10, 64); person != 0 && !c.isMember(id, person) {
		return errNotMember
	}
	messages := c.Messages(id)
	if n := len(messages) - 200; n > 0 {
		messages = messages[n:]
	}
	return reply(w, map[string]any{"messages": append([]Message{}, messages...)})
}

// posted is a message somebody writes on the page.
type posted struct {
	from, replyTo int64
	text, emoji   string
	kind          string // of the file, if there is one
	file          upload
}

func (c control) write(w http.ResponseWriter, r *http.Request) error {
	chat, err := pathID(r, "chat")
	if err != nil {
		return err
	}
	p, err := readPosted(r)
	if err != nil {
		return err
	}
	var m Message
	switch {
	case p.kind == "sticker" && p.emoji != "":
		m, err = c.SendSticker(p.from, chat, p.emoji)
	case p.kind != "":
		m, err = c.SendFile(p.from, chat, p.replyTo, p.kind, p.file.name, p.file.data, p.text)
	default:
		m, err = c.Reply(p.from, chat, p.replyTo, p.text)
	}
	if err != nil {
		return err
	}
	return reply(w, m)
}

func readPosted(r *http.Request) (posted, error) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		return readPostedForm(r)
	}
	var fields map[string]json.RawMessage
	if err := read(r, &fields); err != nil {
		return posted{}, err
	}
	p := posted{
		from: number(fields["from"]), replyTo: number(fields["reply_to"]),
		text: text(fields["text"]), emoji: text(fields["emoji"]),
	}
	if p.text == "" {
		p.text = text(fields["caption"])
	}
	for _, kind := range mediaKinds {
		if raw := fields[kind]; len(raw) > 0 && string(raw) != "null" {
			p.kind = kind
			return p, p.readFile(raw)
		}
	}
	return p, nil
}

// readFile reads a file from JSON: base64 text, a data URL, or an object with file_name and data.
func (p *posted) readFile(raw json.RawMessage) error {
	var object struct {
		Name string `json:"file_name"`
		Data string `json:"data"`
	}
	if json.Unmarshal(raw, &object) != nil {
		object.Data = text(raw)
	}
	if _, data, isURL := strings.Cut(object.Data, ";base64,"); isURL {
		object.Data = data
	}
	data, err := base64.StdEncoding.DecodeString(object.Data)
	if err != nil {
		return problem{http.StatusBadRequest, p.kind + " must be base64"}
	}
	if object.Name == "" {
		object.Name = p.kind
	}
	p.file = upload{name: object.Name, data: data}
	return nil
}

func readPostedForm(r *http.Request) (posted, error) {
	if err := r.ParseMultipartForm(maxControlBody); err != nil {
		return posted{}, err
	}
	p := posted{text: r.FormValue("text"), emoji: r.FormValue("emoji")}
	if p.text == "" {
		p.text = r.FormValue("caption")
	}
	p.from, _ = strconv.ParseInt(r.FormValue("from"), 10, 64)
	p.replyTo, _ = strconv.ParseInt(r.FormValue("reply_to"), 10, 64)
	for _, kind := range mediaKinds {
		part, header, err := r.FormFile(kind)
		if err != nil {
			continue
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return p, err
		}
		p.kind, p.file = kind, upload{name: header.Filename, data: data}
		break
	}
	return p, nil
}

func number(raw json.RawMessage) int64 {
	n, _ := strconv.ParseInt(strings.Trim(string(raw), `"`), 10, 64)
	return n
}

func text(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s) // what is no text counts as none
	return s
}

func (c control) edit(w http.ResponseWriter, r *http.Request) error {
	chat, err := pathID(r, "chat")
	if err != nil {
		return err
	}
	id, err := pathID(r, "id")
	if err != nil {
		return err
	}
	var change struct {
		From int64  `json:"from"`
		Text string `json:"text"`
	}
	if err := read(r, &change); err != nil {
		return err
	}
	m, err := c.Edit(change.From, chat, id, change.Text)
	if err != nil {
		return err
	}
	return reply(w, m)
}

func (c control) file(w http.ResponseWriter, r *http.Request) error {
	f := c.files.find(r.PathValue("id"))
	if f == nil {
		return problem{http.StatusNotFound, "no such file"}
	}
	serveFile(w, r, f, true)
	return nil
}

// shownTypes may be shown inside the page; everything else is a download.
var shownTypes = []string{"image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg", "audio/mpeg", "application/ogg"}

func serveFile(w http.ResponseWriter, r *http.Request, f *file, page bool) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Type", "application/octet-stream")
	if page && slices.Contains(shownTypes, f.mime) {
		h.Set("Content-Type", f.mime)
	} else if page {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	}
	h.Set("Content-Length", strconv.Itoa(len(f.data)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.data) // a client that went away is not the server's failure
	}
}
