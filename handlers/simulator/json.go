package simulator

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"unicode/utf8"
)

// maxTrusted bounds the room made for a body before it has come, in bytes.
const maxTrusted = 64 << 10

// readAll reads a body of size bytes, -1 when that is unknown.
func readAll(body io.Reader, size int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(max(size, 0), maxTrusted)) + bytes.MinRead)
	_, err := b.ReadFrom(body)
	return b.Bytes(), err
}

// members walks through the names and values of an object that is known to be valid JSON. Both are as they
// stand there.
func members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) {
		rest := afterSpace(object)[1:]
		for rest = afterSpace(rest); rest[0] != '}'; rest = afterSpace(rest) {
			if rest[0] == ',' {
				rest = afterSpace(rest[1:])
			}
			name := rest[:valueLength(rest)]
			rest = afterSpace(afterSpace(rest[len(name):])[1:])
			value := rest[:valueLength(rest)]
			rest = rest[len(value):]
			if !yield(name, value) {
				return
			}
		}
	}
}

func afterSpace(s []byte) []byte { return bytes.TrimLeft(s, " \t\r\n") }

// valueLength measures the value at the start of valid JSON.
func valueLength(s []byte) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			i += stringLength(s[i:]) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		default:
			i += scalarLength(s[i:]) - 1
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(s)
}

// stringLength measures a string with its quotes.
func stringLength(s []byte) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

// scalarLength measures a number, true, false, null, or what stands between values.
func scalarLength(s []byte) int {
	if n := bytes.IndexAny(s, "\"{}[],: \t\r\n"); n > 0 {
		return n
	}
	return 1
}

// escapes are the characters a backslash makes of others.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unquote reads a string that is known to be valid JSON.
func unquote(quoted []byte) string {
	inner := quoted[1 : len(quoted)-1]
	if !utf8.Valid(inner) || bytes.Contains(inner, []byte(`\u`)) {
		var text string
		_ = json.Unmarshal(quoted, &text)
		return text
	}
	text := make([]byte, 0, len(inner))
	for {
		i := bytes.IndexByte(inner, '\\')
		if i < 0 {
			return string(append(text, inner...))
		}
		text = append(append(text, inner[:i]...), escapes[inner[i+1]])
		inner = inner[i+2:]
	}
}
