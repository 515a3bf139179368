package texts

import (
	"fmt"

	"refbot/knowledge/language"
)

var kazakhBroadcast = Broadcast{
	OnlyIn: map[language.Code]string{
		language.Russian: "Бұл хабарлама әзірге тек орыс тілінде.",
		language.English: "Бұл хабарлама әзірге тек ағылшын тілінде.",
	},

	AskText: "Жазылушыларға арналған мәтінді жіберіңіз, фото не файл қоса аласыз. " +
		"Бірден ешкімге кетпейді: алдымен қалай көрінетінін көресіз, сосын әріптесіңіз мақұлдайды.",
	Templates: map[string]string{"vote": "📋 Үлгі: дауыс беру күні", "fix": "📋 Үлгі: нақтылау"},
	TemplateVote: func(campaign, date string) string {
		return campaign + ": дауыс беру күні – " + date + ". Қайда және қалай дауыс беруге болатынын осы боттан сұраңыз, ол ресми мәлімдемелердің сөзімен жауап береді."
	},
	TemplateFix: "Бұрын айтқанымызды нақтылаймыз: …",
	None:        "Әзірге бірде-бір хабарлама жоқ. Бастау: /broadcast",
	List:        "Хабарламаларыңыз, жаңасы жоғарыда:",
	Gone:        "Бұл енді жоқ. Барлық хабарлама: /broadcasts",

	States: map[string]string{
		"draft": "Қаралама", "submitted": "Мақұлдауды күтіп тұр", "approved": "Мақұлданды", "scheduled": "Уақыты белгіленді",
		"sending": "Жіберіліп жатыр", "paused": "Кідіріп тұр", "finished": "Жіберілді", "cancelled": "Тоқтатылды", "expired": "Жіберілмеді: уақыты өтіп кетті",
	},
	IsRecall:     func(id string) string { return "жіберілген " + id + " өшіріледі" },
	IsCorrection: func(id string) string { return "жіберілген " + id + " түзетіледі" },
	Author:       "Авторы:",
	Reach:        func(_ int, written string) string { return "Алатындар: " + written + " адам" },
	Corrects:     func(_ int, written string) string { return "Өзгеретіні: " + written + " адамда" },
	Recalls:      func(_ int, written string) string { return "Өшетіні: " + written + " адамда" },
	NobodyYet:    "Мұндай жазылушы әзірге жоқ",
	Length: func(name, units, limit string) string {
		return name + ": " + units + " / " + limit + " таңба"
	},
	Instead: func(name, other string) string {
		return name + ": басқа тілдегі мәтінді көреді (" + other + ")"
	},
	LeftOut: func(name string) string { return name + ": ештеңе алмайды" },
	AtOnce:  "Мақұлданған бойда кетеді",
	At: func(at, until string) string {
		return "Кететін уақыты: " + at + ", ең кеші: " + until
	},
	ItIsNight:   func(clock string) string { return "(қазір түн, " + clock + ")" },
	ThenIsNight: "(бұл түнгі уақыт)",
	Cut:         "Мәтін мұнда толық емес: толығын көру үшін өзіңізге жіберіп көріңіз.",
	Override: func(why string) string {
		return "Тыныштық кезеңінде рұқсат етілді: " + why
	},
	Doubts: map[string]func(string) string{
		"claim": func(what string) string {
			return "«" + what + "»: тіркелген мәлімдемелерде бұл жоқ"
		},
		"link": func(what string) string { return "Сілтеме ресми сайтқа апармайды: " + what },
		"leads": func(what string) string {
			return "Сілтеме ресми сайттан басқа жаққа апарады: " + what
		},
		"dead": func(what string) string {
			return "Сілтеме ашылмайды, онда ештеңе жоқ: " + what
		},
		"same": func(what string) string {
			return "Дәл осындай хабарлама жақында жіберілген: " + what
		},
		"advice": func(what string) string {
			return "Қалай дауыс беруге үндеген сияқты («" + what + "»). Мұны тек әкімші мақұлдай алады"
		},
	},
	Tested:        "Өзіңізге жібердім: жазылушылар осылай көреді",
	NothingToShow: "Көрсететін ештеңе жоқ: хабарламалар өшіріледі",

	AskLanguage: "Мәтінді қай тілде жазасыз?",
	AskFallback: "Адамның өз тілінде мәтін болмаса, мынаны алады:",
	AskTextIn:   func(name string) string { return "Мәтінді жіберіңіз. Тілі: " + name + "." },
	AskFile:     "Фото не файл жіберіңіз, ол мәтіннің үстінде тұрады. Ондайда мәтін 1024 таңбадан аспауы керек.",
	AskButton:   "Батырманың жазуы мен сілтемесін бір жолға жазыңыз, мысалы: Қайда дауыс беруге болады https://www.election.gov.kz",
	AskStatement: "Мәлімдеме не туралы? Бірнеше сөз не нөмірін жазыңыз. Сәйкес келетінін көрсетемін: " +
		"❝ – сөзін иесімен бірге қосады, 🔗 – батырма қосады.",
	PickStatement: "Таңдаңыз: ❝ – сөзін қосу, 🔗 – батырма қосу. Немесе басқаша жазып көріңіз.",
	NoStatement:   "Ештеңе табылмады. Басқаша жазып көріңізші.",
	ReadMore:      "📄 Толығырақ",
	AskAudience:   "Кімге жібереміз? Ештеңе таңдалмаса, бәріне кетеді.",
	AskRegions:    "Қай өңірлерге? Тек өз өңірін айтқан адамдар алады.",
	Since: func(days int) string {
		if days == 1 {
			return "кешеден бергі"
		}
		return fmt.Sprintf("%d күндегі", days)
	},
	SinceDate: func(date string) string { return date + " күнінен бері жазылғандар" },
	AskMoment: func(zone, now string) string {
		return "Қашан жібереміз? Таңдаңыз не жазыңыз, мысалы 18:30 немесе 15.03 09:00. Уақыт белдеуі – " + zone + ", қазір " + now + "."
	},
	AskLate: "Бірдеңе кедергі болса, қанша кешігіп жіберуге болады?",
	BadTime: "Уақытты түсінбедім. Мысалы, 18:30 немесе 15.03 09:00 деп жазыңыз; ол әлі келмеген уақыт болсын.",
	Late: func(minutes int) string {
		if minutes < 60 {
			return fmt.Sprintf("%d мин", minutes)
		}
		return fmt.Sprintf("%d сағ", minutes/60)
	},
	AskReason: "Қазір тыныштық кезеңі. Сонда да неге жіберу керегін жазыңыз: себебі журналда қалады.",

	Asked: func(n int) string {
		return fmt.Sprintf("Мақұлдауға жібердім: %d әріптесіңізге. Жауап берсе, хабарлаймын.", n)
	},
	NobodyApproves: "Мұны мақұлдайтын адам жоқ: ботқа бұрын жазған, рөлі бар екінші адам керек. Рөлді әкімші береді: /grant",
	PleaseApprove:  "Мақұлдауыңызды сұрайды",
	NightAsk: func(at string) string {
		return "Бұл түнде кетеді: " + at + ". Шынымен түнде жіберейік пе?"
	},
	NightToast: "Қазір түн. Түнде жіберу керек болса, тағы бір рет басыңыз.",
	Outdated:   "Мәтін содан бері өзгерді. Қазіргісі мынау.",
	Approved:   "Мақұлданды",
	Withdrawn: func(html string) string {
		return html + " өзгертілді не тоқтатылды. Енді мақұлдаудың қажеті жоқ."
	},
	ApprovedBy: func(html, who string) string { return html + ": " + who + " мақұлдады." },
	Returned:   func(html, who string) string { return html + ": " + who + " толықтыруды сұрайды." },
	BeginsNow:  "Жіберу басталды.",
	BeginsAt:   func(at string) string { return "Жіберу уақыты: " + at + "." },

	SentOf:      func(n, of string) string { return "Жетті: " + n + " / " + of + " адам" },
	CorrectedOf: func(n, of string) string { return "Түзетілді: " + n + " / " + of + " адамда" },
	RecalledOf:  func(n, of string) string { return "Өшірілді: " + n + " / " + of + " адамда" },
	Unreachable: "Жету мүмкін емес (ботты бұғаттаған не өшірілген)",
	Failed:      "Жіберілмеді",
	Unknown:     "Жеткені белгісіз",
	Starting:    "Бастап жатырмын…",
	Pace:        func(rate, left string) string { return "секундына " + rate + ", қалғаны " + left },
	UnderMinute: "бір минуттан аз",
	Minutes:     func(n int) string { return fmt.Sprintf("%d мин", n) },
	Hours:       func(h, m int) string { return fmt.Sprintf("%d сағ %d мин", h, m) },
	Paused: map[string]string{ //nolint:gosec // sentences, no credentials
		"hand": "Батырмамен тоқтатылды.", "errors": "Қате тым көп болғандықтан тоқтады. Мәтінді қарап шығыңыз да, жалғастырыңыз не біржола тоқтатыңыз.",
		"content": "Telegram бұл мәтінді, батырманы не файлды қабылдамайды, сондықтан тоқтады. Көшірмесін жасап, түзетіңіз.",
		"token":   "Telegram ботты танымай тұр, сондықтан тоқтады. Сервер әкімшісі керек.",
		"quiet":   "Тыныштық кезеңі басталды, сондықтан тоқтады.",
	},
	WhyExpired: map[string]string{
		"": "Уақытында бастай алмадық, ал кейін жіберудің мәні болмады. Көшірмесін жасай аласыз.", "quiet": "Басталатын уақыты тыныштық кезеңіне түсті. Көшірмесін жасай аласыз.",
	},
	WhyUnknown: "Хабарлама кетіп жатқанда байланыс үзілді: бұл адамдарға жеткен де, жетпеген де болуы мүмкін. Қайта жіберуді өзіңіз шешесіз.",
	RecallUntil: func(at, left string) string {
		return "Қайтарып алу мерзімі: " + at + ", қалғаны " + left
	},
	NotSent: "Кезекте қалды",
	Table:   "Осының кестесі.",

	BadState: func(state string) string {
		return "Қазір олай болмайды. Хабарламаның күйі: " + state + "."
	},
	Quiet: func(until string) string {
		return "Қазір тыныштық кезеңі, хабарлама таратылмайды. Кезең аяқталады: " + until + "."
	},
	QuietAdmin: "Себебін жазып, рұқсат бере аласыз: «Рұқсат беру» батырмасы.",
	TooLate:    func(at string) string { return "Кеш болды: мерзімі " + at + " еді." },
	TooLong: func(by int) string {
		return fmt.Sprintf("Тым ұзын: %d таңба қысқартып, қайта жіберіңіз.", by)
	},
	TelegramRefuses: "Telegram мұндай хабарламаны қабылдамайды. Мәтінін, батырмасын, файлын тексеріңіз.",
	Faults: map[string]func(tag, near string) string{
		"unknown_tag": func(tag, near string) string { return "Telegram-да <" + tag + "> тегі жоқ: «" + near + "»." },
		"not_closed":  func(tag, near string) string { return "<" + tag + "> тегі жабылмаған: «" + near + "»." },
		"not_opened": func(tag, near string) string {
			return "</" + tag + "> тегі ашылмай жабылған: «" + near + "»."
		},
		"crossed": func(tag, near string) string {
			return "Алдымен <" + tag + "> тегін жабыңыз: «" + near + "»."
		},
		"bad_link": func(_, near string) string {
			return "Сілтеме https:// деп басталып, сайтқа апаруы керек: «" + near + "»."
		},
		"bad_tag": func(tag, near string) string {
			return "<" + tag + "> тегі соңына дейін жазылмаған не артығы бар: «" + near + "»."
		},
		"inside": func(tag, near string) string {
			return "<" + tag + "> тегі бұл жерде тұра алмайды: «" + near + "»."
		},
	},
	SendAgain: "Түзетіп, мәтінді қайта жіберіңіз.",
	Refusals: map[string]string{
		"same_person": "Өзіңіз жазған мәтінді басқа адам мақұлдайды.",
		"needs_admin": "Мұны тек әкімші жасай алады.",
		"outdated":    "Мәтін содан бері өзгерді.",
		"no_text":     "Мұнда мәтін керек.",
		"nobody":      "Алатын адам жоқ: бұл адамдардың тілінде мәтін жазылмаған.",
		"nothing":     "Қайта жіберетін ешкім жоқ: бәріне жеткен-жетпегені белгілі.",
	},

	Help: "Жазылушыларға жазатындарға\n\n" +
		"/broadcast – жаңа хабарлама. Мәтінді командадан кейін бірден жаза аласыз. Кез келген сәтте қоя салуға болады: қаралама сақталады.\n" +
		"/broadcasts – барлық хабарлама: жалғастыру, көшіру, түзету, қайтарып алу.\n\n" +
		"Қалай болады: жазасыз, өзіңізге жіберіп тексересіз («Өзіме»), мақұлдауға жібересіз. Екінші адам дәл мәтінді және кімге кететінін көреді. " +
		"Кез келген өзгеріс мақұлдаудың күшін жояды. Сосын хабарлама бірден не белгіленген уақытта кетеді, барысын көріп отырасыз, соңында есеп аласыз.\n\n" +
		"Тыныштық кезеңінде хабарлама таратылмайды. Түнде, 22-ден 9-ға дейін, бот қайта сұрайды. Қалай дауыс беруді айтпаймыз.\n\n" +
		"Қалың, көлбеу жазу мен сілтемені Telegram-ның өзінде жасаңыз немесе тегпен жазыңыз: <b>, <i>, <u>, <s>, <a href=\"…\">, <blockquote>.",
	Button: BroadcastButtons{
		Regions:  "📍 Өңірлер",
		Continue: "▶️ ", List: "Барлық хабарлама", Back: "← Артқа", Ready: "Дайын", Open: "Ашу",
		Test: "✉️ Өзіме", Submit: "✅ Мақұлдауға", Remind: "🔔 Еске салу", Edit: "✏️ Өзгерту", Cancel: "🗑 Тоқтату", Override: "🔓 Тыныштықта рұқсат беру",
		Text: "✏️ Мәтін", Statement: "❝ Мәлімдеме", File: "🖼 Фото, файл", Link: "🔗 Батырма", Audience: "👥 Кімге", Moment: "🕘 Қашан",
		Write: "➕ ", Rewrite: "✏️ ", Nothing: "ештеңе", NoFile: "Файлсыз", NoLinks: "Батырмаларды алу",
		AtOnce:  "Бірден",
		Approve: "✅ Мақұлдау", ApproveAtNight: "🌙 Иә, түнде жіберілсін", Return: "↩️ Толықтыруға",
		Pause: "⏸ Кідірту", Resume: "▶️ Жалғастыру", Stop: "⏹ Біржола тоқтату",
		Again:   func(n string) string { return "❓ Оларға қайта жіберу (" + n + ")" },
		Correct: "✏️ Бәрінде түзету", Recall: "🗑 Қайтарып алу", Copy: "📄 Көшірме", Table: "📊 Кесте",
	},
}
