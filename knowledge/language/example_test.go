package language_test

import (
	"fmt"
	"strings"

	"refbot/knowledge/language"
)

func ExampleIdentify() {
	for _, s := range []string{"Құрылтайда қанша депутат?", "халык кенеси деген не", "kurultaida kansha deputat", "какая явка", "kakaya yavka", "what was the turnout"} {
		id := language.Identify(s)
		fmt.Println(id.Code, id.Class)
	}
	// Output:
	// kk kk
	// kk kk-plain
	// kk kk-latin
	// ru ru
	// ru ru-latin
	// en en
}

func ExampleRepairLayout() {
	fixed, ok := language.RepairLayout("[fks0 rt4tc3")
	fmt.Println(fixed, ok)
	// Output: халық кеңесі true
}

func ExampleTokenize() {
	for _, t := range language.Tokenize("По ст. 9, явка 15 марта 2026 года — 73,12 %") {
		fmt.Println(strings.TrimSpace(fmt.Sprintf("%s %q %s", t.Kind, t.Text, t.Value)))
	}
	// Output:
	// word "По"
	// article "ст. 9" art:9
	// word "явка"
	// date "15 марта 2026 года" d:2026-03-15
	// percent "73,12" p:73.12
}

func ExampleSkeleton() {
	fmt.Println(language.Skeleton("құрылтайда"), language.Skeleton("kurultayda"), language.Skeleton("qurylta'ida"))
	// Output: kuriltaida kuriltaida kuriltaida
}

func ExampleStem() {
	for _, w := range []string{"депутаттарының", "халқы", "сайланады"} {
		fmt.Println(language.Stem(language.Fold(w), language.Kazakh))
	}
	// Output:
	// депутат
	// халык
	// сайла
}

func ExampleRedact() {
	text, _ := language.Redact("мой ИИН 990101300123, по ст. 9 закона 2026 года")
	fmt.Println(text)
	// Output: мой ИИН [ИИН], по ст. 9 закона 2026 года
}

func ExampleAskingPart() {
	fmt.Println(language.AskingPart("Здравствуйте, я пенсионер, живу в Костанае, дети вчера поставили мне ваш бот и ушли домой. Подскажите, когда откроют участок?"))
	// Output: Подскажите, когда откроют участок?
}

func ExampleCorrector() {
	c, err := language.NewCorrector(map[string]int{"референдум": 12, "явка": 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Correct("реферндум"))
	// Output: референдум true
}
