package texts

import "refbot/knowledge/language"

var russianBroadcast = Broadcast{
	OnlyIn: map[language.Code]string{
		language.Kazakh:  "Это сообщение пока есть только на казахском языке.",
		language.English: "Это сообщение пока есть только на английском языке.",
	},
}
