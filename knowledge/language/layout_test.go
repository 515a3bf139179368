package language

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestKeyRowsMatch(t *testing.T) {
	want := utf8.RuneCountInString(keysEnglish)
	for _, keys := range []string{keysRussian, keysKazakh} {
		if got := utf8.RuneCountInString(keys); got != want {
			t.Errorf("%d keys, want %d", got, want)
		}
	}
}

func TestRepairLayout(t *testing.T) {
	for in, want := range map[string]string{
		"[fks0 rt4tc3":                 "халық кеңесі",
		"rfrbt htpekmnfns htathtylevf": "какие результаты референдума",
		"[fks0 rt4tc3 crjkmrj xtkjdtr": "халық кеңесі сколько человек",
		"RFRFZ ZDRF":                   "КАКАЯ ЯВКА",
		"ghbdtn":                       "привет",
		"rjulf htathtylev&":            "когда референдум?",
		"црфе шы еру егктщге":          "what is the turnout",
		"халы0 ке4ес3 деген не":        "халық кеңесі деген не",
		"0анша депутат сайланады":      "қанша депутат сайланады",
		"htathtylev 15 vfhnf":          "референдум 15 марта",
		"конституция ghbyznf":          "конституция принята",
	} {
		if got, ok := RepairLayout(in); got != want || !ok {
			t.Errorf("RepairLayout(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestRepairLayoutLeaves(t *testing.T) {
	for _, s := range []string{
		"", "  ", "?", "15.03.2026", "9-бап", "70-2", "3-ші", "ст9", "COVID-19", "G20", "QR", "SMS", "CIS", "OSCE", "ОБСЕ", "ТМД", "ЖСН",
		"egov.kz", "https://www.inform.kz/ru/d53394", "mail@egov.kz", "/start", "/хелп", "@refbot", "x^2=16", "whatsapp телеграм",
		"kozi kormeitinder qalai dauys beredi", "chto takoe halyq kenesi", "who can be vice prezident", "kurultaida kansha deputat",
		"что такое Amanat", "NBC хабарлады", "наблюдатели ШОС и СНГ", "ок", "спс", "явка", "turnout", "Tokayev", "жоқ", "иә",
	} {
		if got, ok := RepairLayout(s); ok || got != s {
			t.Errorf("RepairLayout(%q) = %q", s, got)
		}
	}
}

func TestRepairLayoutLeavesSentences(t *testing.T) {
	for _, lang := range []string{"kk", "ru", "en"} {
		data, err := os.ReadFile("internal/lid/train/text/" + lang + "-statements.txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(heldOut(t, lang), strings.Split(string(data), "\n")...) {
			for _, v := range []string{s, strings.ToLower(s), strings.TrimRight(s, "?.")} {
				if got, ok := RepairLayout(v); ok {
					t.Errorf("%q became %q", v, got)
				}
			}
		}
	}
}

// TestRepairLayoutRecall types held-out sentences on the wrong layout and counts the words that come back.
func TestRepairLayoutRecall(t *testing.T) {
	for _, tt := range []struct {
		lang  string
		wrong map[rune]rune
		floor float64
	}{
		{"ru", keyMap(keysRussian, keysEnglish), 0.97},
		{"kk", keyMap(keysKazakh, keysEnglish), 0.97},
		{"en", keyMap(keysEnglish, keysRussian), 0.97},
		{"en", keyMap(keysEnglish, keysKazakh), 0.97},
	} {
		var n tally
		for _, s := range heldOut(t, tt.lang) {
			s = strings.ToLower(strings.TrimRight(s, "?."))
			got, _ := RepairLayout(retype(s, tt.wrong))
			n.all++
			if got == s {
				n.right++
			}
		}
		t.Logf("%s: %.3f of %d sentences come back", tt.lang, n.share(), n.all)
		if n.share() < tt.floor {
			t.Errorf("%s: %.3f of the sentences come back, want %.2f", tt.lang, n.share(), tt.floor)
		}
	}
}

func TestRepairWithKnownWords(t *testing.T) {
	known := func(w string) bool { return w == "jrkbr" || w == "акмола" }
	if got, ok := NewLayouts(known).Repair("jrkbr"); ok {
		t.Errorf("a known word became %q", got)
	}
	if got, ok := NewLayouts(known).Repair("frvjkf"); !ok || got != "акмола" {
		t.Errorf("Repair = %q, %v", got, ok)
	}
}

func FuzzRepairLayout(f *testing.F) {
	for _, s := range []string{"[fks0 rt4tc3", "rfrbt?", "халы0", "црфе", "-=-", "a-b-c", "\xff\xfe", "қqқ", "10", "0а", "ё`"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := RepairLayout(s)
		if !ok && got != s {
			t.Fatalf("%q changed to %q without saying so", s, got)
		}
		if len(got) > 3*len(s) {
			t.Fatalf("%q grew to %q", s, got)
		}
	})
}
