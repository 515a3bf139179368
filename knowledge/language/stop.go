package language

// stopWords are folded words without a subject of their own. Numbers, negations that turn an answer round
// («против», «қарсы», "against") and words of the field are not among them.
var stopWords = map[Code]map[string]bool{
	Russian: set(`и в во не на с со по к ко у о об обо от ото до за из изо для при без под над про через между
		перед среди около после а но или либо если то как-то так это этот эта эти этого этой этому этом этих этим этими тем
		тот та те того той том тех теми он она оно они его ее их ему ей им ними него нее нем них ним ней
		я ты мы вы мне меня мной тебя тебе тобой вас вам вами нас нам нами себя себе собой
		мой моя мое мои моего моей твой ваш ваша ваше ваши вашего наш наша наше наши нашего
		свой своя свое свои своего своей своих сам сама сами само
		быть был была было были будет будут буду будем есть бы же ли ведь вот даже уже еще только лишь тоже также
		да нет ну там тут здесь туда сюда всего весь вся все всех всем всеми всю
		чтобы чтоб хотя пока потому поэтому затем потом тогда теперь сейчас
		можно нужно надо очень более менее самый самая самые
		вдруг нибудь опять уж ж хоть эту впрочем свою ту тому такая такое такие таких такую нашей наших моих моем которых которым
		будешь будете являются является именно просто вообще кстати вроде типа короче самое ими однако конечно будто ничего
		пожалуйста скажите скажи подскажите подскажи расскажите расскажи объясните здравствуйте`),
	English: set(`a an the of in on at to for from by with within into onto upon about over under between among during
		and or but if then than so as because while though although is are was were be been being am isn't aren't
		do does did don't doesn't didn't has have had having will would shall should can could may might must
		no not nor never it its it's this that these those he she they him them his her their theirs himself themselves
		i i'm you we me us my your yours our ours there here also just only even still yet very more most much many
		any some such same own other another each both few too again once up down out off
		further itself herself myself doing going lets whether since really actually else either someone somebody something anything
		gonna wanna
		please tell say says said let get got`),
	Kazakh: set(`мен бен пен менен бенен пенен жане немесе алде да де та те гой го ше шы ши ма ме ба бе па пе
		бул ол сол осы мына мынау ана анау осынау онын оны оган одан онда сонын сонда содан буны булар бунын
		олар олардын оларды оларга осындай сондай мундай ондай мынадай андай
		сен сиз биз менин сенин сиздин биздин маган саган сизге бизге оган мени сени сизди бизди
		оз ози озинин озин озим озимиз оздери озара
		бир бар жок емес еди екен екенин екени болып болады болса болган болды бола болу болатын болмаса
		деп деген деди дейди дейтин дегенди ал бирак алайда сондыктан ойткени себеби егер егерде
		ушин туралы жайлы жонинде бойынша аркылы дейин кейин шейин карай сайын гана кана тек ен оте тым тагы
		казир енди али баска сиякты секилди ретинде керек тиис мумкин
		сон болар еткен етти етеди шыгар сендер будан буган осыны осыган соны соган бундай
		айтшы айтыныз айтынызшы айтып бериниз берши отинемин салеметсиз`),
}

// questionWords are folded words that ask, in their forms.
var questionWords = set(`кто кого кому кем ком что чего чему чем где куда откуда когда почему отчего зачем как какой какая
	какое какие какого какую каким каких какими какому каком сколько скольки скольких скольким насколько
	чей чья чье чьи чьего чьей который которая которое которые которого которой
	who what when where why how which whose whom
	че чо скок скока скоко када
	ким кимди кимнин кимге кимнен кимде кимдер кимдердин не немене нени ненин неге неден неменеге неликтен
	кашан кашанга кашаннан кашангы кайда кайдан кай кайсы кайсысы кандай канша каншадан нешеу неше нешинши нешеге нешеде калай калайша`)

// Stop reports whether a folded word carries no subject in language c, in any of the languages when c is "".
// Question words are no stop words, «не» among them: it asks in Kazakh; with the code "ru" it is one.
func Stop(folded string, c Code) bool {
	if c != "" {
		return stopWords[c][folded] && !(questionWords[folded] && c == Kazakh)
	}
	if questionWords[folded] {
		return false
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
