package llm

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

// maxAnswer is how much of a server's answer is read, in bytes. The JSON of three sentences has a few hundred.
const maxAnswer = 256 << 10

// errTooLarge says that a server sent more.
var errTooLarge = errors.New("the answer is too large")

// zeroTemperature is how the library writes a temperature that it would otherwise leave out.
var zeroTemperature, zero = []byte(`"temperature":1e-45`), []byte(`"temperature":0`)

// wire bounds answers and writes the temperature as 0.
type wire struct {
	http.RoundTripper
	most int // bytes of an answer
}

// RoundTrip implements http.RoundTripper.
func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil {
			return nil, err
		}
		body = bytes.Replace(body, zeroTemperature, zero, 1)
		r = r.Clone(r.Context())
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	res, err := w.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = &bounded{res.Body, w.most}
	}
	return res, err
}

// bounded is a body that fails beyond a size, where a limited reader would only end.
type bounded struct {
	io.ReadCloser
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
