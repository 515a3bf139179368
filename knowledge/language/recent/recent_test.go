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
	held := 0
	for i := range 1000 {
		if v, ok := w.Get(strconv.Itoa(i)); ok {
			if held++; v != i {
				t.Errorf("%d is %d", i, v)
			}
		}
	}
	if held > 100 || held < 30 {
		t.Errorf("holds %d words, limit 100", held)
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

func TestWordsChange(t *testing.T) {
	w := New[int](8)
	w.Put("a", 1)
	w.Put("a", 2)
	if v, ok := w.Get("a"); !ok || v != 2 {
		t.Errorf("%d, %v, want the value put last", v, ok)
	}
	if _, ok := New[int](8).Get("a"); ok {
		t.Error("an empty memory remembers")
	}
}

func BenchmarkGet(b *testing.B) {
	w := New[int](8192)
	words := make([]string, 2000)
	for i := range words {
		words[i] = "слово" + strconv.Itoa(i)
		w.Put(words[i], i)
	}
	i := 0
	for b.Loop() {
		w.Get(words[i%len(words)])
		i++
	}
}
