package texts

import "fmt"

var russianReview = Review{
	Empty:     "Пока всё разобрано, спасибо. Новое появится – пришлю по команде /queue.",
	Remaining: func(n int) string { return fmt.Sprintf("Осталось: %d", n) },
	Why: map[string]string{
		"cluster": "Спрашивают, а ответа нет", "down": "Ответ не помог 👎", "unsure": "Бот не был уверен",
		"gate": "Пересказ не прошёл проверку", "sample": "Выборочно",
	},
	Like:    func(n int) string { return fmt.Sprintf("похожих вопросов: %d", n) },
	Reply:   "Бот ответил:",
	Sure:    func(percent int) string { return fmt.Sprintf("уверенность %d %%", percent) },
	Reasons: "Проверка пересказа остановила его:",
	Gone:    "Этого вопроса уже нет: срок хранения вышел, или человек попросил его удалить.",
	Taken:   "Кто-то успел раньше. Вот следующий вопрос:",
	Again:   "Продолжить: /queue",

	Rulings: map[string]string{
		"right": "✅ Верно", "wrong": "❌ Неверно", "better": "📌 Верно другое заявление", "abstain": "🤐 Надо было сказать, что ответа нет",
		"needs": "✍️ Нужно заявление", "spam": "🚫 Спам",
	},
	WhatNow: "Записал: неверно. А как было бы верно?",
	Better:  "Какое заявление отвечает на этот вопрос?",
	NoneFit: "Ничего подходящего больше нет. Если ответа нигде нет, напишите заявление.",

	Button: ReviewButtons{
		Right: "✅ Верно", Wrong: "❌ Неверно", Answer: "✍️ Написать заявление", Skip: "⏭ Пропустить", Spam: "🚫 Спам", Next: "▶️ Дальше",
		BetterOne: "📌 Другое заявление", ShouldAbstain: "🤐 Ответа нет", Needs: "✍️ Нужно заявление", Undo: "↩️ Отменить", Back: "← Назад",
		Edit: "✏️ ", Submit: "📨 На проверку коллеге", Publish: "✅ Опубликовать", Return: "↩️ Вернуть автору", Withdraw: "🗑 Отозвать", None: "Нет", Remind: "🔔 Напомнить",
	},
	Ask: map[string]string{
		"text":    "Напишите, что было сказано: близко к словам источника, без оценок.",
		"speaker": "Кто это сказал? Имя и фамилия.",
		"office":  "Какую должность этот человек занимал в тот день? Если говорит учреждение, напишите его название.",
		"date":    "Когда это было сказано? Например: 20.03.2026 или «сегодня».",
		"url":     "Пришлите ссылку на источник. Без неё публиковать нельзя.",
		"outlet":  "Где это опубликовано? Например: Kazinform.",
		"title":   "Как озаглавить? Одна короткая строка.",
		"topic":   "К какой теме это относится?",
		"aliases": "На какие вопросы это отвечает? По одному в строке.",
	},
	Fields: map[string]string{
		"text": "Текст", "speaker": "Кто", "office": "Должность", "date": "Дата", "url": "Ссылка", "outlet": "Издание", "title": "Заголовок", "topic": "Тема", "aliases": "Вопросы",
	},
	Optional: "Если этого нет, напишите минус: -",
	BadDate:  "Не понял дату. Напишите так: 20.03.2026. Дата не может быть в будущем.",
	BadURL:   "Это не похоже на ссылку. Она начинается с https://",
	TooLong: func(most int) string {
		return fmt.Sprintf("Слишком длинно: поместится %d знаков.", most)
	},
	Draft:   "Черновик заявления",
	Missing: func(fields string) string { return "Не хватает: " + fields },
	Faulty:  "Так опубликовать нельзя:",
	Doubts:  "Посмотрите ещё раз:",
	Tried: func(answered, of int) string {
		return fmt.Sprintf("С ним бот ответит на %d из %d этих вопросов.", answered, of)
	},

	Submitted: func(people int) string {
		return fmt.Sprintf("Отправил на проверку: %d %s. Напишу, когда ответят.", people, plural(people, "коллеге", "коллегам", "коллегам"))
	},
	Nobody: "Проверить некому: нужен второй модератор или администратор. Черновик сохранён.",
	AskSecond: func(author string) string {
		return "Коллега " + author + " просит проверить заявление."
	},
	AskRemove: func(author, id string) string {
		return "Коллега " + author + " предлагает убрать заявление " + id + ":"
	},
	AskRevert: func(author string, number int) string {
		return fmt.Sprintf("Коллега %s предлагает вернуть версию %d базы знаний.", author, number)
	},
	Returned:  "Вернул автору.",
	AskWhy:    "Почему возвращаете? Напишите автору одной строкой.",
	Withdrawn: "Отозвано.",
	Published: func(number int) string {
		return fmt.Sprintf("Опубликовано, версия %d. Бот отвечает по-новому через несколько секунд.", number)
	},
	PublishedTo: func(title, who string) string {
		return "Ваше заявление «" + title + "» опубликовано. Проверил(а): " + who + "."
	},
	ReturnedTo: func(title, why string) string {
		return "Ваше заявление «" + title + "» вернули: " + why
	},
	Replay: func(turned, of int) string {
		return fmt.Sprintf("Было без ответа, теперь с ответом: %d из %d", turned, of)
	},
	Refusals: map[string]string{
		"state": "Это уже решено: кто-то успел раньше.", "role": "Для этого нужна роль модератора.", "second": "Своё заявление публикует другой человек.",
		"faulty": "Так опубликовать нельзя:", "no_change": "В базе это уже есть.", "old": "Эта версия больше не хранится.", "no_such": "Такого черновика нет.",
		"too_large": "База знаний получилась бы слишком большой.", "went_wrong": "С этим заявлением база знаний не собирается. Ничего не опубликовано.",
	},
	Help: "/queue – разобрать вопросы: верно ли ответил бот, о чём спрашивают без ответа, написать недостающее заявление\n/stats – сколько спрашивают и отвечает ли бот",
	Stats: Stats{
		Today: "Сегодня", Yesterday: "Вчера", Week: "За неделю", None: "вопросов не было",
		Line: func(questions int, answered, abstained string, up, down int) string {
			return fmt.Sprintf("%d %s, с ответом %s, без ответа %s, 👍 %d 👎 %d", questions, plural(questions, "вопрос", "вопроса", "вопросов"), answered, abstained, up, down)
		},
		Waiting: func(n int) string { return fmt.Sprintf("Ждут разбора: %d (/queue)", n) },
	},
	Digest: Digest{
		Head:       func(date string) string { return "Сводка, " + date },
		Unanswered: "Чаще всего спрашивают, а ответа нет:",
		Published: func(n int) string {
			return fmt.Sprintf("За сутки база знаний обновилась %d %s.", n, plural(n, "раз", "раза", "раз"))
		},
		Button: "🔔 Сводка каждый день", Off: "не нужна",
		Ask:   "Когда присылать сводку за день? Время Астаны.",
		Never: "Хорошо, сводку присылать не буду.",
		At: func(hour string) string {
			return "Буду присылать сводку каждый день в " + hour + "."
		},
	},
}
