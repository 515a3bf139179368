package language

import "testing"

func TestRedact(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"мой иин 990101300123, помогите", "мой иин [ИИН], помогите"},
		{"990101 300123", "[ИИН]"},
		{"ЖСН990101300129", "ЖСН[ИИН]"},
		{"звоните +7 (701) 123-45-67 вечером", "звоните [телефон] вечером"},
		{"8 701 123 45 67", "[телефон]"},
		{"87011234567", "[телефон]"},
		{"701 123 45 67", "[телефон]"},
		{"+77272501234", "[телефон]"},
		{"8-7172-74-56-78", "[телефон]"},
		{"call +44 20 7946 0958 now", "call [телефон] now"},
		{"карта 4111 1111 1111 1111", "карта [карта]"},
		{"4111111111111111", "[карта]"},
		{"4111 1111 1111 1112", "[номер]"},
		{"12345678901234567890", "[номер]"},
		{"KZ86125KZT5004100100 счёт", "[счёт] счёт"},
		{"kz86 125k zt50 0410 0100", "[счёт]"},
		{"пишите ivan.petrov@mail.ru.", "пишите [почта]."},
		{"айгүл@пошта.қаз", "[почта]"},
		{"мой паспорт N12345678", "мой паспорт [документ]"},
		{"жеке куәлігім № 012345678", "жеке куәлігім № [документ]"},
		{"живу на ул. Абая 10, кв. 5", "живу на [адрес]"},
		{"улица Бауыржан Момышулы, дом 12а", "[адрес]"},
		{"Достық даңғылы 5-үй", "[адрес]"},
		{"Абай көшесі, 14 үй, 3 пәтер", "[адрес]"},
		{"10 Abay street", "[адрес]"},
		{"мкр Самал-2, д. 33", "[адрес]"},
	} {
		got, found := Redact(tt.in)
		if got != tt.want {
			t.Errorf("Redact(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if (len(found) > 0) != (got != tt.in) {
			t.Errorf("Redact(%q) found %v", tt.in, found)
		}
	}
}

func TestRedactLeavesFacts(t *testing.T) {
	for _, s := range []string{
		"ст. 70-2 и статья 9 закона № 2592-XII от 28.09.1995", "явка 73,12 %, за 87,15 %", "12 482 613 избирателей",
		"бюджет 482 613 000 000 тенге", "482613000 тенге", "с 07:00 до 20:00 15.03.2026", "в 1995, 2007, 2017, 2022 и 2026 годах",
		"1995 2007 2017 2022", "Закон № 345-VII ЗРК", "улица Абая в Алматы",
		"проспект реформ 2026", "https://www.inform.kz/ru/d53394", "тел. 109 и 1414", "8 701 123 456 тенге", "@egovkzbot",
		"15.03.2026 12:00", "87 701 123 456", "2026-03-15", "9-бап 2-тармақ", "приказ 190-1 от 12.02.2026",
	} {
		if got, found := Redact(s); got != s {
			t.Errorf("Redact(%q) = %q, %v", s, got, found)
		}
	}
}

func TestRedactOffsets(t *testing.T) {
	s := "иин 990101300123 и почта a@b.kz"
	_, found := Redact(s)
	want := []string{"990101300123", "a@b.kz"}
	if len(found) != len(want) {
		t.Fatalf("found %v", found)
	}
	for i, f := range found {
		if got := s[f.Start:f.End]; got != want[i] {
			t.Errorf("finding %d is %q, want %q", i, got, want[i])
		}
	}
}

func FuzzRedact(f *testing.F) {
	for _, s := range []string{
		"990101300123 a@b.kz", "+7 701 123 45 67", "KZ86125KZT5004100100", "ул. Абая 10, кв. 5", "паспорт 12345678 12345678",
		"8 701 123 45 67 990101300123 4111 1111 1111 1111", "a@b@c.kz", "10 Abay street 5", "ул ул 1 ул 2 көшесі 3", "+(+7", "[ИИН]12", "0@.AAAAAAAAAAAAAAAA0000000000000000",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, found := Redact(s)
		end := 0
		for _, x := range found {
			if x.Start < end || x.End <= x.Start || x.End > len(s) || marks[x.Kind] == "" {
				t.Fatalf("finding %+v behind %d in %q", x, end, s)
			}
			end = x.End
		}
		if len(once) > len(s)+20*len(found) {
			t.Fatalf("%q grew to %q", s, once)
		}
		if twice, more := Redact(once); twice != once {
			t.Fatalf("%q → %q → %q, found %v", s, once, twice, more)
		}
	})
}
