package simulator

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"image"
	_ "image/gif"  // the picture formats the standard library reads
	_ "image/jpeg" // same
	_ "image/png"  // same
	"net/http"
	"path"
	"strings"
	"sync"
)

const (
	maxPhoto     = 10 << 20 // bytes
	maxDownload  = 20 << 20 // bytes a bot may fetch through getFile
	filesBudget  = 64 << 20 // bytes kept in memory; the oldest files go first
	unknownFile  = "wrong file identifier/HTTP URL specified"
	fileIDPrefix = "SIM"
)

// media is what a message carries beside its text.
type media struct {
	kind  string // photo, document, voice, sticker
	file  *file
	emoji string // of a sticker
}

// file is an uploaded file, kept once however often it is sent.
type file struct {
	id     string
	name   string
	mime   string
	data   []byte
	width  int
	height int
	url    string // of a file sent by link: its bytes stay where they are
}

// files keeps uploads by id within a budget.
type files struct {
	mu    sync.RWMutex
	byID  map[string]*file
	order []string
	size  int
}

func (f *files) init() { f.byID = map[string]*file{} }

// keep stores a file of a kind and returns the stored one. Equal bytes under one name and kind have one id.
func (f *files) keep(kind, name, mime string, data []byte) *file {
	sum := sha256.New()
	sum.Write([]byte(kind + "\x00" + name + "\x00"))
	sum.Write(data)
	id := fileIDPrefix + kind[:1] + base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:18])
	f.mu.Lock()
	defer f.mu.Unlock()
	if kept := f.byID[id]; kept != nil {
		return kept
	}
	if mime == "" || mime == "application/octet-stream" {
		mime = http.DetectContentType(data)
	}
	kept := &file{id: id, name: name, mime: mime, data: data}
	if kind == "photo" || kind == "sticker" {
		if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
			kept.width, kept.height = c.Width, c.Height
		}
	}
	f.byID[id] = kept
	f.order = append(f.order, id)
	f.size += len(data)
	for f.size > filesBudget && len(f.order) > 1 {
		f.size -= len(f.byID[f.order[0]].data)
		delete(f.byID, f.order[0])
		f.order = f.order[1:]
	}
	return kept
}

func (f *files) find(id string) *file {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.byID[id]
}

func (f *file) path() string {
	folder := map[byte]string{'p': "photos", 'd': "documents", 'v': "voice", 's': "stickers"}[f.id[len(fileIDPrefix)]]
	return folder + "/" + f.id + path.Ext(f.name)
}

func (f *file) wire() wireFile {
	return wireFile{FileID: f.id, FileUniqueID: "U" + f.id[len(fileIDPrefix):], FileSize: len(f.data)}
}

// fill puts the media into a Bot API message.
func (m *media) fill(w *wireMessage) {
	f := m.file.wire()
	still := false
	switch m.kind {
	case "photo":
		f.Width, f.Height = m.file.width, m.file.height
		w.Photo = []wireFile{f}
	case "document":
		f.FileName, f.MimeType = m.file.name, m.file.mime
		w.Document = &f
	case "voice":
		seconds := max(len(m.file.data)/4000, 1) // about 32 kbit/s
		f.MimeType, f.Duration = m.file.mime, &seconds
		w.Voice = &f
	case "sticker":
		f.Width, f.Height, f.Emoji, f.Type, f.IsAnimated, f.IsVideo = 512, 512, m.emoji, "regular", &still, &still
		w.Sticker = &f
	}
}

// show puts the media into a message as a person sees it.
func (m *media) show(v *Message) {
	a := &Attachment{FileName: m.file.name, Size: len(m.file.data), URL: m.file.url}
	if a.URL == "" {
		a.URL = "/sim/files/" + m.file.id
	}
	switch m.kind {
	case "photo":
		v.Photo = a
	case "document":
		v.Document = a
	case "voice":
		v.Voice = a
	case "sticker":
		v.Sticker = a
	}
}

func (s *Server) sendPhoto(c *call) (any, error)    { return s.sendMedia(c, "photo") }
func (s *Server) sendDocument(c *call) (any, error) { return s.sendMedia(c, "document") }
func (s *Server) sendVoice(c *call) (any, error)    { return s.sendMedia(c, "voice") }

func (s *Server) sendMedia(c *call, kind string) (any, error) {
	f, err := s.readFile(c.params, kind)
	if err != nil {
		return nil, err
	}
	caption, err := c.readText("caption", "caption_entities")
	if err != nil {
		return nil, err
	}
	if utf16Len(caption.text) > maxCaption {
		return nil, errCaptionTooLong
	}
	return s.send(c, &message{formatted: caption, media: &media{kind: kind, file: f}})
}

// readFile finds the file of a call: uploaded, known by its id, or behind a link.
func (s *Server) readFile(p params, kind string) (*file, error) {
	if up := p.file(kind); up != nil {
		if err := checkUpload(kind, up); err != nil {
			return nil, err
		}
		return s.files.keep(kind, up.name, up.mime, up.data), nil
	}
	ref := p.str(kind)
	switch {
	case ref == "":
		return nil, badRequest("there is no %s in the request", kind)
	case strings.HasPrefix(ref, "http://"), strings.HasPrefix(ref, "https://"):
		link, err := checkLink(ref)
		if err != nil {
			return nil, badRequest("Wrong HTTP URL specified")
		}
		f := *s.files.keep(kind, path.Base(link), "", []byte(link))
		f.url = link
		return &f, nil
	}
	f := s.files.find(ref)
	if f == nil {
		return nil, badRequest(unknownFile)
	}
	if f.id[len(fileIDPrefix)] != kind[0] {
		return nil, badRequest("can't use file of type %s as %s", wireKind(f), titleKind(kind))
	}
	return f, nil
}

func titleKind(kind string) string { return strings.ToUpper(kind[:1]) + kind[1:] }

func wireKind(f *file) string {
	return map[byte]string{'p': "Photo", 'd': "Document", 'v': "VoiceNote", 's': "Sticker"}[f.id[len(fileIDPrefix)]]
}

func checkUpload(kind string, up *upload) error {
	switch {
	case len(up.data) == 0:
		return badRequest("file must be non-empty")
	case len(up.data) > maxUpload:
		return errTooLarge
	case kind != "photo":
		return nil
	case len(up.data) > maxPhoto:
		return badRequest("file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(up.data), maxPhoto)
	case !strings.HasPrefix(http.DetectContentType(up.data), "image/"):
		return badRequest("IMAGE_PROCESS_FAILED")
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(up.data))
	if err == nil && (c.Width+c.Height > 10000 || c.Width > 20*c.Height || c.Height > 20*c.Width) {
		return badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}

func (s *Server) getFile(c *call) (any, error) {
	f := s.files.find(c.str("file_id"))
	if f == nil {
		return nil, badRequest("invalid file_id")
	}
	if len(f.data) > maxDownload {
		return nil, badRequest("file is too big")
	}
	w := f.wire()
	w.FilePath = f.path()
	return w, nil
}

// serveBotFile serves /file/bot<TOKEN>/<path>; rest is the path behind "/file/bot".
func (s *Server) serveBotFile(w http.ResponseWriter, r *http.Request, rest string) {
	token, name, _ := strings.Cut(rest, "/")
	if token != s.token {
		writeError(w, errUnauthorized)
		return
	}
	base := path.Base(name)
	f := s.files.find(strings.TrimSuffix(base, path.Ext(base)))
	if f == nil || f.path() != name {
		writeError(w, errNotFound)
		return
	}
	serveFile(w, r, f, false)
}
