package texts

import "refbot/knowledge/language"

var kazakhBroadcast = Broadcast{
	OnlyIn: map[language.Code]string{
		language.Russian: "Бұл хабарлама әзірге тек орыс тілінде.",
		language.English: "Бұл хабарлама әзірге тек ағылшын тілінде.",
	},
}
