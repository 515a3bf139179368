package llm

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"

	"refbot/bot"
)

// vectorsOf answers with vectors, in the order given.
func vectorsOf(w http.ResponseWriter, list ...map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"data": list})
}

func TestEmbed(t *testing.T) {
	s := serve(t, func(_ int, w http.ResponseWriter, _ map[string]any) {
		vectorsOf(w, map[string]any{"index": 1, "embedding": []float64{0, 2}}, map[string]any{"index": 0, "embedding": []float64{3, 4}})
	})
	c := New(Options{BaseURL: s.URL + "/v1", Embedding: "tiny"})
	vectors, err := c.Embed(t.Context(), []string{"a", "b"})
	if err != nil || math.Abs(float64(vectors[0][0])-.6) > 1e-6 || vectors[1][1] != 1 {
		t.Fatalf("%v %v", vectors, err)
	}
	if body := s.asked()[0]; !strings.Contains(body, `"model":"tiny"`) || c.Model() != "tiny" {
		t.Errorf("asked for %s", body)
	}
}

func TestEmbedRefusesWhatIsNone(t *testing.T) {
	for name, list := range map[string][]map[string]any{
		"one missing":  {{"index": 0, "embedding": []float64{1}}},
		"one twice":    {{"index": 0, "embedding": []float64{1}}, {"index": 0, "embedding": []float64{1}}},
		"out of range": {{"index": 0, "embedding": []float64{1}}, {"index": 7, "embedding": []float64{1}}},
		"no direction": {{"index": 0, "embedding": []float64{1}}, {"index": 1, "embedding": []float64{0}}},
		"two lengths":  {{"index": 0, "embedding": []float64{1}}, {"index": 1, "embedding": []float64{1, 2}}},
	} {
		s := serve(t, func(_ int, w http.ResponseWriter, _ map[string]any) { vectorsOf(w, list...) })
		_, err := New(Options{BaseURL: s.URL + "/v1", Embedding: "tiny"}).Embed(t.Context(), []string{"a", "b"})
		if bot.KindOf(err) != bot.BadContent {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := serve(t, func(_ int, w http.ResponseWriter, _ map[string]any) { refuse(w, 401, "you asked: секрет") })
	_, err := New(Options{BaseURL: s.URL + "/v1", Embedding: "tiny"}).Embed(t.Context(), []string{"секрет"})
	if bot.KindOf(err) != bot.Unauthorized || strings.Contains(err.Error(), "секрет") {
		t.Errorf("a wrong key: %v", err)
	}
}
