package language

import "testing"

func TestVerbal(t *testing.T) {
	for word, want := range map[string]bool{
		"пускают": true, "засчитали": true, "кетеді": true, "жіберген": true, "forced": true, "campaigning": true,
		"депутат": false, "бюджет": false, "орман": false, "tax": false, "red": false, "": false,
	} {
		if got := Verbal(Fold(word)); got != want {
			t.Errorf("%s: %v", word, got)
		}
	}
}
