package language

// multipliers maps words that scale a number to the zeros they add.
var multipliers = map[string]int{
	"тыс": 3, "тысяч": 3, "тысячи": 3, "тысяча": 3, "тысячу": 3, "тысячам": 3, "мын": 3, "мынга": 3, "мыннан": 3, "мыны": 3,
	"thousand": 3,
	"млн":      6, "миллион": 6, "миллиона": 6, "миллионов": 6, "миллионга": 6, "миллионнан": 6, "миллионы": 6, "миллионам": 6, "миллиону": 6, "million": 6,
	"млрд": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9, "billion": 9,
}

// Multiplier reports whether a folded word scales a number: «миллионов», "thousand". By itself it says no more than that
// a number is meant.
func Multiplier(folded string) bool { return multipliers[folded] > 0 }
