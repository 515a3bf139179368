package language

var stopWords = map[Code]map[string]bool{
	Russian: set(`и в во не на с со по к ко у о об от до за из для при без под над про через между же ли бы ведь вот
		а но или если то как-то так это этот эта эти того этого этой тем тот та те он она оно они его ее их ему ей им
		я ты мы вы мне меня тебя вас нас нам вам свой своя свои себя быть был была было были будет будут есть
		уже еще только тоже также лишь да нет ну там тут здесь всего`),
	English: set(`a an the of in on at to for from by with about into over under and or but if then than so as is are was
		were be been being am do does did has have had will would shall should can could may might must not no nor it its
		this that these those he she they them his her their i you we me my your our us there here also just`),
	Kazakh: set(`мен бен пен жане не немесе да де та те ма ме ба бе па пе бул ол сол осы сонын онын олар олардын бир
		ушин туралы бойынша деген деп дейин кейин гой емес бар жок еди екен болып болады болса болган бойы ал бирак
		сондай осындай мынадай кана гана тек ози озинин оз биз сиз мен сен маган саган оган`),
}

var questionWords = set(`кто что чего чему кого кому кем чем где куда откуда когда почему зачем как какой какая какое какие
	какого какую каких каком сколько скольки скольких чей чья чье чьи который которая ли
	who what when where why how which whose whom
	ким не неге кашан кайда кайдан кандай канша неше калай кай кимнин кимди кимге нешеси каншасы`)

// Stop reports whether a folded word carries no subject in language c, in any language when c is "".
// Question words are not stop words.
func Stop(folded string, c Code) bool {
	if questionWords[folded] {
		return false
	}
	if c != "" {
		return stopWords[c][folded]
	}
	for _, words := range stopWords {
		if words[folded] {
			return true
		}
	}
	return false
}

// QuestionWord reports whether a folded word asks: who, когда, қанша.
func QuestionWord(folded string) bool { return questionWords[folded] }
