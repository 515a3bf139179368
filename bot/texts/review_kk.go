package texts

import "fmt"

var kazakhReview = Review{
	Empty:     "Әзірге бәрі қаралды, рақмет. Жаңасы шыққанда /queue арқылы көресіз.",
	Remaining: func(n int) string { return fmt.Sprintf("Қалғаны: %d", n) },
	Why: map[string]string{
		"cluster": "Сұрап жатыр, ал жауабы жоқ", "down": "Жауап көмектеспеді 👎", "unsure": "Бот сенімді болмады",
		"gate": "Қайта айтылған жауап тексеруден өтпеді", "sample": "Іріктеп алынған",
	},
	Like:    func(n int) string { return fmt.Sprintf("ұқсас сұрақ: %d", n) },
	Reply:   "Боттың жауабы:",
	Sure:    func(percent int) string { return fmt.Sprintf("сенімділігі %d %%", percent) },
	Reasons: "Қайта айтылған жауап неге тоқтатылды:",
	Gone:    "Бұл сұрақ енді жоқ: сақталу мерзімі біткен не адам өзі өшіруді сұраған.",
	Taken:   "Әріптесіңіз үлгеріп қойыпты. Келесі сұрақ:",
	Again:   "Жалғастыру: /queue",

	Rulings: map[string]string{
		"right": "✅ Дұрыс", "wrong": "❌ Дұрыс емес", "better": "📌 Басқа мәлімдеме дұрыс", "abstain": "🤐 Жауабы жоқ деу керек еді",
		"needs": "✍️ Мәлімдеме керек", "spam": "🚫 Спам",
	},
	WhatNow: "Дұрыс емес деп жаздым. Қалай болса, дұрыс болар еді?",
	Better:  "Бұл сұраққа қай мәлімдеме жауап береді?",
	NoneFit: "Сәйкес келетін басқа ештеңе жоқ. Еш жерде жауабы болмаса, мәлімдеме жазыңыз.",

	Button: ReviewButtons{
		Right: "✅ Дұрыс", Wrong: "❌ Дұрыс емес", Answer: "✍️ Мәлімдеме жазу", Skip: "⏭ Өткізіп жіберу", Spam: "🚫 Спам", Next: "▶️ Келесі",
		BetterOne: "📌 Басқа мәлімдеме", ShouldAbstain: "🤐 Жауабы жоқ", Needs: "✍️ Мәлімдеме керек", Undo: "↩️ Қайтару", Back: "← Артқа",
		Edit: "✏️ ", Submit: "📨 Әріптеске тексертуге", Publish: "✅ Жариялау", Return: "↩️ Авторға қайтару", Withdraw: "🗑 Қайтып алу", None: "Жоқ", Remind: "🔔 Еске салу",
	},
	Ask: map[string]string{
		"text":    "Не айтылғанын жазыңыз: дереккөздегі сөзге жақын, бағаламай.",
		"speaker": "Мұны кім айтты? Аты-жөнін жазыңыз.",
		"office":  "Сол күні ол кісі қандай қызметте еді? Мекеме айтса, соның атауын жазыңыз.",
		"date":    "Бұл қашан айтылды? Мысалы: 20.03.2026 немесе «бүгін».",
		"url":     "Дереккөзге сілтеме жіберіңіз. Онсыз жариялауға болмайды.",
		"outlet":  "Қайда жарияланды? Мысалы: Kazinform.",
		"title":   "Тақырыбы қандай болсын? Қысқа бір жол.",
		"topic":   "Бұл қай тақырыпқа жатады?",
		"aliases": "Бұл қандай сұрақтарға жауап береді? Әр жолға біреуден жазыңыз.",
	},
	Fields: map[string]string{
		"text": "Мәтін", "speaker": "Кім", "office": "Қызметі", "date": "Күні", "url": "Сілтеме", "outlet": "Басылым", "title": "Тақырып аты", "topic": "Тақырып", "aliases": "Сұрақтар",
	},
	Optional: "Ондай болмаса, сызықша қойыңыз: -",
	BadDate:  "Күнін түсінбедім. Былай жазыңыз: 20.03.2026. Болашақтағы күн болмайды.",
	BadURL:   "Бұл сілтемеге ұқсамайды. Ол https:// деп басталады",
	TooLong:  func(most int) string { return fmt.Sprintf("Тым ұзын: %d таңба ғана сыяды.", most) },
	Draft:    "Мәлімдеменің нобайы",
	Missing:  func(fields string) string { return "Жетпей тұр: " + fields },
	Faulty:   "Бұл күйінде жариялауға болмайды:",
	Doubts:   "Тағы бір қарап шығыңыз:",
	Tried: func(answered, of int) string {
		return fmt.Sprintf("Осымен бот бұл %d сұрақтың %d-іне жауап береді.", of, answered)
	},

	Submitted: func(people int) string {
		return fmt.Sprintf("Тексеруге %d әріптеске жібердім. Жауап бергенде жазамын.", people)
	},
	Nobody: "Тексеретін адам жоқ: екінші модератор не әкімші керек. Нобай сақталды.",
	AskSecond: func(author string) string {
		return "Әріптесіңіз " + author + " мәлімдемені тексеріп беруді сұрайды."
	},
	AskRemove: func(author, id string) string {
		return "Әріптесіңіз " + author + " " + id + " мәлімдемесін алып тастауды ұсынады:"
	},
	AskRevert: func(author string, number int) string {
		return fmt.Sprintf("Әріптесіңіз %s білім базасының %d-нұсқасына қайтуды ұсынады.", author, number)
	},
	Returned:  "Авторға қайтардым.",
	AskWhy:    "Неге қайтарасыз? Авторға бір жолмен жазыңыз.",
	Withdrawn: "Қайтып алынды.",
	Published: func(number int) string {
		return fmt.Sprintf("Жарияланды, %d-нұсқа. Бот бірнеше секундтан кейін жаңаша жауап береді.", number)
	},
	PublishedTo: func(title, who string) string {
		return "«" + title + "» деген мәлімдемеңіз жарияланды. Тексерген: " + who + "."
	},
	ReturnedTo: func(title, why string) string {
		return "«" + title + "» деген мәлімдемеңіз қайтарылды: " + why
	},
	Replay: func(turned, of int) string {
		return fmt.Sprintf("Бұрын жауабы жоқ еді, енді бар: %d / %d", turned, of)
	},
	Refusals: map[string]string{
		"state": "Бұл шешіліп қойған: әріптесіңіз үлгеріпті.", "role": "Бұған модератор рөлі керек.", "second": "Өз мәлімдемеңізді басқа адам жариялайды.",
		"faulty": "Бұл күйінде жариялауға болмайды:", "no_change": "Бұл базада бар.", "old": "Бұл нұсқа енді сақталмайды.", "no_such": "Ондай нобай жоқ.",
		"too_large": "Білім базасы тым үлкен болып кетер еді.", "went_wrong": "Бұл мәлімдемемен білім базасы жиналмайды. Ештеңе жарияланған жоқ.",
	},
	Help: "/queue – сұрақтарды қарау: бот дұрыс жауап берді ме, не сұрап, жауап ала алмай жатыр, жетпей тұрған мәлімдемені жазу\n/stats – қанша сұрақ келіп, бот жауап беріп жатыр ма",
	Stats: Stats{
		Today: "Бүгін", Yesterday: "Кеше", Week: "Бір аптада", None: "сұрақ болған жоқ",
		Line: func(questions int, answered, abstained string, up, down int) string {
			return fmt.Sprintf("%d сұрақ, жауап алғаны %s, жауапсыз қалғаны %s, 👍 %d 👎 %d", questions, answered, abstained, up, down)
		},
		Waiting: func(n int) string { return fmt.Sprintf("Қарауды күтіп тұр: %d (/queue)", n) },
	},
	Digest: Digest{
		Head:       func(date string) string { return "Күндік шолу, " + date },
		Unanswered: "Ең жиі сұралатын, бірақ жауабы жоқ сұрақтар:",
		Published: func(n int) string {
			return fmt.Sprintf("Соңғы тәулікте білім базасы %d рет жаңарды.", n)
		},
		Button: "🔔 Күн сайынғы шолу", Off: "керек емес",
		Ask:   "Күндік шолуды сағат нешеде жіберейін? Астана уақыты.",
		Never: "Жақсы, шолу жібермеймін.",
		At: func(hour string) string {
			return "Күн сайын сағат " + hour + "-де шолу жіберемін."
		},
	},
}
