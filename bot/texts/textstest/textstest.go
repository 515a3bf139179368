// Package textstest writes the sentences of a catalog down, so that tests compare them with a file to be read aloud.
package textstest

import (
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"
	"testing"
)

// Golden compares every sentence of a part of a catalog, in its order, with a golden file, or writes the file.
func Golden(t *testing.T, path string, part any, update bool) {
	t.Helper()
	var b strings.Builder
	sentences(&b, "", reflect.ValueOf(part), t)
	if update {
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
