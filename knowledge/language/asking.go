package language

import (
	"strings"
	"unicode/utf8"
)

// Lengths in words.
const (
	longQuestion = 18 // above this AskingPart looks for the part that asks
	longClause   = 14 // above this a sentence is cut into clauses
	shortPart    = 5  // a part this short takes what stands in front of it
)

// AskingPart returns the part of a long or voice-like question that asks, without greetings, the story of
// the person and thanks. It is s itself when s is short or no part asks more than the rest, else a part of
// s, byte for byte.
func AskingPart(s string) string {
	s = unreported(s)
	if !longer(s, longQuestion) {
		return s
	}
	words := split(s)
	if len(words) <= longQuestion {
		return s
	}
	parts := clauses(s, words)
	best, bestScore := -1, 0.0
	for i, p := range parts {
		if score := askingScore(s, words[p.from:p.to]); score >= bestScore && score > 0 {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return s
	}
	from, to := parts[best].from, parts[best].to
	for i := best; i > 0 && to-from < shortPart && !parts[i].opens; i-- {
		from = parts[i-1].from
	}
	for i := best + 1; i < len(parts) && !parts[i].opens && to-from < longQuestion; i++ {
		to = parts[i].to
	}
	end := words[to-1].end
	if rest := strings.TrimLeft(s[end:], "\"»)"); strings.HasPrefix(rest, "?") {
		end = len(s) - len(rest) + 1
	}
	return s[words[from].start:end]
}

// hearsay are folded words of people who report what they want to know about.
var hearsay = set(`говорит говорят пишет пишут сказал сказала сказали слышал слышала слышали спрашивает спрашивают утверждает утверждают болтают
	says say said told claims claim heard asks ask`)

// folk are folded words for people nobody knows; what an office holder says is asked for with the name.
var folk = set(`я i мы we все люди народ многие некоторые соседка сосед соседи подруга друг друзья родители коллеги коллега знакомый знакомая знакомые блогеры блогер
	бабушка дедушка мама папа муж жена брат сестра сын дочь тетя дядя теща свекровь чатах чате соцсетях интернете сети
	they people someone everyone everybody some friends friend neighbour neighbor neighbours mum mom dad husband wife brother sister colleague boss grandma`)

// reportedWithin is how many words of who says it stand in front of what is reported.
const reportedWithin = 6

// unreported takes off who says or asks what a question is about, «соседка говорит, что …», "my neighbour says …".
func unreported(s string) string {
	i, someone := 0, false
	for n := 0; n <= reportedWithin; n++ {
		start, end, _ := next(s, i)
		folded := Fold(s[start:end])
		if start == end || QuestionWord(folded) {
			return s
		}
		i = end
		someone = someone || folk[folded]
		if !someone || !hearsay[folded] {
			continue
		}
		rest := strings.TrimLeft(s[end:], " ,:–—-")
		joined := len(s)-end-len(rest) > 1
		for _, that := range [...]string{"что ", "будто ", "якобы ", "мне ", "me ", "that ", "everywhere "} {
			if cut, ok := strings.CutPrefix(rest, that); ok {
				rest, joined = cut, true
			}
		}
		if latin := s[start] < utf8.RuneSelf; (joined && strings.ContainsAny(s[end:len(s)-len(rest)], ",:") || latin) && longer(rest, shortPart) {
			return rest
		}
		return s
	}
	return s
}

// longer reports whether a text may have more than n words: it counts the pieces split would look at.
func longer(s string, n int) bool {
	for i := 0; i < len(s); {
		start, end, _ := next(s, i)
		if start < end {
			n--
		}
		if n < 0 {
			return true
		}
		i = end
	}
	return false
}

// clause is a range of words; opens marks the first of a sentence.
type clause struct {
	from, to int
	opens    bool
}

// clauses cuts a text at the ends of its sentences, and long sentences at commas and at the words speech
// is strung together with.
func clauses(s string, words []piece) []clause {
	var out []clause
	w := 0
	for _, r := range Sentences(s) {
		from := w
		for w < len(words) && words[w].start < r[1] {
			w++
		}
		if w == from {
			continue
		}
		cut := from
		opens := true
		for i := from + 1; i < w && w-from > longClause; i++ {
			if i-cut > 1 && breaks(s, words, i) {
				out = append(out, clause{cut, i, opens})
				cut, opens = i, false
			}
		}
		out = append(out, clause{cut, w, opens})
	}
	return out
}

// breaks reports whether a clause may begin at word i.
func breaks(s string, words []piece, i int) bool {
	return strings.ContainsAny(s[words[i-1].end:words[i].start], ",;:—–()") || spoken[words[i].folded]
}

// spoken are the folded words speech is strung together with.
var spoken = set(`короче ну вот слушай слушайте скажи скажите подскажите подскажи значит поэтому просто хотел хотела хочу
	сонымен айтшы айтыныз айтынызшы енди негизи so well anyway basically tell please`)

// askers are folded words that announce a question; courtesies take the weight off a clause.
var (
	askers = set(`ли скажи скажите подскажи подскажите объясни объясните расскажите интересует правда можно нужно
		ма ме ба бе па пе айтшы айтыныз айтынызшы тусиндир тусиндириниз рас бола керек
		tell explain can could do does did is are will should true wonder know`)
	courtesies = set(`здравствуйте привет добрый спасибо благодарю заранее пожалуйста салеметсиз салем рахмет ракмет
		hello hi thanks thank dear good зовут пенсионер меня менин атым`)
)

// askingScore says how much a clause asks.
func askingScore(s string, words []piece) float64 {
	score := 0.0
	for _, w := range words {
		switch {
		case QuestionWord(w.folded):
			score += 2
		case askers[w.folded]:
			score++
		case courtesies[w.folded]:
			score -= 1.5
		}
	}
	score = min(score, 4)
	rest := strings.TrimLeft(s[words[len(words)-1].end:], " \"»)")
	if strings.HasPrefix(rest, "?") {
		score += 3
	}
	if len(words) < 3 && score < 3 || utf8.RuneCountInString(s[words[0].start:words[len(words)-1].end]) < 6 {
		score--
	}
	return score
}
