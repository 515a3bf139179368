package outreach

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestEverySentence writes down every sentence staff can read, in the order of the catalog, and compares it with
// testdata/<language>.golden: a text to be read aloud.
func TestEverySentence(t *testing.T) {
	for _, l := range language.Codes() {
		t.Run(string(l), func(t *testing.T) {
			var b strings.Builder
			sentences(&b, "", reflect.ValueOf(texts.For(l).Broadcast), t)
			path := filepath.Join("testdata", string(l)+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("the sentences differ from %s; read the difference, then run with -update", path)
			}
		})
	}
}

// sentences writes a value of the catalog: a string as it is, a function called with arguments that show where
// they go, a map by its keys.
func sentences(b *strings.Builder, name string, v reflect.Value, t *testing.T) {
	switch v.Kind() {
	case reflect.String:
		if v.Len() == 0 {
			t.Errorf("%s is empty", name)
		}
		fmt.Fprintf(b, "%s: %s\n", name, v.String())
	case reflect.Func:
		for _, n := range []int{1, 2, 5} {
			said := call(v, n)
			fmt.Fprintf(b, "%s: %s\n", name, said)
			if v.Type().In(0).Kind() != reflect.Int {
				break
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			sentences(b, strings.TrimPrefix(name+"."+v.Type().Field(i).Name, "."), v.Field(i), t)
		}
	case reflect.Map:
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
		for _, key := range keys {
			sentences(b, name+"["+key.String()+"]", v.MapIndex(key), t)
		}
	}
}

func call(f reflect.Value, n int) string {
	var args []reflect.Value
	for i := range f.Type().NumIn() {
		arg := reflect.ValueOf(n)
		if f.Type().In(i).Kind() == reflect.String {
			arg = reflect.ValueOf(fmt.Sprintf("{%d}", i+1))
		}
		args = append(args, arg)
	}
	return f.Call(args)[0].String()
}

// TestEveryKeyHasASentence: whatever package broadcast may say has words in every language.
func TestEveryKeyHasASentence(t *testing.T) {
	for _, l := range language.Codes() {
		c := texts.For(l).Broadcast
		for _, s := range []broadcast.State{
			broadcast.Draft, broadcast.Submitted, broadcast.Approved, broadcast.Scheduled, broadcast.Sending, broadcast.Paused,
			broadcast.Finished, broadcast.Canceled, broadcast.Expired,
		} {
			if c.States[string(s)] == "" || stateMark[s] == "" {
				t.Errorf("%s: no words for state %s", l, s)
			}
		}
		for _, why := range []broadcast.PauseReason{broadcast.PauseHand, broadcast.PauseErrors, broadcast.PauseContent, broadcast.PauseToken, broadcast.PauseQuiet} {
			if c.Paused[string(why)] == "" {
				t.Errorf("%s: no words for pause %s", l, why)
			}
		}
		for _, k := range []broadcast.DoubtKind{broadcast.DoubtClaim, broadcast.DoubtLink, broadcast.DoubtSame, broadcast.DoubtAdvice} {
			if c.Doubts[string(k)] == nil {
				t.Errorf("%s: no words for doubt %s", l, k)
			}
		}
		for _, p := range []markup.Problem{
			markup.UnknownTag, markup.NotClosed, markup.NotOpened, markup.Crossed, markup.BadLink, markup.BadTag, markup.Inside,
		} {
			if c.Faults[string(p)] == nil {
				t.Errorf("%s: no words for fault %s", l, p)
			}
		}
		x := &visit{t: texts.For(l), b: &c}
		for _, why := range []broadcast.Reason{
			broadcast.SamePerson, broadcast.NeedsAdmin, broadcast.Outdated, broadcast.NoText, broadcast.Nobody, broadcast.Nothing,
		} {
			if x.refused(&broadcast.Refusal{Why: why}) == "" {
				t.Errorf("%s: no words for refusal %s", l, why)
			}
		}
	}
}

// TestDataFits: no button's data is longer than Telegram takes.
func TestDataFits(t *testing.T) {
	longest := strings.Repeat("s", 48) // of a statement's id
	for verb := range buttons {
		if got := data(verb, "AAAAAAAA", longest); (verb == "qu" || verb == "pt") && len(got) > 64 {
			t.Errorf("%s has %d bytes with the longest statement id", verb, len(got))
		}
	}
}
