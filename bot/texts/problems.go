package texts

import (
	"fmt"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Problem says in the catalog's language what `refbot kb check` found in a statement that a moderator wrote; in English
// where it has no words for it, which are for whoever edits files.
func (c *Catalog) Problem(p knowledge.Problem) string {
	format := problems[p.Format][c.Code]
	if format == "" {
		return p.Message
	}
	args := make([]any, len(p.Args))
	for i, arg := range p.Args {
		args[i] = arg
		if name, ok := arg.(string); ok && c.Review.Fields[name] != "" {
			args[i] = "«" + c.Review.Fields[name] + "»"
		}
	}
	return fmt.Sprintf(format, args...)
}

// problems are what a form or a draft can have wrong, by what the check says of it in English.
var problems = map[string]map[language.Code]string{
	"valid_until %s is before valid_from %s": {
		"ru": "Срок действия кончается (%s) раньше, чем начинается (%s).",
		"kk": "Күшінің соңғы күні (%s) басталатын күнінен (%s) бұрын тұр.",
	},
	"%s is missing": {"ru": "Не заполнено поле %s.", "kk": "%s өрісі толтырылмаған."},
	"office is missing: the office held that day, or the institution": {
		"ru": "Не указана должность того дня или учреждение.",
		"kk": "Сол күнгі қызметі не мекемесі көрсетілмеген.",
	},
	"%s %q: want 1 to 48 of A-Z a-z 0-9 _ -": {
		"ru": "%s: %q не подходит. Нужно от 1 до 48 латинских букв, цифр и знаков _ -.",
		"kk": "%s: %q жарамайды. 1-ден 48-ге дейін латын әрпі, цифр және _ - белгісі керек.",
	},
	"url %q: %v": {"ru": "Ссылка %q не открывается как адрес: %v.", "kk": "%q сілтемесі мекенжай емес: %v."},
	"%s holds the invisible character %U: delete it": {
		"ru": "В поле %s есть невидимый знак %U: удалите его.",
		"kk": "%s өрісінде көрінбейтін %U белгісі бар: өшіріңіз.",
	},
	"%s has %d entries, at most %d are read": {
		"ru": "В поле %s %d строк, а читается не больше %d.",
		"kk": "%s өрісінде %d жол бар, ең көбі %d жол оқылады.",
	},
	"%s has %d characters, at most %d fit": {
		"ru": "В поле %s %d знаков, а помещается не больше %d.",
		"kk": "%s өрісінде %d таңба бар, ең көбі %d таңба сыяды.",
	},
	"the text has %d characters, at most %d fit": {
		"ru": "В тексте %d знаков, а помещается не больше %d.",
		"kk": "Мәтінде %d таңба бар, ең көбі %d таңба сыяды.",
	},
	"%s %q: want a day as YYYY-MM-DD": {
		"ru": "%s: %q – не дата. Напишите её как 2026-03-15.",
		"kk": "%s: %q күнге ұқсамайды. 2026-03-15 түрінде жазыңыз.",
	},
	"superseded_by %s, which is older (%s)": {
		"ru": "Новее должно быть заявление %s, а оно старше (%s).",
		"kk": "%s мәлімдемесі жаңарақ болуы керек еді, бірақ ол ескірек (%s).",
	},
	"superseded_by %q: no statement has this id": {
		"ru": "Заявления с номером %q нет.",
		"kk": "%q нөмірлі мәлімдеме жоқ.",
	},
	"superseded_by leads back to itself: %s": {
		"ru": "Заявления заменяют друг друга по кругу: %s.",
		"kk": "Мәлімдемелер бірін-бірі айналып алмастырады: %s.",
	},
	"the text has %d characters: above %d a reply shows only part of it": {
		"ru": "В тексте %d знаков. Если их больше %d, бот покажет только часть.",
		"kk": "Мәтінде %d таңба бар. %d таңбадан асса, бот бір бөлігін ғана көрсетеді.",
	},
	"the text is shown as typed, %q too": {
		"ru": "Текст показывается как набран, вместе с %q.",
		"kk": "Мәтін терілген күйінде көрінеді, %q да қалады.",
	},
	"outlet is missing: where was it published?": {"ru": "Не указано издание: где это опубликовано?", "kk": "Басылым көрсетілмеген: қайда жарияланды?"},
	"title is missing":                           {"ru": "Нет заголовка.", "kk": "Тақырыбы жоқ."},
	"date %s is far from the vote of %s and the text does not name %s: is the year right?": {
		"ru": "Дата %s далека от дня голосования (%s), а год %s в тексте не назван. Год верный?",
		"kk": "%s күні дауыс беру күнінен (%s) алыс, ал мәтінде %s жылы аталмаған. Жылы дұрыс па?",
	},
	"the translation lacks numbers of %s: %s": {
		"ru": "В переводе нет чисел из %s: %s.",
		"kk": "Аудармада %s құжатындағы сандар жоқ: %s.",
	},
	"the translation has numbers that %s does not: %s": {
		"ru": "В переводе есть числа, которых нет в %s: %s.",
		"kk": "Аудармада %s құжатында жоқ сандар бар: %s.",
	},
	"alias %q is also listed for %s": {
		"ru": "Вопрос %q уже записан за заявлением %s.",
		"kk": "%q сұрағы %s мәлімдемесінде де тұр.",
	},
	"id %q is taken by %s":             {"ru": "Номер %q уже занят: %s.", "kk": "%q нөмірі бос емес: %s."},
	"topic %q is not in campaign.yaml": {"ru": "Темы %q нет в настройках кампании.", "kk": "Науқан баптауында %q тақырыбы жоқ."},
	"more than %d statements":          {"ru": "Заявлений больше %d: столько не помещается.", "kk": "Мәлімдеме %d-ден көп: одан артығы сыймайды."},
	"none of the topics is in campaign.yaml: no menu leads to this statement": {
		"ru": "Не выбрана ни одна тема: из меню к этому заявлению не дойти.",
		"kk": "Бірде-бір тақырып таңдалмаған: мәзірден бұл мәлімдемеге жету мүмкін емес.",
	},
}
