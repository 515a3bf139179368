package dictionary

import "testing"

func TestDictionary(t *testing.T) {
	words := []string{"явка", "a", "курултай", "\x01n:9", "яв"}
	d := Of(words)
	if d.Size() != len(words) {
		t.Errorf("%d strings; want %d", d.Size(), len(words))
	}
	for n, word := range words {
		if got, ok := d.Find(word); !ok || got != uint32(n) || d.Name(got) != word {
			t.Errorf("%q is number %d, %v; want %d", word, got, ok, n)
		}
		if got, ok := d.FindBytes([]byte(word)); !ok || got != uint32(n) {
			t.Errorf("the bytes of %q are number %d, %v; want %d", word, got, ok, n)
		}
	}
	if _, ok := d.Find("нет"); ok {
		t.Error("finds a string it does not hold")
	}
	if _, ok := d.FindBytes([]byte("ку")); ok {
		t.Error("finds the beginning of a string")
	}
	if _, ok := Of(nil).Find("нет"); ok {
		t.Error("finds a string in an empty dictionary")
	}
}
