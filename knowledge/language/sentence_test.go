package language

import (
	"slices"
	"strings"
	"testing"
)

func sentencesOf(s string) []string {
	var out []string
	for _, r := range Sentences(s) {
		out = append(out, s[r[0]:r[1]])
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"  \n ", nil},
		{"Явка высокая. Спасибо!", []string{"Явка высокая.", "Спасибо!"}},
		{"По ст. 9 закона. Далее", []string{"По ст. 9 закона.", "Далее"}},
		{"К. Токаев сказал это. Он прав", []string{"К. Токаев сказал это.", "Он прав"}},
		{"Было 12,4 млн. Избирателей много.", []string{"Было 12,4 млн. Избирателей много."}},
		{"В 2026 г. Казахстан голосует.", []string{"В 2026 г. Казахстан голосует."}},
		{"1. Первое. 2. Второе.", []string{"1. Первое.", "2. Второе."}},
		{"Mr. Smith came. He left.", []string{"Mr. Smith came.", "He left."}},
		{"заголовок г.\nНовая строка", []string{"заголовок г.", "Новая строка"}},
		{"Қашан? Қайда?", []string{"Қашан?", "Қайда?"}},
	} {
		if got := sentencesOf(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("Sentences(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestAskingPart(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"какая явка", "какая явка"},
		{
			"Здравствуйте! Меня зовут Айгуль, я учительница из Тараза. У нас в школе спорят весь день про новую конституцию. " +
				"Скажите, сколько депутатов будет в Курултае? Спасибо заранее!",
			"Скажите, сколько депутатов будет в Курултае?",
		},
		{
			"ну слушай я тут подумал у меня мама старенькая она не ходит почти и живет в селе далеко от участка " +
				"так вот как ей проголосовать на дому",
			"вот как ей проголосовать на дому",
		},
		{
			"Сәлеметсіз бе, менің атым Ербол, Шымкентте тұрамын, осы жаңа заң туралы көп естіп жүрмін, бірақ түсінбей қалдым. " +
				"Айтыңызшы, құрылтай депутаттары неше жылға сайланады?",
			"Айтыңызшы, құрылтай депутаттары неше жылға сайланады?",
		},
		{
			"Hello, I am a student living in Germany and I will not be able to come home in March because of exams. " +
				"Could you please tell me where I can vote abroad? Thanks!",
			"Could you please tell me where I can vote abroad?",
		},
	} {
		if got := AskingPart(tt.in); got != tt.want {
			t.Errorf("AskingPart(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"А. Б. В. Г.", "1. 2. 3.", "ст. 9. Да", "?\n?", "\xff.\xff", strings.Repeat("кто ну вот, ", 30) + "?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, r := range Sentences(s) {
			if r[0] < end || r[1] <= r[0] || r[1] > len(s) || strings.TrimSpace(s[r[0]:r[1]]) != s[r[0]:r[1]] {
				t.Fatalf("sentence %v behind %d in %q", r, end, s)
			}
			end = r[1]
		}
		if part := AskingPart(s); !strings.Contains(s, part) {
			t.Fatalf("%q is no part of %q", part, s)
		}
	})
}
