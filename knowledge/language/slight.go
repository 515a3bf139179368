package language

import "unicode/utf8"

// Slight reports whether a folded word is one of everyday speech that says little of what a question is about:
// «входит», «вообще», «кіреді», "actually". A text that lacks it lacks nothing.
func Slight(folded string) bool {
	if slightWords[folded] {
		return true
	}
	n := 0
	for i := range folded {
		if n >= slightLeast && slightBeginnings[folded[:i]] {
			return true
		}
		n++
	}
	return n >= slightLeast && slightBeginnings[folded] && utf8.ValidString(folded)
}

// slightLeast is the least number of letters of a beginning.
const slightLeast = 3

// slightWords are whole words, slightBeginnings beginnings of words that are slight with any ending. They were
// written from what people say in chats, not from questions about any subject.
var (
	slightWords = set(`
		че чо чего чот чета што шо скок скока скоко сколька када кагда каг кароче короче типа вообще ваще воще блин кстати просто
		прям прямо реально конкретно примерно вроде наверно наверное может значит итак мол дескать пусть пускай
		щас счас сейчас ща пжл пж плиз плз спс ок кек лол хз имхо есть нету нетути нужен нужна нужны
		чтоли штоли будто якобы именно ровно разве неужели опять снова обычно всегда никогда иногда часто редко сразу сегодня
		вдруг совсем почти хоть раз два пару куча много мало несколько чуть сильно быстро долго далеко близко рядом
		народ люди человек парни ребята дорогие товарищи бот ботик привет алло ау эй
		штук штука вещь вещи дело дела тема теме темы смысл смысле суть сути плане
		вход входит входят войдет войдут зашел
		кст пон го норм ладно
		whats what's wheres where's hows how's who's whos thats that's lets let's gonna wanna gotta kinda sorta
		actually really basically exactly generally usually maybe perhaps probably anyway anyhow btw plz pls thx ok okay lol
		лежу лежит лежат сижу сидит сидят иду пойду пойдем поеду поехать еду ехать едем успею успеем успеть успеваю хожу бегу стою стоит
		сидел сидела взял взяла беру забрал забрала отдал потерял потеряла нашел нашла купил дойти доехать добраться зайти выйти уйти прийти
		умею умеет умеют боюсь боится ленится помочь помогите похоже пускают пустят засчитали засчитают ушло уйдет пропало пропал осталось
		разошлю пошлю отправлю скину кинул приехали приедут приду придем вернусь утром вечером днем ночью завтра вчера потом позже раньше
		sat sit sits sitting wrote got gets get getting put puts came took take takes taking gave give went left stay stays stayed
		broke break hide hides hid thought think kept keep stop stopped stand line rid morning evening tonight tomorrow yesterday
		екеуміз екеумиз биреулер биреу бирдене танертен кешке кундиз ертен кеше сонша соншама кайта кайтадан улгеру улгерем улгеремин
		алса алсам алсак барсак барсам барса келсе келсем салсам салса салып жиберсем жибере жиберсе шыкса шыксам айтса айтсам отырмын
		журмын жатырмын кирип журе ашып жасап койган койып койды калса калсам кетсе кетсем кетем келем барам аламын
		thing things stuff lot lots bit kind sort way ways case cases sense matter point
		something anything nothing everything someone somebody anyone anybody everyone everybody else
		always never often sometimes soon later early quickly fast nearly almost quite rather pretty enough
		happen happens happened happening seem seems seemed look looks looked want wants wanted need needs needed
		try tries tried tell tells told mean means meant
		енды ендеше негизи негизинен жалпы жалпылама шынымен расымен расында накты дал турасы былай солай осылай олай
		бауырым агай апай достар халайык кайран оу ау ей але
		не ненин ше шы гой ау кой екенин екендигин
		кайерде кайжерде калайша нешинде канш кансы`)
	slightBeginnings = set(`
		хочет хотят хотел хотим стан станов бывае бывал остае остан являе являлся происход произойд
		случа случит состоит состоял включа включи содержит содержат касае каса относит относят зависи завис означа значит
		отличае использу пользу понима понят поним объясн обьясн расска рассказ покаж показыва знает знаю знать узна
		дума думаю счита кажет делае делат сдела сделат работае работат проход проходит прошел прошл идет идут пойдет пойдут
		придет придут приходит ходит ходят выход выходит вышл подход находит находит оказа имеет имеют имел иметь
		берет берут взят возьм дает дают дали даст дадут дать держ ставит ставят полож кладут
		называ назыв именуе говорят говорит говорил скажет скажут спрос спраш отвеча ответит
		интерес любопыт важн главн основн нужн следую обычн разн всяк кажд друг друго ины иная иное
		конкретн подробн кратк коротк вкратц прост сложн понятн ясн точн пример приблиз
		кире кирет киру кириет кирген шыга шыгад шыккан шыкт жур журе журет тур турат турган отыр жат жаткан
		бола болад болат болма болар болса кала калад калай ете етет етил кыла кылад кылын жаса жасай жасал исте истей
		берет берил алад алын алат алып алган алса келет келип кетет кетип кетк барат барад барып
		айт айтад сойле сурай жауап билг билг билет биле билу тусин тусинд корсет корсе коре кара карай
		ойла ойлай кызык манызд негизг баск турли арби арк кандай кимд канд
		contain include including involv concern relat regard depend differ happen going goes comes came coming
		exist appear seem become became explain clarif describ tell know understand think believ
		interest import main basic general specif particul certain various`)
)
