package texts

var englishNotice = Notice{
	Offer: "🔔 Tell me when there is an answer",
	On:    "All right, I will write when there is an answer. Changed your mind? Press again.",
	Off:   "All right, I will not write about it.",
	Full:  "You are waiting for answers to many questions already. Cancel one of them, and I will add this one.",
	Gone:  "This question is not kept any more. Please ask it again.",
	Answered: func(date, question string) string {
		return "On " + date + " you asked: “" + question + "”. Now there is an official answer:"
	},
	Corrected: func(date, question string) string {
		return "The answer you got on " + date + " to “" + question + "” has changed. This is what is said now:"
	},
	Withdrawn: func(date, question string) string {
		return "The statement I showed you on " + date + " in answer to “" + question + "” no longer holds. There is no newer one yet."
	},
	Stop:       "I write because you asked me to. To stop it: /unsubscribe, to delete everything: /forget",
	Choice:     "✏️ Write if my answer changes",
	MyData:     "Questions you want to hear the answer to",
	MyDataFix:  "Tell me if an answer I got changes",
	Privacy:    "If you asked to be told of an answer, the question is kept until there is one, for 180 days at most.",
	Suspended:  "The bot is not answering questions right now: we are checking the data so as not to mislead you. Please come back later.",
	SuspendedQ: "The bot is not answering right now: we are checking the data. Please come back later.",
}
