package simulator

import (
	"encoding/json"
	"maps"
	"testing"
)

// FuzzMembers: members and unquote read what encoding/json reads.
func FuzzMembers(f *testing.F) {
	for _, s := range []string{
		`{}`, ` { } `, `{"a":1,"b" : "x\\n\"y" ,"c":[1,{"d":"}"}],"e":null,"f":{"g":[]}, "h":true}`, `{"\u0041":"\u0416\/"}`,
		`{"a":-1.5e3}`, `{"a":"\\"}`, "{\"a\":\"\xff\"}", `{"a":[[],[1, 2 ]],"b":""}`, `[1]`, `{"a":{}}`, `{"a" : [ { } ] }`, `{"\\u":"\\u"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want map[string]json.RawMessage
		if json.Unmarshal([]byte(s), &want) != nil || want == nil {
			return
		}
		got := map[string]json.RawMessage{}
		for name, value := range members([]byte(s)) {
			got[unquote(name)] = value
			var text string
			if value[0] == '"' && (json.Unmarshal(value, &text) != nil || unquote(value) != text) {
				t.Errorf("%s is read as %q, not %q", value, unquote(value), text)
			}
		}
		if !maps.EqualFunc(got, want, func(a, b json.RawMessage) bool { return string(a) == string(b) }) {
			t.Errorf("%s: read %s, want %s", s, got, want)
		}
	})
}
