package importer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of a paragraph.
type word struct {
	text, low  string
	start, end int // bytes
	// gap is what stands between it and the word before: a sentence or part of one may end there.
	gap string
}

// split gives the words of a paragraph; hyphens and apostrophes within a word belong to it.
func split(p string) []word {
	var list []word
	last := 0
	for i := 0; i < len(p); {
		r, n := utf8.DecodeRuneInString(p[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			i += n
			continue
		}
		start := i
		for i < len(p) {
			r, n := utf8.DecodeRuneInString(p[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !(strings.ContainsRune("-’'", r) && letterAt(p, i+n)) {
				break
			}
			i += n
		}
		list = append(list, word{p[start:i], strings.ToLower(p[start:i]), start, i, p[last:start]})
		last = i
	}
	return list
}

func letterAt(p string, i int) bool {
	r, _ := utf8.DecodeRuneInString(p[i:])
	return unicode.IsLetter(r)
}

// named reports whether a word is written as part of a name: a capital, then small letters.
func (w word) named() bool {
	r, n := utf8.DecodeRuneInString(w.text)
	return unicode.IsUpper(r) && len(w.text) > n && strings.ToUpper(w.text) != w.text && !notNames.has(w.low) && !opening[w.low]
}

// close reports whether nothing but a space parts a word from the one before.
func (w word) close() bool { return strings.TrimSpace(w.gap) == "" }

// stems is a list of beginnings of words.
type stems []string

func (s stems) has(low string) bool {
	return slices.ContainsFunc(s, func(stem string) bool { return strings.HasPrefix(low, stem) })
}

// words is a list of whole words.
type words map[string]bool

func list(text string) words {
	w := words{}
	for _, one := range strings.Fields(text) {
		w[one] = true
	}
	return w
}

// Words that attributions are made of. They are those of the trade, whatever the subject of the news.
var (
	// heads are offices as they stand in the nominative: what a name follows.
	heads = list(`аким министр президент премьер-министр вице-министр вице-премьер председатель председательница депутат сенатор
		директор руководитель глава секретарь заместитель спикер уполномоченный омбудсмен омбудсман советник помощник прокурор
		судья посол консул начальник пресс-секретарь представитель представительница член координатор ректор генпрокурор
		госсекретарь губернатор мэр политолог эксперт юрист правовед аналитик профессор академик лидер
		әкімі министрі президенті премьер-министрі төрағасы депутаты сенаторы директоры басшысы жетекшісі хатшысы орынбасары
		спикері уәкілі омбудсмені кеңесшісі көмекшісі прокуроры судьясы елшісі өкілі мүшесі ректоры саясаттанушы сарапшы заңгер
		бастығы хатшы профессоры академигі көшбасшысы әкім министр
		president prime minister minister mayor akim chairman chairwoman chairperson chair head secretary deputy director
		speaker senator ombudsman adviser advisor ambassador judge prosecutor commissioner governor spokesman spokeswoman
		spokesperson representative member analyst expert lawyer professor leader rector`)
	// bodies speak for themselves.
	bodies = list(`министерство цик комиссия акимат прокуратура суд правительство комитет департамент агентство администрация
		министрлігі осқ комиссиясы әкімдігі прокуратурасы соты үкімет комитеті департаменті агенттігі әкімшілігі
		ministry commission akimat court government committee department agency administration cec`)
	// says are verbs of saying as they begin. Those of Kazakh end the sentence, or follow the quote.
	says = stems{
		"сказал", "заяв", "отмет", "отмеча", "подчеркн", "подчёркн", "подчеркив", "подчёркив", "сообщ", "рассказ", "добав", "поясн", "поясня",
		"напомн", "счита", "высказа", "обозначил", "объясн", "указал", "призвал", "акцентир", "ответил", "прокомментир", "говорит", "уточн",
		"проинформир", "доложил", "подтверд", "выступил", "предлож", "констатир", "заверил", "убежд", "выразил", "поблагодар",
		"деді", "дейді", "деген", "айтты", "айтып", "мәлімде", "атап", "хабарла", "жеткізді", "тоқталды", "түсіндір", "білдір", "санайды",
		"қосты", "ескертті", "баяндады", "сөйледі", "жауап", "мәлім", "айтуынша", "сөзінше", "пікірінше",
		"said", "says", "told", "stat", "noted", "notes", "stress", "emphasi", "added", "adds", "explain", "announc", "report", "according",
		"underlin", "recall", "point", "declar", "inform", "highlight", "argu", "conclud",
	}
	// notNames are capitalised and no part of a person's name.
	notNames = stems{
		"республик", "казахстан", "қазақстан", "kazakhstan", "republic", "конституц", "constitution", "правительств", "үкімет", "government",
		"парламент", "parliament", "сенат", "senate", "мажилис", "мәжіліс", "mazhilis", "majilis", "курултай", "құрылтай", "kurultai", "маслихат", "мәслихат",
		"алмат", "almaty", "астан", "astana", "шымкент", "shymkent", "актау", "ақтау", "aktau", "атырау", "atyrau", "актоб", "ақтөбе", "актюб", "aktobe",
		"караганд", "қарағанды", "karagand", "костана", "қостанай", "kostanay", "кызылорд", "қызылорда", "kyzylord", "павлодар", "pavlodar",
		"петропавл", "семей", "талдыкорган", "талдықорған", "тараз", "taraz", "туркестан", "түркістан", "turkistan",
		"уральск", "усть-каменогорск", "өскемен", "кокшетау", "көкшетау", "kokshetau", "жезказган", "жезқазған", "конаев", "қонаев", "акмол", "ақмол",
		"жамбыл", "мангистау", "маңғыстау", "улытау", "ұлытау", "жетісу", "жетысу", "северо-", "южно-", "западно-", "восточно-", "солтүстік", "оңтүстік",
		"центральн", "орталық", "central", "верховн", "жоғарғы", "supreme", "constitutional", "конституциялық", "national", "ұлттық", "национальн",
		"министерств", "министр", "minist", "президент", "president", "премьер", "prime", "мемлекет", "государств", "глава", "general", "election",
		"commission", "комисси", "комитет", "committee", "халық", "народн", "ассамбле", "assembly", "court", "council", "совет", "кеңес", "state", "юстици",
		"justice", "foreign", "affairs", "kazinform",
		"января", "февраля", "марта", "monday", "tuesday", "wednesday", "thursday", "friday", "january", "february", "march",
	}
	// opening are words that are capitalised because a sentence begins.
	opening = list(`в на по об о и с из при как но а что это также кроме ранее сегодня господин осы бұл сондай бұдан ал the in at of and
		mr mrs ms this however earlier today by on for as he she`)
	// joins are words that belong to an office before its head: "первый заместитель", "вице-министр".
	joins = list(`первый первая бывший бывшая главный главная старший исполняющий обязанности временно государственный
		бірінші бұрынғы бас аға first former chief deputy vice acting senior prime state attorney justice foreign`)
)
