package knowledge_test

import (
	"fmt"
	"testing"

	"refbot/knowledge"
	"refbot/knowledge/reform2026"
)

// grown returns the embedded pack with n statements, its own first, then copies that share most words with
// them and have a word of their own; and what people ask, which no longer helps to find anything.
func grown(b *testing.B, n int) (*knowledge.Pack, []string) {
	b.Helper()
	embedded, err := reform2026.Pack()
	if err != nil {
		b.Fatal(err)
	}
	pack := &knowledge.Pack{Campaign: embedded.Campaign, Glossary: embedded.Glossary}
	var questions []string
	for i := range n {
		s := embedded.Statements[i%len(embedded.Statements)]
		if i < len(embedded.Statements) {
			questions = append(questions, s.Aliases...)
		} else {
			half := len([]rune(s.Text)) / 2
			s.Text = fmt.Sprintf("%s слово%d.", string([]rune(s.Text)[:half]), i)
			s.ID = fmt.Sprintf("copy-%05d", i)
			s.Key = s.ID
		}
		s.Aliases, s.SupersededBy = nil, nil
		pack.Statements = append(pack.Statements, s)
	}
	return pack, questions
}

// BenchmarkAnswer asks what people ask of the embedded pack: the whole answer, understanding included.
func BenchmarkAnswer(b *testing.B) {
	for _, n := range []int{300, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			pack, questions := grown(b, n)
			e, err := knowledge.Build(pack)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				e.Ask(knowledge.Question{Text: questions[i%len(questions)]})
				i++
			}
		})
	}
}
