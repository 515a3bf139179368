package simulator

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	// maxBody is what api.telegram.org takes: 50 MB of file and some for the fields.
	maxBody = 51 << 20
	// maxUpload is the largest file a bot may send, in bytes.
	maxUpload = 50 << 20
)

// upload is a file that came with a call.
type upload struct {
	name string
	mime string
	data []byte
}

// params are a call's arguments, whatever body they came in: every value is text, nested values are JSON text.
type params struct {
	values map[string]string
	files  map[string]*upload
}

// readParams reads the query string and the body: JSON, form or multipart. Later sources win.
func readParams(r *http.Request) (params, error) {
	p := params{values: map[string]string{}}
	if r.URL.RawQuery != "" {
		p.addForm(r.URL.Query())
	}
	kind, attrs, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || r.Body == nil {
		return p, nil //nolint:nilerr // a body of no known kind counts as none, as Telegram has it
	}
	body := http.MaxBytesReader(nil, r.Body, maxBody)
	switch kind {
	case "application/json":
		err = p.readJSON(body, r.ContentLength)
	case "application/x-www-form-urlencoded":
		err = p.readForm(body)
	case "multipart/form-data":
		err = p.readMultipart(body, attrs["boundary"])
	}
	return p, bodyError(err)
}

// bodyError turns a reader's failure into Telegram's words.
func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	var refusal *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLarge):
		return errTooLarge
	case errors.As(err, &refusal):
		return refusal
	default:
		return badRequest("can't parse the request body")
	}
}

func (p *params) addForm(values url.Values) {
	for name, v := range values {
		if len(v) > 0 {
			p.values[name] = v[len(v)-1]
		}
	}
}

func (p *params) readForm(body io.Reader) error {
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(string(raw))
	if err != nil {
		return badRequest("can't parse form parameters")
	}
	p.addForm(values)
	return nil
}

// readJSON reads a body of size bytes, -1 when that is unknown.
func (p *params) readJSON(body io.Reader, size int64) error {
	raw, err := readAll(body, size)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	if !json.Valid(raw) || bytes.TrimSpace(raw)[0] != '{' {
		return badRequest("can't parse JSON object")
	}
	for name, value := range members(raw) {
		switch value[0] {
		case 'n': // null
		case '"':
			p.values[unquote(name)] = unquote(value)
		default:
			p.values[unquote(name)] = string(value)
		}
	}
	return nil
}

func (p *params) readMultipart(body io.Reader, boundary string) error {
	if boundary == "" {
		return badRequest("boundary field not found")
	}
	buffered := bufio.NewReader(body)
	if _, err := buffered.Peek(1); errors.Is(err, io.EOF) {
		return nil // a method without arguments
	}
	reader := multipart.NewReader(buffered, boundary)
	for {
		part, err := reader.NextPart()
		if err == io.EOF { // wrapped, it means that the body was cut off
			return nil
		}
		if err != nil {
			return err
		}
		if err := p.addPart(part); err != nil {
			return err
		}
	}
}

func (p *params) addPart(part *multipart.Part) error {
	data, err := io.ReadAll(part)
	if err != nil {
		return err
	}
	name := part.FormName()
	if part.FileName() == "" {
		p.values[name] = string(data)
		return nil
	}
	if p.files == nil {
		p.files = map[string]*upload{}
	}
	p.files[name] = &upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), data: data}
	return nil
}

func (p params) str(name string) string { return p.values[name] }

func (p params) has(name string) bool { return p.values[name] != "" }

// boolean reads a flag as Telegram does: "true", "yes" and "1" are true, everything else is false.
func (p params) boolean(name string) bool {
	switch strings.ToLower(p.values[name]) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// integer reads a whole number and clamps it between low and high; what is no number counts as fallback.
func (p params) integer(name string, fallback, low, high int64) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(p.values[name]), 10, 64)
	if err != nil {
		n = fallback
	}
	return min(max(n, low), high)
}

// id reads a positive identifier; 0 when it is missing or is none.
func (p params) id(name string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(p.values[name]), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// file finds an uploaded file under its own name or through attach://name.
func (p params) file(name string) *upload {
	if f := p.files[name]; f != nil {
		return f
	}
	if attached, ok := strings.CutPrefix(p.values[name], "attach://"); ok {
		return p.files[attached]
	}
	return nil
}
