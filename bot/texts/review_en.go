package texts

import "fmt"

var englishReview = Review{
	Empty:     "All done for now, thank you. When there is more, /queue shows it.",
	Remaining: func(n int) string { return fmt.Sprintf("Left: %d", n) },
	Why: map[string]string{
		"cluster": "People ask, and there is no answer", "down": "The answer did not help 👎", "unsure": "The bot was not sure",
		"gate": "The phrasing did not pass the check", "sample": "A sample",
	},
	Like:    func(n int) string { return fmt.Sprintf("questions like it: %d", n) },
	Reply:   "The bot replied:",
	Sure:    func(percent int) string { return fmt.Sprintf("%d %% sure", percent) },
	Reasons: "Why the phrasing was stopped:",
	Gone:    "This question is gone: its time was over, or the person had it deleted.",
	Taken:   "Somebody was faster. Here is the next question:",
	Again:   "To go on: /queue",

	Rulings: map[string]string{
		"right": "✅ Right", "wrong": "❌ Wrong", "better": "📌 Another statement is right", "abstain": "🤐 It should have said there is no answer",
		"needs": "✍️ Needs a statement", "spam": "🚫 Spam",
	},
	WhatNow: "Noted: wrong. What would have been right?",
	Better:  "Which statement answers this question?",
	NoneFit: "There is nothing else that fits. If nothing answers it, write a statement.",

	Button: ReviewButtons{
		Right: "✅ Right", Wrong: "❌ Wrong", Answer: "✍️ Write a statement", Skip: "⏭ Skip", Spam: "🚫 Spam", Next: "▶️ Next",
		BetterOne: "📌 Another statement", ShouldAbstain: "🤐 There is no answer", Needs: "✍️ Needs a statement", Undo: "↩️ Undo", Back: "← Back",
		Edit: "✏️ ", Submit: "📨 Ask a colleague to check", Publish: "✅ Publish", Return: "↩️ Back to the author", Withdraw: "🗑 Withdraw", None: "None", Remind: "🔔 Remind",
	},
	Ask: map[string]string{
		"text":    "Write what was said: close to the source’s words, without judging it.",
		"speaker": "Who said it? First name and surname.",
		"office":  "Which office did this person hold that day? If an institution speaks, write its name.",
		"date":    "When was it said? For example: 20.03.2026, or “today”.",
		"url":     "Send the link to the source. Without one it cannot be published.",
		"outlet":  "Where was it published? For example: Kazinform.",
		"title":   "What is its title? One short line.",
		"topic":   "Which topic does it belong to?",
		"aliases": "Which questions does it answer? One a line.",
	},
	Fields: map[string]string{
		"text": "Text", "speaker": "Who", "office": "Office", "date": "Date", "url": "Link", "outlet": "Outlet", "title": "Title", "topic": "Topic", "aliases": "Questions",
	},
	Optional: "If there is none, write a dash: -",
	BadDate:  "I did not understand the date. Write it like this: 20.03.2026. It cannot be in the future.",
	BadURL:   "This does not look like a link. It begins with https://",
	TooLong:  func(most int) string { return fmt.Sprintf("Too long: %d characters fit.", most) },
	Draft:    "Draft of a statement",
	Missing:  func(fields string) string { return "Missing: " + fields },
	Faulty:   "It cannot be published like this:",
	Doubts:   "Worth a second look:",
	Tried: func(answered, of int) string {
		return fmt.Sprintf("With it the bot will answer %d of these %d questions.", answered, of)
	},

	Submitted: func(people int) string {
		if people == 1 {
			return "Sent to one colleague to check. I will write when they answer."
		}
		return fmt.Sprintf("Sent to %d colleagues to check. I will write when they answer.", people)
	},
	Nobody:    "There is nobody to check it: it takes a second moderator or an administrator. The draft is saved.",
	AskSecond: func(author string) string { return "Colleague " + author + " asks you to check a statement." },
	AskRemove: func(author, id string) string {
		return "Colleague " + author + " proposes to take out statement " + id + ":"
	},
	AskRevert: func(author string, number int) string {
		return fmt.Sprintf("Colleague %s proposes to go back to version %d of the knowledge base.", author, number)
	},
	Returned:  "Given back to the author.",
	AskWhy:    "Why do you give it back? One line for the author.",
	Withdrawn: "Withdrawn.",
	Published: func(number int) string {
		return fmt.Sprintf("Published, version %d. In a few seconds the bot answers with it.", number)
	},
	PublishedTo: func(title, who string) string {
		return "Your statement “" + title + "” is published. Checked by " + who + "."
	},
	ReturnedTo: func(title, why string) string { return "Your statement “" + title + "” was given back: " + why },
	Replay: func(turned, of int) string {
		return fmt.Sprintf("Without an answer before, with one now: %d of %d", turned, of)
	},
	Refusals: map[string]string{
		"state": "This is decided already: somebody was faster.", "role": "It takes the role of a moderator.", "second": "Your own statement is published by somebody else.",
		"faulty": "It cannot be published like this:", "no_change": "The knowledge base says that already.", "old": "This version is not kept any more.", "no_such": "There is no such draft.",
		"too_large": "The knowledge base would be too large.", "went_wrong": "With this statement the knowledge base does not build. Nothing was published.",
	},
	Help: "/queue – review questions: was the bot right, what is asked and not answered, write the statement that is missing\n/stats – how much is asked, and whether the bot answers",
	Stats: Stats{
		Today: "Today", Yesterday: "Yesterday", Week: "This week", None: "no questions",
		Line: func(questions int, answered, abstained string, up, down int) string {
			noun := "questions"
			if questions == 1 {
				noun = "question"
			}
			return fmt.Sprintf("%d %s, answered %s, no answer %s, 👍 %d 👎 %d", questions, noun, answered, abstained, up, down)
		},
		Waiting: func(n int) string { return fmt.Sprintf("Waiting for review: %d (/queue)", n) },
	},
	Digest: Digest{
		Head:       func(date string) string { return "Digest of " + date },
		Unanswered: "Asked most, without an answer:",
		Published: func(n int) string {
			if n == 1 {
				return "The knowledge base changed once in the last 24 hours."
			}
			return fmt.Sprintf("The knowledge base changed %d times in the last 24 hours.", n)
		},
		Button: "🔔 Daily digest", Off: "none",
		Ask:   "When shall I send the digest of the day? Astana time.",
		Never: "All right, no digest.",
		At:    func(hour string) string { return "I will send the digest every day at " + hour + "." },
	},
}
