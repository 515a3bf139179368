package texts

import (
	"fmt"

	"refbot/knowledge/language"
)

var englishBroadcast = Broadcast{
	OnlyIn: map[language.Code]string{
		language.Kazakh:  "For now this message is in Kazakh only.",
		language.Russian: "For now this message is in Russian only.",
	},

	AskText: "Send the text for subscribers, with a photo or a file if you like. " +
		"Nothing goes out at once: first you see how it looks, then a colleague approves it.",
	Templates: map[string]string{"vote": "📋 Template: voting day", "fix": "📋 Template: a correction"},
	TemplateVote: func(campaign, date string) string {
		return campaign + ": voting is on " + date + ". Ask this bot how and where to vote: it answers with official statements."
	},
	TemplateFix: "A correction of what we said before: …",
	None:        "There are no broadcasts yet. Begin with /broadcast",
	List:        "Your broadcasts, newest first:",
	Gone:        "That is gone. All broadcasts: /broadcasts",

	States: map[string]string{
		"draft": "Draft", "submitted": "Waiting for approval", "approved": "Approved", "scheduled": "Scheduled",
		"sending": "Being sent", "paused": "Paused", "finished": "Sent", "cancelled": "Cancelled", "expired": "Not sent: too late",
	},
	IsRecall:     func(id string) string { return "deletes the sent " + id },
	IsCorrection: func(id string) string { return "corrects the sent " + id },
	Author:       "Author:",
	Reach: func(n int, written string) string {
		if n == 1 {
			return "Reaches 1 person"
		}
		return "Reaches " + written + " people"
	},
	Corrects: func(n int, written string) string {
		if n == 1 {
			return "Changes for 1 person"
		}
		return "Changes for " + written + " people"
	},
	Recalls: func(n int, written string) string {
		if n == 1 {
			return "Disappears for 1 person"
		}
		return "Disappears for " + written + " people"
	},
	NobodyYet:   "No such subscribers yet",
	Length:      func(name, units, limit string) string { return name + ": " + units + " of " + limit + " characters" },
	Instead:     func(name, other string) string { return name + ": get the text in another language (" + other + ")" },
	LeftOut:     func(name string) string { return name + ": get nothing" },
	AtOnce:      "Goes out as soon as it is approved",
	At:          func(at, until string) string { return "Goes out on " + at + ", not after " + until },
	ItIsNight:   func(clock string) string { return "(it is night now, " + clock + ")" },
	ThenIsNight: "(that is at night)",
	Cut:         "Not the whole text: send it to yourself to see all of it.",
	Override:    func(why string) string { return "Allowed in the quiet period: " + why },
	Doubts: map[string]func(string) string{
		"claim": func(what string) string { return "“" + what + "” is in none of the linked statements" },
		"link":  func(what string) string { return "Not a link to an official site: " + what },
		"leads": func(what string) string { return "The link leads away from the official site: " + what },
		"dead":  func(what string) string { return "There is nothing behind the link: " + what },
		"same":  func(what string) string { return "The same was sent recently: " + what },
		"advice": func(what string) string {
			return "Sounds like telling people how to vote (“" + what + "”). Only an administrator can approve it"
		},
	},
	Tested:        "Sent to you: this is what subscribers will see",
	NothingToShow: "Nothing to show: messages will be deleted",

	AskLanguage: "In which language will you write or rewrite the text?",
	AskFallback: "People for whose language there is no text get:",
	AskTextIn:   func(name string) string { return "Send the text. Language: " + name + "." },
	AskFile:     "Send a photo or a file, it will stand above the text. The text may then have 1,024 characters.",
	AskButton:   "Send the button's caption and its link in one line, for example: Where to vote https://www.election.gov.kz",
	AskStatement: "What is the statement about? Write a few words, or its number. I will show what fits: " +
		"❝ inserts the words and who said them, 🔗 adds a button.",
	PickStatement: "Choose: ❝ inserts the words, 🔗 adds a button. Or try other words.",
	NoStatement:   "Nothing found. Please try other words.",
	ReadMore:      "📄 Read more",
	AskAudience:   "Who shall get it? With nothing chosen, everybody does.",
	AskRegions:    "Which regions? Only people who named theirs will get it.",
	Since: func(days int) string {
		if days == 1 {
			return "since yesterday"
		}
		return fmt.Sprintf("last %d days", days)
	},
	SinceDate: func(date string) string { return "subscribed since " + date },
	AskMoment: func(zone, now string) string {
		return "When shall it go out? Choose, or write for example 18:30 or 15.03 09:00. Times are " + zone + ", now it is " + now + "."
	},
	AskLate: "If something gets in the way: how late does it still make sense?",
	BadTime: "I did not understand the time. Write for example 18:30 or 15.03 09:00; it must be still to come.",
	Late: func(minutes int) string {
		if minutes < 60 {
			return fmt.Sprintf("%d min", minutes)
		}
		return fmt.Sprintf("%d h", minutes/60)
	},
	AskReason: "This is the quiet period. Write why it has to go out all the same: the reason stays on record.",

	Asked: func(n int) string {
		if n == 1 {
			return "Asked 1 colleague for approval. I will tell you the answer."
		}
		return fmt.Sprintf("Asked %d colleagues for approval. I will tell you the answer.", n)
	},
	NobodyApproves: "Nobody can approve this: it takes a second person with a role who has written to the bot before. An administrator gives roles: /grant",
	PleaseApprove:  "Your approval is asked for",
	NightAsk:       func(at string) string { return "This goes out at night, " + at + ". Do you want that?" },
	NightToast:     "It is night. Press again if it has to go out at night.",
	Outdated:       "The text has changed since. Here it is now.",
	Approved:       "Approved",
	Withdrawn:      func(html string) string { return html + " was changed or cancelled. It needs no approval any more." },
	ApprovedBy:     func(html, who string) string { return html + " was approved by " + who + "." },
	Returned:       func(html, who string) string { return who + " asks you to rework " + html + "." },
	BeginsNow:      "Sending begins.",
	BeginsAt:       func(at string) string { return "Sending begins on " + at + "." },

	SentOf:      func(n, of string) string { return n + " of " + of + " delivered" },
	CorrectedOf: func(n, of string) string { return n + " of " + of + " corrected" },
	RecalledOf:  func(n, of string) string { return n + " of " + of + " deleted" },
	Unreachable: "Unreachable (blocked the bot, or gone)",
	Failed:      "Could not be sent",
	Unknown:     "Unknown whether it arrived",
	Starting:    "Starting…",
	Pace:        func(rate, left string) string { return rate + " a second, " + left + " left" },
	UnderMinute: "less than a minute",
	Minutes:     func(n int) string { return fmt.Sprintf("%d min", n) },
	Hours:       func(h, m int) string { return fmt.Sprintf("%d h %d min", h, m) },
	Paused: map[string]string{
		"hand": "Paused with the button.", "errors": "Paused: too many errors. Look at the text, then go on or stop for good.",
		"content": "Paused: Telegram does not take this text, button or file. Make a copy and mend it.",
		"token":   "Paused: Telegram does not know the bot. The server's administrator is needed.",
		"quiet":   "Paused: the quiet period has begun.",
	},
	WhyExpired: map[string]string{
		"": "It could not begin in time, and later it made no sense. You can make a copy.", "quiet": "Its time fell into the quiet period. You can make a copy.",
	},
	WhyUnknown:  "The connection broke while the message was on its way: these people may have it or not. Sending again is for you to decide.",
	RecallUntil: func(at, left string) string { return "Can be recalled until " + at + ", " + left + " left" },
	NotSent:     "Not sent",
	Table:       "The same as a table.",

	BadState:   func(state string) string { return "That is not possible now. The broadcast is: " + state + "." },
	Quiet:      func(until string) string { return "This is the quiet period: no broadcasts until " + until + "." },
	QuietAdmin: "You can allow it and say why: the button “Allow”.",
	TooLate:    func(at string) string { return "Too late: that was possible until " + at + "." },
	TooLong: func(by int) string {
		return fmt.Sprintf("Too long by %d characters. Shorten it and send it again.", by)
	},
	TelegramRefuses: "Telegram does not take this message. Check the text, the buttons and the file.",
	Faults: map[string]func(tag, near string) string{
		"unknown_tag": func(tag, near string) string { return "Telegram has no tag <" + tag + ">: “" + near + "”." },
		"not_closed":  func(tag, near string) string { return "The tag <" + tag + "> is not closed: “" + near + "”." },
		"not_opened":  func(tag, near string) string { return "The tag </" + tag + "> closes nothing: “" + near + "”." },
		"crossed":     func(tag, near string) string { return "Close <" + tag + "> first: “" + near + "”." },
		"bad_link": func(_, near string) string {
			return "A link begins with https:// and leads to a site: “" + near + "”."
		},
		"bad_tag": func(tag, near string) string {
			return "The tag <" + tag + "> is not complete, or says too much: “" + near + "”."
		},
		"inside": func(tag, near string) string { return "<" + tag + "> cannot stand here: “" + near + "”." },
	},
	SendAgain: "Mend it and send the text again.",
	Refusals: map[string]string{
		"same_person": "What you wrote is approved by somebody else.",
		"needs_admin": "Only an administrator can do that.",
		"outdated":    "The text has changed since.",
		"no_text":     "This needs a text.",
		"nobody":      "Nobody would get it: there is no text in the language of these people.",
		"nothing":     "Nobody to send it to again: it is known of everybody whether they have it.",
	},

	Help: "For those who write to subscribers\n\n" +
		"/broadcast – a new message. The text may follow the command at once. Leave it whenever you like: the draft stays.\n" +
		"/broadcasts – all messages: go on, copy, correct, recall.\n\n" +
		"How it goes: you write, look at it yourself (“To me”), and ask for approval. A second person sees the exact text and who gets it. " +
		"Any change withdraws the approval. Then it goes out, at once or at its time; you see how it goes and get a report.\n\n" +
		"There are no broadcasts in the quiet period. At night, from 22 to 9, the bot asks first. We never say how to vote.\n\n" +
		"Make bold, italics and links in Telegram itself, or with tags: <b>, <i>, <u>, <s>, <a href=\"…\">, <blockquote>.",
	Button: BroadcastButtons{
		Regions:  "📍 Regions",
		Continue: "▶️ ", List: "All broadcasts", Back: "← Back", Ready: "Done", Open: "Open",
		Test: "✉️ To me", Submit: "✅ Ask for approval", Remind: "🔔 Remind", Edit: "✏️ Change", Cancel: "🗑 Cancel", Override: "🔓 Allow in the quiet period",
		Text: "✏️ Text", Statement: "❝ Statement", File: "🖼 Photo, file", Link: "🔗 Button", Audience: "👥 Who", Moment: "🕘 When",
		Write: "➕ ", Rewrite: "✏️ ", Nothing: "nothing", NoFile: "No file", NoLinks: "Remove the buttons",
		AtOnce:  "At once",
		Approve: "✅ Approve", ApproveAtNight: "🌙 Yes, send it at night", Return: "↩️ Needs work",
		Pause: "⏸ Pause", Resume: "▶️ Go on", Stop: "⏹ Stop for good",
		Again:   func(n string) string { return "❓ Send to them again (" + n + ")" },
		Correct: "✏️ Correct for all", Recall: "🗑 Recall", Copy: "📄 Copy", Table: "📊 Table",
	},
}
