package simulator

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
)

func FuzzParams(f *testing.F) {
	for _, seed := range [][3]string{
		{"application/json", `{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[]}}`, ""},
		{"application/json", `null`, "a=1"},
		{"application/x-www-form-urlencoded", "chat_id=1&text=%D0%B0", ""},
		{"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx\r\n--b--\r\n", ""},
		{"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\nx\r\n--b--\r\n", "photo=attach://photo"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, kind, body, query string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", kind)
		p, err := readParams(r)
		var refusal *Error
		if err != nil && !errors.As(err, &refusal) {
			t.Fatalf("the refusal is none of Telegram's: %v", err)
		}
		var m message
		if err := readMarkup(p.str("reply_markup"), &m); err != nil && !errors.As(err, &refusal) {
			t.Fatalf("markup: %v", err)
		}
		if up := p.file("photo"); up != nil && checkUpload("photo", up) == nil && len(up.data) == 0 {
			t.Fatal("an empty photo passed")
		}
	})
}

func TestPictureLimits(t *testing.T) {
	for _, row := range []struct {
		kind string
		size int
		want string
	}{
		{"photo", maxPhoto + 1, "Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes"},
		{"document", maxUpload + 1, "Request Entity Too Large"},
		{"document", maxPhoto + 1, ""},
	} {
		err := checkUpload(row.kind, &upload{data: make([]byte, row.size)})
		var refusal *Error
		if got := errors.As(err, &refusal); got != (row.want != "") || got && refusal.Description != row.want {
			t.Errorf("%s of %d bytes: %v, want %q", row.kind, row.size, err, row.want)
		}
	}
}

func TestFilesHaveABudget(t *testing.T) {
	var f files
	f.init()
	first := f.keep("document", "a", "", make([]byte, filesBudget/2))
	f.keep("document", "b", "", make([]byte, filesBudget/2))
	last := f.keep("document", "c", "", make([]byte, filesBudget/2))
	if f.find(first.id) != nil || f.find(last.id) == nil || f.size > filesBudget {
		t.Errorf("kept %d bytes, the budget is %d", f.size, filesBudget)
	}
}
