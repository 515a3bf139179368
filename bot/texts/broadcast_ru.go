package texts

import (
	"fmt"

	"refbot/knowledge/language"
)

var russianBroadcast = Broadcast{
	OnlyIn: map[language.Code]string{
		language.Kazakh:  "Это сообщение пока есть только на казахском языке.",
		language.English: "Это сообщение пока есть только на английском языке.",
	},

	AskText: "Пришлите текст сообщения для подписчиков, можно с фото или файлом. " +
		"Отправить сразу всем не получится: сначала вы увидите, как оно выглядит, потом его согласует коллега.",
	Templates: map[string]string{"vote": "📋 Заготовка: день голосования", "fix": "📋 Заготовка: уточнение"},
	TemplateVote: func(campaign, date string) string {
		return campaign + ": голосование " + date + ". Как и где проголосовать, спросите у этого бота, он ответит словами официальных заявлений."
	},
	TemplateFix: "Уточняем сказанное раньше: …",
	None:        "Рассылок пока не было. Начать: /broadcast",
	List:        "Ваши рассылки, новые сверху:",
	Gone:        "Этого уже нет. Все рассылки: /broadcasts",

	States: map[string]string{
		"draft": "Черновик", "submitted": "Ждёт согласования", "approved": "Согласовано", "scheduled": "Запланировано",
		"sending": "Отправляется", "paused": "На паузе", "finished": "Отправлено", "cancelled": "Отменено", "expired": "Не отправлено: время прошло",
	},
	IsRecall:     func(id string) string { return "удаление отправленного " + id },
	IsCorrection: func(id string) string { return "исправление отправленного " + id },
	Author:       "Автор:",
	Reach: func(n int, written string) string {
		return plural(n, "Получит ", "Получат ", "Получат ") + written + " " + plural(n, "человек", "человека", "человек")
	},
	Corrects: func(n int, written string) string {
		return "Изменится у " + written + " " + plural(n, "человека", "человек", "человек")
	},
	Recalls: func(n int, written string) string {
		return "Исчезнет у " + written + " " + plural(n, "человека", "человек", "человек")
	},
	NobodyYet: "Таких подписчиков пока нет",
	Length: func(name, units, limit string) string {
		return name + ": " + units + " из " + limit + " знаков"
	},
	Instead: func(name, other string) string {
		return name + ": увидят текст на другом языке (" + other + ")"
	},
	LeftOut:     func(name string) string { return name + ": не получат ничего" },
	AtOnce:      "Уйдёт сразу после согласования",
	At:          func(at, until string) string { return "Уйдёт " + at + ", не позже " + until },
	ItIsNight:   func(clock string) string { return "(сейчас ночь, " + clock + ")" },
	ThenIsNight: "(это ночью)",
	Cut:         "Здесь не весь текст: целиком он придёт, если отправить его себе.",
	Override:    func(why string) string { return "Разрешено в период тишины: " + why },
	Doubts: map[string]func(string) string{
		"claim": func(what string) string {
			return "«" + what + "»: этого нет в приложенных заявлениях"
		},
		"link": func(what string) string { return "Ссылка не на официальный сайт: " + what },
		"leads": func(what string) string {
			return "Ссылка уводит с официального сайта: " + what
		},
		"dead": func(what string) string { return "По ссылке ничего нет: " + what },
		"same": func(what string) string { return "То же самое недавно отправляли: " + what },
		"advice": func(what string) string {
			return "Похоже на призыв, как голосовать («" + what + "»). Согласовать может только администратор"
		},
	},
	Tested:        "Отправил вам: так это увидят подписчики",
	NothingToShow: "Показывать нечего: сообщения будут удалены",

	AskLanguage: "На каком языке написать или переписать текст?",
	AskFallback: "Если на языке человека текста нет, он получит:",
	AskTextIn:   func(name string) string { return "Пришлите текст. Язык: " + name + "." },
	AskFile:     "Пришлите фото или файл, он будет над текстом. Подпись тогда не длиннее 1024 знаков.",
	AskButton:   "Пришлите надпись на кнопке и ссылку одной строкой, например: Где голосовать https://www.election.gov.kz",
	AskStatement: "О чём заявление? Напишите несколько слов или его номер. Я покажу подходящие: " +
		"❝ вставит слова с подписью, 🔗 добавит кнопку.",
	PickStatement: "Выберите: ❝ вставить слова, 🔗 добавить кнопку. Или напишите иначе.",
	NoStatement:   "Ничего не нашлось. Напишите, пожалуйста, иначе.",
	ReadMore:      "📄 Подробнее",
	AskAudience:   "Кому отправить? Ничего не выбрано – значит всем.",
	AskRegions:    "Из каких регионов? Получат только те, кто назвал свой регион.",
	Since: func(days int) string {
		if days == 1 {
			return "новые со вчера"
		}
		return fmt.Sprintf("за %d дн.", days)
	},
	SinceDate: func(date string) string { return "подписались с " + date },
	AskMoment: func(zone, now string) string {
		return "Когда отправить? Выберите или напишите, например 18:30 или 15.03 09:00. Время " + zone + ", сейчас " + now + "."
	},
	AskLate: "Насколько позже ещё имеет смысл отправить, если что-то помешает?",
	BadTime: "Не понял время. Напишите, например, 18:30 или 15.03 09:00; оно должно быть впереди.",
	Late: func(minutes int) string {
		if minutes < 60 {
			return fmt.Sprintf("%d мин", minutes)
		}
		return fmt.Sprintf("%d ч", minutes/60)
	},
	AskReason: "Сейчас период тишины. Напишите, почему это всё же нужно отправить: причина останется в журнале.",

	Asked: func(n int) string {
		return fmt.Sprintf("Отправил на согласование: %d %s. Напишу, когда ответят.", n, plural(n, "коллеге", "коллегам", "коллегам"))
	},
	NobodyApproves: "Согласовать это некому: нужен второй человек с ролью, который уже писал боту. Роль даёт администратор: /grant",
	PleaseApprove:  "Просят вашего согласия",
	NightAsk: func(at string) string {
		return "Это уйдёт ночью, " + at + ". Точно отправить ночью?"
	},
	NightToast: "Сейчас ночь. Нажмите ещё раз, если отправить нужно ночью.",
	Outdated:   "Текст с тех пор изменился. Вот нынешний.",
	Approved:   "Согласовано",
	Withdrawn: func(html string) string {
		return html + " изменили или отменили. Согласия больше не нужно."
	},
	ApprovedBy: func(html, who string) string { return html + ": согласие дал(а) " + who + "." },
	Returned:   func(html, who string) string { return html + ": " + who + " просит доработать." },
	BeginsNow:  "Отправка начинается.",
	BeginsAt:   func(at string) string { return "Отправка начнётся " + at + "." },

	SentOf:      func(n, of string) string { return "Доставлено " + n + " из " + of },
	CorrectedOf: func(n, of string) string { return "Исправлено у " + n + " из " + of },
	RecalledOf:  func(n, of string) string { return "Удалено у " + n + " из " + of },
	Unreachable: "Недоступны (заблокировали бота или удалились)",
	Failed:      "Не вышло отправить",
	Unknown:     "Неизвестно, дошло ли",
	Starting:    "Начинаю…",
	Pace:        func(rate, left string) string { return rate + " в секунду, осталось " + left },
	UnderMinute: "меньше минуты",
	Minutes:     func(n int) string { return fmt.Sprintf("%d мин", n) },
	Hours:       func(h, m int) string { return fmt.Sprintf("%d ч %d мин", h, m) },
	Paused: map[string]string{ //nolint:gosec // sentences, no credentials
		"hand": "Остановлено по кнопке.", "errors": "Остановлено: слишком много ошибок. Посмотрите, что с текстом, и продолжите или остановите совсем.",
		"content": "Остановлено: Telegram не принимает этот текст, кнопку или файл. Сделайте копию и исправьте.",
		"token":   "Остановлено: Telegram не узнаёт бота. Нужен администратор сервера.",
		"quiet":   "Остановлено: начался период тишины.",
	},
	WhyExpired: map[string]string{
		"": "Начать вовремя не получилось, а позже это уже не имело смысла. Можно сделать копию.", "quiet": "Начало пришлось на период тишины. Можно сделать копию.",
	},
	WhyUnknown: "Связь оборвалась, пока сообщение уходило: у этих людей оно может быть, а может и не быть. Повторить решаете вы.",
	RecallUntil: func(at, left string) string {
		return "Отозвать можно до " + at + ", осталось " + left
	},
	NotSent: "Не отправлено",
	Table:   "То же таблицей.",

	BadState: func(state string) string { return "Сейчас так нельзя. Рассылка: " + state + "." },
	Quiet: func(until string) string {
		return "Идёт период тишины, рассылать нельзя до " + until + "."
	},
	QuietAdmin: "Вы можете разрешить отправку, назвав причину: кнопка «Разрешить».",
	TooLate:    func(at string) string { return "Поздно: это было возможно до " + at + "." },
	TooLong: func(by int) string {
		return fmt.Sprintf("Слишком длинно: уберите %d %s и пришлите ещё раз.", by, plural(by, "знак", "знака", "знаков"))
	},
	TelegramRefuses: "Telegram такое сообщение не принимает. Проверьте текст, кнопки и файл.",
	Faults: map[string]func(tag, near string) string{
		"unknown_tag": func(tag, near string) string { return "В Telegram нет тега <" + tag + ">: «" + near + "»." },
		"not_closed":  func(tag, near string) string { return "Тег <" + tag + "> не закрыт: «" + near + "»." },
		"not_opened": func(tag, near string) string {
			return "Тег </" + tag + "> закрыт, но не открыт: «" + near + "»."
		},
		"crossed": func(tag, near string) string {
			return "Сначала закройте <" + tag + ">: «" + near + "»."
		},
		"bad_link": func(_, near string) string {
			return "Ссылка должна начинаться с https:// и вести на сайт: «" + near + "»."
		},
		"bad_tag": func(tag, near string) string {
			return "Тег <" + tag + "> написан не до конца или с лишним: «" + near + "»."
		},
		"inside": func(tag, near string) string {
			return "Здесь <" + tag + "> стоять не может: «" + near + "»."
		},
	},
	SendAgain: "Поправьте и пришлите текст ещё раз.",
	Refusals: map[string]string{
		"same_person": "Свой текст согласует другой человек.",
		"needs_admin": "Это может только администратор.",
		"outdated":    "Текст с тех пор изменился.",
		"no_text":     "Здесь нужен текст.",
		"nobody":      "Получать некому: на языке этих людей текста нет.",
		"nothing":     "Повторять некому: про всех известно, дошло ли.",
	},

	Help: "Для тех, кто пишет подписчикам\n\n" +
		"/broadcast – новое сообщение. Текст можно сразу после команды. Прервать можно в любой момент: черновик останется.\n" +
		"/broadcasts – все сообщения: продолжить, скопировать, исправить, отозвать.\n\n" +
		"Как это идёт: вы пишете, проверяете на себе («Себе»), отправляете на согласование. Второй человек видит точный текст и кому он уйдёт. " +
		"Любая правка отменяет согласие. Потом сообщение уходит сразу или в назначенное время, а вы видите, как идут дела, и получаете отчёт.\n\n" +
		"В период тишины рассылок нет. Ночью, с 22 до 9, бот переспросит. Как голосовать, мы не подсказываем.\n\n" +
		"Жирный, курсив и ссылки делайте прямо в Telegram или тегами: <b>, <i>, <u>, <s>, <a href=\"…\">, <blockquote>.",
	Button: BroadcastButtons{
		Regions:  "📍 Регионы",
		Continue: "▶️ ", List: "Все рассылки", Back: "← Назад", Ready: "Готово", Open: "Открыть",
		Test: "✉️ Себе", Submit: "✅ На согласование", Remind: "🔔 Напомнить", Edit: "✏️ Изменить", Cancel: "🗑 Отменить", Override: "🔓 Разрешить в период тишины",
		Text: "✏️ Текст", Statement: "❝ Заявление", File: "🖼 Фото, файл", Link: "🔗 Кнопка", Audience: "👥 Кому", Moment: "🕘 Когда",
		Write: "➕ ", Rewrite: "✏️ ", Nothing: "ничего", NoFile: "Без файла", NoLinks: "Убрать кнопки",
		AtOnce:  "Сразу",
		Approve: "✅ Согласовать", ApproveAtNight: "🌙 Да, отправить ночью", Return: "↩️ На доработку",
		Pause: "⏸ Пауза", Resume: "▶️ Продолжить", Stop: "⏹ Остановить совсем",
		Again:   func(n string) string { return "❓ Отправить им ещё раз (" + n + ")" },
		Correct: "✏️ Исправить у всех", Recall: "🗑 Отозвать", Copy: "📄 Копия", Table: "📊 Таблица",
	},
}
