package bot

import "time"

// Event is something a person did, as a door reports it.
type Event struct {
	Kind    EventKind
	Person  Person
	Chat    Chat
	Message int // id of the person's message, or of the message whose button was pressed

	Text    string // Asked, Edited: the question without the bot's mention; Inline: the query
	Command string // Commanded: the name without "/", in lower case
	Args    string // Commanded: what follows the name
	Data    string // Pressed: callback data, foreign text
	Query   string // Pressed, Inline: the query's id
	Offset  string // Inline: where the next page starts

	// Of messages and commands, which only staff who write to subscribers use.
	HTML            string // Text or Args with the formatting the person's app gave it; "" when it has none
	Photo, Document string // Media: the messenger's id of the file; Text is then its caption

	Voice *Voice // Media: a voice message; nil for everything else

	At   time.Time // when the person did it, or else when the door heard of it; zero when unknown
	Late bool      // Pressed: Telegram takes no answer to the press any more
}

// EventKind tells events apart.
type EventKind uint8

// The kinds of events.
const (
	Asked     EventKind = iota // a text message to the bot
	Edited                     // the text message was edited
	Commanded                  // "/name args"
	Pressed                    // an inline button
	Inline                     // "@bot text" typed in any chat
	Media                      // a photo, sticker, voice message or anything else without text
	Joined                     // the bot was added to a group
	Blocked                    // the person blocked the bot, or the group removed it
	Unblocked                  // the person unblocked it
)

// Person is who did it. Nothing of it but the id is stored, and the id only as a keyed hash.
type Person struct {
	ID           int64
	LanguageCode string // IETF tag of the person's app, foreign text
}

// Chat is where a reply goes.
type Chat struct {
	ID    int64
	Group bool
}
