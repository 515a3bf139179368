package language

import (
	"strconv"
	"strings"
)

// numeral is what a word says of a number.
type numeral struct {
	value   int
	ordinal bool
	closes  bool // nothing of the number follows it
}

// numeralWords maps folded words to the numbers they write, in any case.
var numeralWords = buildNumerals()

// The words of a hundred and above that multiply what stands before them.
const (
	hundred  = 100
	thousand = 1000
)

// kazakhNumbers are the folded Kazakh numbers.
var kazakhNumbers = []struct {
	word  string
	value int
}{
	{"бир", 1},
	{"еки", 2},
	{"уш", 3},
	{"торт", 4},
	{"бес", 5},
	{"алты", 6},
	{"жети", 7},
	{"сегиз", 8},
	{"тогыз", 9},
	{"он", 10},
	{"жиырма", 20},
	{"отыз", 30},
	{"кырык", 40},
	{"елу", 50},
	{"алпыс", 60},
	{"жетпис", 70},
	{"сексен", 80},
	{"токсан", 90},
	{"жуз", hundred},
	{"мын", thousand},
}

// kazakhEndings lists what may follow a Kazakh number: «екісінде», «бесіне», «отыздан».
func kazakhEndings() []string {
	list := splitWords("де да те та ден дан тен тан га ге ка ке ди ды ти ты")
	for _, own := range []string{"и", "ы", "си", "сы"} {
		for _, ending := range []string{"", "н", "нде", "нда", "нен", "нан", "не", "на", "нин", "нын"} {
			list = append(list, own+ending)
		}
	}
	return list
}

func buildNumerals() map[string]numeral {
	out := map[string]numeral{}
	for forms, value := range map[string]int{
		"один одна одно одного одной одному одним одном": 1, "два две двух двум двумя": 2, "три трех трем тремя": 3, "четыре четырех четырем четырьмя": 4,
		"пять пяти пятью": 5, "шесть шести шестью": 6, "семь семи семью": 7, "восемь восьми восемью восьмью": 8, "девять девяти девятью": 9,
		"десять десяти десятью": 10, "двадцать двадцати двадцатью": 20, "тридцать тридцати тридцатью": 30, "сорок сорока": 40,
		"девяносто девяноста": 90, "сто ста": hundred, "двести двухсот двумстам двумястами": 200, "триста трехсот тремстам тремястами": 300,
		"четыреста четырехсот четыремстам": 400, "тысяча тысячи тысяч тысячу тысячам тысячами": thousand,
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
		"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
		"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": hundred, "thousand": thousand,
	} {
		for _, w := range splitWords(forms) {
			out[w] = numeral{value: value}
		}
	}
	for i, stem := range splitWords("один две три четыр пят шест сем восем девят") { // одиннадцать, двенадцать …
		for _, ending := range splitWords("надцать надцати надцатью") {
			if i == 0 {
				ending = "н" + ending
			}
			out[stem+ending] = numeral{value: 11 + i}
		}
	}
	for i, tens := range splitWords("пятьдесят шестьдесят семьдесят восемьдесят") {
		first := strings.TrimSuffix(tens, "ьдесят")
		if first == "восем" {
			first = "восьм"
		}
		for _, w := range []string{tens, first + "идесяти", strings.TrimSuffix(tens, "десят") + "юдесятью"} {
			out[w] = numeral{value: 50 + 10*i}
		}
	}
	for i, stem := range splitWords("пят шест сем вос девят") {
		first := stem
		if stem == "вос" {
			stem, first = "восем", "восьм"
		}
		out[stem+"ьсот"], out[first+"исот"] = numeral{value: 500 + hundred*i}, numeral{value: 500 + hundred*i}
	}
	addOrdinals(out)
	for _, n := range kazakhNumbers {
		for _, ending := range kazakhEndings() {
			if _, met := out[n.word+ending]; !met {
				out[n.word+ending] = numeral{value: n.value, closes: true}
			}
		}
	}
	for _, n := range kazakhNumbers { // last: a number is no other one with an ending
		out[n.word] = numeral{value: n.value}
	}
	return out
}

// addOrdinals adds «первого», «двадцатое», «сороковой», "fifteenth", «он бесінші» as far as it is one word.
func addOrdinals(out map[string]numeral) {
	endings := splitWords("ый ой ая ое ого ому ым ом ую ые ых ыми ою")
	add := func(value int, stem string) {
		for _, ending := range endings {
			out[stem+ending] = numeral{value, true, true}
		}
	}
	for i, stem := range splitWords("перв втор - четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат") {
		if stem != "-" {
			add(i+1, stem)
		}
	}
	for _, w := range splitWords("третий третья третье третьего третьей третьему третьем третьим третью третьи третьих") {
		out[w] = numeral{3, true, true}
	}
	for i, stem := range splitWords("двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност сот") {
		add(20+10*i, stem)
	}
	for i, w := range splitWords("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth") {
		out[w] = numeral{i + 1, true, true}
	}
	for i, w := range splitWords("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth") {
		out[w] = numeral{30 + 10*i, true, true}
	}
	for i, w := range splitWords("биринши екинши ушинши тортинши бесинши алтыншы жетинши сегизинши тогызыншы оныншы") {
		out[w] = numeral{i + 1, true, true}
	}
	for i, w := range splitWords("жиырмасыншы отызыншы кыркыншы елуинши алпысыншы жетписинши сексенинши токсаныншы жузинши") {
		out[w] = numeral{20 + 10*i, true, true}
	}
}

// Numerals joins numbers that are written in several words to one typed term, «семидесяти семи» to n:77, "twenty-first" to
// o:21, and names of days and articles in words to theirs: «пятнадцатого марта», «наурыздың он бесі», «седьмая статья». The
// tokens are those of text. A number of one word stays as it is: «один» and "one" are seldom meant as numbers.
func Numerals(text string, tokens []Token) []Token {
	r := numeralReader{text, tokens}
	var out []Token
	for i := 0; i < len(tokens); {
		t, n := r.term(i)
		if n == 0 {
			if out != nil {
				out = append(out, tokens[i])
			}
			i++
			continue
		}
		if out == nil {
			out = append(make([]Token, 0, len(tokens)), tokens[:i]...)
		}
		out = append(out, t)
		i += n
	}
	if out == nil {
		return tokens
	}
	return out
}

type numeralReader struct {
	text   string
	tokens []Token
}

// term returns the typed term that begins at token i and how many tokens it takes, 0 for none.
func (r *numeralReader) term(i int) (Token, int) {
	if t, n := r.namedBefore(i); n > 0 {
		return t, n
	}
	v, n, ordinal := r.number(i)
	if ordinal {
		if t, taken := r.namedBehind(i, n, v); taken > 0 {
			return t, taken
		}
	}
	if n <= 1 {
		return Token{}, 0
	}
	digits := strconv.Itoa(v)
	switch {
	case ordinal && year(digits):
		return r.join(i, n, Year, "y:"+digits), n
	case ordinal:
		return r.join(i, n, Ordinal, "o:"+digits), n
	}
	return r.join(i, n, Number, "n:"+digits), n
}

// namedBefore returns the day or article whose month or word begins at token i: «наурыздың он бесі», "March the fifteenth",
// "Article twenty-one".
func (r *numeralReader) namedBefore(i int) (Token, int) {
	at := i + 1
	if r.folded(at) == "the" {
		at++
	}
	if _, ok := r.numeral(at); !ok {
		return Token{}, 0
	}
	if m := r.month(i); m > 0 {
		if v, n, _ := r.number(at); n > 0 && v <= lastDay && r.dayBehind(i, at, n) {
			return r.join(i, at+n-i, Date, date("", m, v)), at + n - i
		}
	}
	if r.articleAt(i) && r.beside(i) {
		if v, n, ordinal := r.number(i + 1); n > 0 && (n > 1 || ordinal || r.latin(i)) && !r.articleAt(i+1+n) {
			return r.join(i, n+1, Article, "art:"+strconv.Itoa(v)), n + 1
		}
	}
	return Token{}, 0
}

// lastDay is the greatest day of a month.
const lastDay = 31

// namedBehind returns the day or article whose month or word stands behind an ordinal of n tokens: «пятнадцатого марта»,
// "the fifteenth of March", «седьмая статья».
func (r *numeralReader) namedBehind(i, n, v int) (Token, int) {
	at := i + n
	if r.folded(at) == "of" {
		at++
	}
	switch m := r.month(at); {
	case m > 0 && v <= lastDay && r.beside(at-1):
		return r.join(i, at+1-i, Date, date("", m, v)), at + 1 - i
	case r.articleAt(i+n) && r.beside(i+n-1):
		return r.join(i, n+1, Article, "art:"+strconv.Itoa(v)), n + 1
	}
	return Token{}, 0
}

// number reads the number in words that begins at token i.
func (r *numeralReader) number(i int) (value, n int, ordinal bool) {
	total, sum := 0, 0 // thousands, and what is below
	for at := i; at < len(r.tokens); at++ {
		if at > i && !r.beside(at-1) {
			break
		}
		if r.folded(at) == "and" && at > i && sum%hundred == 0 && sum > 0 {
			continue
		}
		w, ok := r.numeral(at)
		if !ok || !fitsNumber(total, sum, w.value) {
			break
		}
		switch {
		case w.value == thousand:
			total, sum = thousand*max(sum, 1), 0
		case w.value == hundred && sum > 0:
			sum *= hundred
		default:
			sum += w.value
		}
		value, n, ordinal = total+sum, at+1-i, w.ordinal
		if w.closes {
			break
		}
	}
	return value, n, ordinal
}

// fitsNumber reports whether a word may follow what was read of a number.
func fitsNumber(total, sum, value int) bool {
	switch {
	case value == thousand:
		return total == 0 && sum < thousand
	case value == hundred:
		return sum < 10
	case value > hundred:
		return sum == 0
	case value >= 20:
		return sum%hundred == 0
	case value >= 10:
		return sum%hundred == 0 || sum%hundred == 10 && value == 10
	}
	return sum%10 == 0
}

// numeral returns the number word at token i.
func (r *numeralReader) numeral(i int) (n numeral, ok bool) {
	if i >= len(r.tokens) || r.tokens[i].Kind != Word && r.tokens[i].Kind != Ordinal {
		return numeral{}, false
	}
	n, ok = numeralWords[r.tokens[i].Folded]
	return n, ok
}

// dayBehind reports whether a number behind a month names its day: an ordinal, or a Kazakh number that belongs to it.
func (r *numeralReader) dayBehind(month, at, n int) bool {
	if at > month+1 && !r.beside(month) || !r.beside(at-1) {
		return false
	}
	last, _ := r.numeral(at + n - 1)
	return last.ordinal || last.closes && strings.HasSuffix(r.folded(month), "н")
}

func (r *numeralReader) word(i int) bool { return i < len(r.tokens) && r.tokens[i].Kind == Word }

func (r *numeralReader) folded(i int) string {
	if i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].Folded
}

func (r *numeralReader) latin(i int) bool { return r.tokens[i].Folded[0] < 0x80 }

// month returns the month that token i names by itself.
func (r *numeralReader) month(i int) int {
	if !r.word(i) || r.latin(i) && (r.tokens[i].Text[0] < 'A' || r.tokens[i].Text[0] > 'Z') {
		return 0
	}
	return month(r.folded(i))
}

// articleAt reports a word for one article at token i: «две статьи» counts them.
func (r *numeralReader) articleAt(i int) bool { return r.word(i) && articleWord(r.folded(i)) }

// beside reports whether no more than a space or a hyphen stands between a token and the next.
func (r *numeralReader) beside(i int) bool {
	return i >= 0 && i+1 < len(r.tokens) && near(r.text[r.tokens[i].End:r.tokens[i+1].Start])
}

// join makes one token of n.
func (r *numeralReader) join(i, n int, kind TokenKind, value string) Token {
	start, end := r.tokens[i].Start, r.tokens[i+n-1].End
	return Token{Text: r.text[start:end], Folded: Fold(r.text[start:end]), Kind: kind, Value: value, Start: start, End: end}
}
