package texts

import "refbot/knowledge/language"

var englishBroadcast = Broadcast{
	OnlyIn: map[language.Code]string{
		language.Kazakh:  "For now this message is in Kazakh only.",
		language.Russian: "For now this message is in Russian only.",
	},
}
