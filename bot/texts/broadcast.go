package texts

import "refbot/knowledge/language"

// Broadcast is what people read about messages to subscribers: the subscribers themselves, and the staff who
// write, approve and watch them.
type Broadcast struct {
	OnlyIn map[language.Code]string // above a message in another language
}
