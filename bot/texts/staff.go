package texts

// Staff is what only people with a role read.
type Staff struct {
	Roles         map[string]string // by the role's name in commands
	WhoAmI        func(id, roles string) string
	GrantUsage    string
	RevokeUsage   string
	Granted       func(id, role string) string
	HasAlready    func(id, role string) string
	Revoked       func(id, roles string) string
	HadNone       func(id string) string
	Fixed         func(id, roles string) string // roles that only the settings can take
	LLMTrouble    func(usedUp, refused bool) string
	DashboardLink func(minutes string) string
	HelpDashboard string
}

var russianStaff = Staff{
	Roles: map[string]string{"moderator": "модератор", "outreach": "рассылки", "admin": "администратор"},
	WhoAmI: func(id, roles string) string {
		return "Ваш номер в Telegram: " + id + ". Ваши роли: " + roles + "."
	},
	GrantUsage:  "Чтобы дать роль, напишите номер человека и роль: /grant 123456789 moderator. Роли: moderator, outreach, admin.",
	RevokeUsage: "Чтобы забрать роль, напишите номер человека и роль: /revoke 123456789 moderator. Без роли заберу все.",
	Granted: func(id, role string) string {
		return "Готово. У " + id + " теперь есть роль: " + role + "."
	},
	HasAlready: func(id, role string) string { return "У " + id + " уже есть роль: " + role + "." },
	Revoked:    func(id, roles string) string { return "Готово. Забрал у " + id + ": " + roles + "." },
	HadNone:    func(id string) string { return "У " + id + " такой роли и не было." },
	Fixed: func(id, roles string) string {
		return "Осталось у " + id + ": " + roles + ". Это задано в настройках сервера, убрать можно только там."
	},
	LLMTrouble: func(usedUp, refused bool) string {
		return "Ответы пока идут цитатами, без пересказа: " + choose(usedUp, refused, "дневной запас языковой модели закончился.",
			"языковая модель не принимает ключ или название модели. Проверьте OPENAI_API_KEY и OPENAI_MODEL.", "языковая модель не отвечает.")
	},
	DashboardLink: func(minutes string) string {
		return "Ваша ссылка на рабочую страницу. Она откроется один раз, в течение " + minutes + " минут, и только для вас: никому её не пересылайте."
	},
	HelpDashboard: "/dashboard – рабочая страница в браузере",
}

var kazakhStaff = Staff{
	Roles: map[string]string{"moderator": "модератор", "outreach": "хабарлама таратушы", "admin": "әкімші"},
	WhoAmI: func(id, roles string) string {
		return "Telegram-дағы нөміріңіз: " + id + ". Рөлдеріңіз: " + roles + "."
	},
	GrantUsage:  "Рөл беру үшін адамның нөмірі мен рөлін жазыңыз: /grant 123456789 moderator. Рөлдер: moderator, outreach, admin.",
	RevokeUsage: "Рөлді алып тастау үшін адамның нөмірі мен рөлін жазыңыз: /revoke 123456789 moderator. Рөл жазылмаса, бәрін алып тастаймын.",
	Granted: func(id, role string) string {
		return "Дайын. " + id + " енді мына рөлде: " + role + "."
	},
	HasAlready: func(id, role string) string { return id + " онсыз да мына рөлде: " + role + "." },
	Revoked: func(id, roles string) string {
		return "Дайын. " + id + " мына рөлден босатылды: " + roles + "."
	},
	HadNone: func(id string) string { return id + " ондай рөлде болмаған." },
	Fixed: func(id, roles string) string {
		return id + " мына рөлде қалды: " + roles + ". Ол сервер баптауында жазылған, тек сол жерден алынады."
	},
	LLMTrouble: func(usedUp, refused bool) string {
		return "Әзірге жауаптар қайта айтылмай, дәйексөзбен беріліп тұр: " + choose(usedUp, refused, "тілдік модельдің күндік қоры таусылды.",
			"тілдік модель кілтті немесе модель атауын қабылдамады. OPENAI_API_KEY мен OPENAI_MODEL дұрыс па, қараңыз.", "тілдік модель жауап бермейді.")
	},
	DashboardLink: func(minutes string) string {
		return "Жұмыс бетіне сілтемеңіз. Ол " + minutes + " минут ішінде бір-ақ рет, тек Сізге ашылады: ешкімге жібермеңіз."
	},
	HelpDashboard: "/dashboard – браузердегі жұмыс беті",
}

var englishStaff = Staff{
	Roles:       map[string]string{"moderator": "moderator", "outreach": "outreach", "admin": "administrator"},
	WhoAmI:      func(id, roles string) string { return "Your Telegram number is " + id + ". Your roles: " + roles + "." },
	GrantUsage:  "To give a role, write the person's number and the role: /grant 123456789 moderator. Roles: moderator, outreach, admin.",
	RevokeUsage: "To take a role, write the person's number and the role: /revoke 123456789 moderator. Without a role I take them all.",
	Granted:     func(id, role string) string { return "Done. " + id + " now has the role: " + role + "." },
	HasAlready:  func(id, role string) string { return id + " already has the role: " + role + "." },
	Revoked:     func(id, roles string) string { return "Done. Taken from " + id + ": " + roles + "." },
	HadNone:     func(id string) string { return id + " had no such role." },
	Fixed: func(id, roles string) string {
		return id + " still has: " + roles + ". That is in the server's settings and can only be taken there."
	},
	LLMTrouble: func(usedUp, refused bool) string {
		return "Answers are quotations for now: " + choose(usedUp, refused, "the language model's allowance for today is used up.",
			"the language model refuses the key or the model's name. Check OPENAI_API_KEY and OPENAI_MODEL.", "the language model does not answer.")
	},
	DashboardLink: func(minutes string) string {
		return "Your link to the dashboard. It opens once, within " + minutes + " minutes, and only for you: do not pass it on."
	},
	HelpDashboard: "/dashboard – the dashboard in your browser",
}

// choose picks what to say of the language model.
func choose(usedUp, refused bool, allowance, key, silence string) string {
	switch {
	case usedUp:
		return allowance
	case refused:
		return key
	}
	return silence
}
