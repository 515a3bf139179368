package texts

import (
	"fmt"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

var english = Catalog{
	Code: language.English,
	Name: "English",

	Greeting: func(campaign string) string {
		return "Hello! I tell you what has officially been said about “" + campaign + "”: who said it, when, and where to read it. " +
			"I have no opinion, and I never advise how to vote."
	},
	GreetingExamples: "Ask in your own words, in Kazakh, Russian or English. For example:",
	GroupGreeting: func(username string) string {
		return "Hello! In a group I answer when you speak to me: @" + username + " and a question, or a reply to my message."
	},
	Help: "Write your question the way you would ask a neighbour: typos, lower case and Latin letters are fine. " +
		"I find the official statement and show who said it and when, with the link. If there is none, I say so.",
	HelpCommands: "What else I can do:",
	HelpInline: func(username string) string {
		return "In any chat, type @" + username + " and a question to send a statement to the person you talk to."
	},
	UnknownCommand:   "I don’t know that command. Just write your question, or see what I can do: /help",
	Description:      "I answer questions about the constitutional reform and the referendum with official statements: what was said, by whom, when, with the link. Ask in Kazakh, Russian or English. I hold no opinion and never advise how to vote.",
	ShortDescription: "What has officially been said about the new Constitution and the referendum: who, when, where.",
	Commands: []Command{
		{"start", "start over"},
		{"topics", "choose a topic"},
		{"lang", "choose the language"},
		{"subscribe", "get news"},
		{"unsubscribe", "stop the news"},
		{"help", "what I can do"},
		{"privacy", "what I keep about you"},
		{"mydata", "send me my data"},
		{"forget", "delete my data"},
	},
	Examples: []string{"When is the referendum?", "Who can vote abroad?", "What is the Halyk Kenesi?"},

	TopicsTitle: "What would you like to know about?",
	TopicEmpty:  "There are no statements on this topic yet.",
	TopicCount: func(n int) string {
		if n == 1 {
			return "1 statement"
		}
		return fmt.Sprintf("%d statements", n)
	},
	Page:        func(page, of int) string { return fmt.Sprintf("%d of %d", page, of) },
	UnknownLink: "That link leads to something I no longer have. These are the topics I know:",

	LanguageAsk:  "Which language shall I answer in?",
	LanguageSet:  "All right, I will answer in English.",
	LanguageAuto: "All right, I will answer in the language of the question.",

	SubscribeOn:       "You are subscribed to news about the referendum. We write rarely and only when it matters.",
	SubscribeOff:      "You are unsubscribed. No more news; ask me anything, any time.",
	SubscribeNotYet:   "You were not subscribed. Ask me anything, any time.",
	SubscribeChoose:   "You can choose the language and the topics:",
	SubscribeAll:      "📚 All topics",
	SubscribeSome:     func(n int) string { return fmt.Sprintf("📚 Topics chosen: %d", n) },
	SubscribeTopics:   "What shall we write about? With nothing chosen, about everything.",
	SubscribeRegion:   "Where do you live? You need not say: it only serves to write about your region.",
	SubscribeNoRegion: "No region given",
	SubscribeDone:     "Done",
	Privacy: func(k Kept, phrased bool) string {
		return fmt.Sprintf("So that the conversation can go on, I remember your last questions for %s after your last message, and a language you have chosen for %s. "+
			"Questions without personal data are kept for %s: they show moderators what has no answer yet. Document numbers, phones and e-mail addresses are taken out of them, and moderators do not see who asked. "+
			"A message I could not handle is kept for %s, so that it can still be answered. A subscription is kept until you unsubscribe. "+
			"Everything is stored encrypted. There is no advertising, %s\n\nSee your data: /mydata. Delete it: /forget",
			spanEnglish(k.Session), spanEnglish(k.Profile), spanEnglish(k.Journal), spanEnglish(k.DeadLetters),
			passedOn(phrased, "and nothing is passed on.", "and to answer in plain words a language model reads the text of your question, without personal details and without your name; nothing else is passed on."))
	},
	MyData:           "This is everything I remember about you. To delete it: /forget",
	MyDataNothing:    "I have nothing about you.",
	MyDataFile:       MyDataLabels{Title: "Your data in refbot", Language: "Chosen language", Subscribed: "News subscription", Since: "subscribed since", Turns: "Last questions", None: "none", Journal: "Questions kept without personal data", Helpful: "it helped", NotHelpful: "it did not help", FileName: "my-data.txt", Yes: "yes", No: "no", News: "Language of news", Topics: "Topics of news", Region: "Region", Roles: "Role among the staff", Reviewed: "a moderator has looked at it", Got: "News you were sent"},
	ForgetAsk:        "Delete everything I remember about you: language, last questions, subscription, ratings? This cannot be undone.",
	ForgetDone:       "Done. I have deleted everything of yours; nothing is left. If you write again, we start afresh.",
	ForgetStaff:      "Done. I have deleted your questions, ratings, language and subscription. Two things remain: your role among the staff, until an administrator takes it back, and the record of what you did in it.",
	ForgetKept:       "All right, nothing is deleted.",
	StatementUnknown: "I no longer have that statement: a newer one may have replaced it. Ask me, and I will look.",

	Abstain:         "I have no official statement that answers this. I would rather not guess.",
	AbstainNearby:   "Close to your question I have:",
	AbstainReviewed: "Moderators will see the question, without your name, and look for an answer.",
	Neutral:         "I hold no opinion and never advise how to vote: that is yours to decide. I can show what has officially been said.",
	NeutralFacts:    "A place to start:",
	Offtopic: map[knowledge.OfftopicKind]string{
		knowledge.OtherSubject: "I can’t help with that: I only know about the constitutional reform and the referendum. Ask me about them.",
		knowledge.OtherCountry: "I know nothing about other countries. Ask me about the constitutional reform in Kazakhstan.",
		knowledge.Order:        "I can’t do that: I only show official statements about the reform and the referendum. Ask me about them.",
		knowledge.Gibberish:    "I couldn’t make that out. Please write the question once more, in other words.",
	},
	Smalltalk: map[knowledge.SmalltalkKind]string{
		knowledge.Greeting:       "Hello! What would you like to know about the referendum and the new Constitution?",
		knowledge.Thanks:         "You are welcome! Write whenever you have another question.",
		knowledge.Farewell:       "Goodbye, and all the best!",
		knowledge.Acknowledge:    "Good. If there is anything else, just ask.",
		knowledge.WhoAreYou:      "I am a program, not a person. I show what has officially been said about the reform and the referendum, with the link.",
		knowledge.WhatCanYou:     "Write a question about the referendum or the new Constitution in your own words. Topics: /topics, all commands: /help",
		knowledge.SwitchLanguage: "All right, I will answer in English.",
		knowledge.Insult:         "I understand, it can be annoying. Ask me about the referendum and I will do my best.",
	},

	Attribution: func(speaker, office, date string) string { return joinComma(speaker, office, date) },
	About:       func(date string) string { return "about " + date },
	In: map[language.Code]string{
		language.Kazakh:  "This was said in Kazakh, in these words:",
		language.Russian: "This was said in Russian, in these words:",
	},
	Translation: map[language.Code]string{
		language.Kazakh:  "Translated from Kazakh for this bot; the original is at the link.",
		language.Russian: "Translated from Russian for this bot; the original is at the link.",
	},
	MachineTranslation: "Machine translation; the exact words are in the original:",
	Replaces:           func(date, who string) string { return "Earlier reports said otherwise: " + joinComma(who, date) + "." },
	ReplacedBy:         "These are earlier figures; they were updated later.",
	Disputed:           "Other sources give different figures.",
	AsOf:               func(date string) string { return "Information as of " + date + "." },
	Understood:         func(question string) string { return "I understood: “" + question + "”" },

	FeedbackUp:   "Thank you! Glad it helped.",
	FeedbackDown: "Thank you for telling me. Moderators will have a look.",
	FeedbackGone: "That answer has been deleted and can no longer be rated.",

	VoiceTooLong: "I listen to voice messages of up to a minute. Please say it more briefly, or write your question.",
	VoiceUnclear: "I could not make out the voice message. Please write your question in words.",
	Heard: func(question string) string {
		return "I heard: “" + question + "”. If that is not right, please type your question."
	},
	PrivacyVoice: "Voice messages are written down by a language model; the sound itself is not kept.",
	OnlyText:     "I understand text only. Please write your question in words.",
	StaleMenu:    "That button no longer works. Here is a fresh menu:",
	Trouble:      "I could not answer just now. Please ask again in a minute.",
	TooFast:      "You are writing faster than I can answer. Please wait half a minute and ask again.",
	Doubt:        "The connection broke, and my answer may not have reached you. If you do not see it, please ask again.",
	InlineNone:   "No statement about this. Ask in detail",

	Staff:     englishStaff,
	Broadcast: englishBroadcast,
	Notice:    englishNotice,
	Review:    englishReview,
	Dashboard: englishDashboard,

	Button: Buttons{
		Topics: "📚 Topics", Language: "🌐 Тіл · Language", Back: "← Topics", Previous: "←", Next: "→",
		Source: "🔗 Source", Up: "👍", Down: "👎", Follow: "📚 ",
		Subscribe: "🔔 Subscribe", Unsubscribe: "Unsubscribe", ForgetYes: "Yes, delete", Keep: "No, keep", Auto: "As in the question",
	},
}
