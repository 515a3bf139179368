package language

// multipliers maps words that scale a number to the zeros they add.
var multipliers = map[string]int{
	"тыс": 3, "тысяч": 3, "тысячи": 3, "тысяча": 3, "тысячам": 3, "мын": 3, "мынга": 3, "thousand": 3,
	"млн": 6, "миллион": 6, "миллиона": 6, "миллионов": 6, "миллионга": 6, "million": 6,
	"млрд": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9, "billion": 9,
}

// ordinalWords maps ordinals written as words to their numbers.
var ordinalWords = ordinals(map[string]string{
	"1":  "перв бирinши first",
	"2":  "втор екинши second",
	"3":  "ушинши third",
	"4":  "четверт тортинши fourth",
	"5":  "пят бесинши fifth",
	"6":  "шест алтыншы sixth",
	"7":  "седьм жетинши seventh",
	"8":  "восьм сегизинши eighth",
	"9":  "девят тогызыншы ninth",
	"10": "десят оныншы tenth",
})

// ordinals builds the forms.
func ordinals(m map[string]string) map[string]string {
	out := map[string]string{}
	for n, words := range m {
		for _, w := range splitWords(words) {
			out[w] = n
		}
	}
	return out
}
