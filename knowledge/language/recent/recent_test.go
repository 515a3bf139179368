package recent

import (
	"strconv"
	"sync"
	"testing"
)

func TestWordsForgetTheOldest(t *testing.T) {
	w := New[int](100)
	w.Put("явка", -1)
	for i := range 1000 {
		w.Put(strconv.Itoa(i), i)
		if v, ok := w.Get("явка"); !ok || v != -1 {
			t.Fatalf("forgets a word in use after %d others", i)
		}
	}
	if _, ok := w.Get("0"); ok {
		t.Error("remembers everything")
	}
	if v, ok := w.Get("999"); !ok || v != 999 {
		t.Errorf("%d, %v: the last word is forgotten", v, ok)
	}
	if n := len(w.young) + len(w.old); n > 100 {
		t.Errorf("holds %d words, limit 100", n)
	}
}

func TestWordsAreShared(t *testing.T) {
	w := New[int](10)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range 200 {
				key := strconv.Itoa(i % 20)
				if v, ok := w.Get(key); ok && v != i%20 {
					t.Errorf("%s is %d", key, v)
				}
				w.Put(key, i%20)
			}
		})
	}
	group.Wait()
}
