package main

import (
	"fmt"
	"os"

	"refbot/knowledge"
	"refbot/knowledge/evaluation"
	"refbot/knowledge/reform2026"
)

func main() {
	p, _ := reform2026.Pack()
	if os.Args[2] != "" {
		o, err := knowledge.Load(os.Args[2])
		if err != nil {
			panic(err)
		}
		p = o.WithDefaults(p)
	}
	e, err := knowledge.Build(p)
	if err != nil {
		panic(err)
	}
	qs, err := evaluation.LoadQuestions(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, q := range qs {
		w := e.ZZWords(q.Ask())
		a := e.Ask(q.Ask())
		if len(os.Args) > 3 && a.Decision == q.Expected {
			continue
		}
		fmt.Println(q.ID, q.Expected, "->", a.Decision, "|", q.Turns[len(q.Turns)-1], "\n     ", w)
	}
}
