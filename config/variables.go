package config

// Variable describes one environment variable, for help texts.
type Variable struct {
	Name    string
	Meaning string
	Default string // in words
	Secret  bool   // may come from NAME_FILE and never prints
}

// Variables lists every variable [Load] reads, in the order to explain them.
func Variables() []Variable {
	return []Variable{
		{Name: "TELEGRAM_BOT_TOKEN", Meaning: "the bot's token from @BotFather", Default: "none: the demo", Secret: true},
		{Name: "TELEGRAM_API_URL", Meaning: "another Bot API server", Default: "Telegram's"},
		{Name: "WEBHOOK_URL", Meaning: "public HTTPS address for Telegram to call, port 80, 88, 443 or 8443", Default: "none: long polling"},
		{Name: "WEBHOOK_SECRET", Meaning: "secret token of the webhook, 1 to 256 of A-Z a-z 0-9 _ -", Default: "derived from the token", Secret: true},
		{Name: "HTTP_ADDR", Meaning: "where webhook, dashboard, /healthz, /readyz and /metrics listen", Default: defaultHTTPAddr},
		{Name: "DASHBOARD_URL", Meaning: "how staff reach the dashboard from their browsers", Default: "WEBHOOK_URL's host, else http://HTTP_ADDR"},
		{Name: "REDIS_URL", Meaning: "redis://, rediss://, redis+cluster:// or redis+sentinel:// address of the shared store", Default: "embedded store", Secret: true},
		{Name: "DATA_KEY", Meaning: "32 bytes in base64 that seal data about people; required with REDIS_URL", Default: "embedded store: kept beside the data", Secret: true},
		{Name: "DATA_KEY_OLD", Meaning: "former data keys, comma-separated, that still open what they sealed", Default: "none", Secret: true},
		{Name: "REDIS_WAIT_REPLICAS", Meaning: "replicas of Redis that must hold an update before Telegram hears that it arrived", Default: waitReplicas.words()},
		{Name: "DATA_DIR", Meaning: "folder of the embedded store", Default: "the user's data folder"},
		{Name: "KNOWLEDGE_DIR", Meaning: "folder of Markdown statements, or a statements.jsonl", Default: "embedded starter pack"},
		{Name: "OPENAI_API_KEY", Meaning: "key of the optional LLM that phrases answers", Default: "none: answers quote statements", Secret: true},
		{Name: "OPENAI_BASE_URL", Meaning: "OpenAI-compatible endpoint; enough by itself for local servers", Default: "OpenAI's, with a key"},
		{Name: "OPENAI_MODEL", Meaning: "model to ask", Default: "gpt-4o-mini"},
		{Name: "OPENAI_CALLS", Meaning: "calls of the LLM at once, of all replicas together", Default: llmCalls.words()},
		{Name: "OPENAI_TOKENS_PER_MINUTE", Meaning: "tokens all replicas together may use in a minute", Default: llmTokens.words()},
		{Name: "OPENAI_CALLS_PER_DAY", Meaning: "answers phrased in a day; after that statements are quoted", Default: llmDay.words()},
		{Name: "OPENAI_CALLS_PER_PERSON", Meaning: "answers phrased in a day for one person", Default: llmPerson.words()},
		{Name: "OPENAI_REWRITE", Meaning: "true: the LLM completes follow-ups that the engine does not understand; they are only searched with", Default: "false"},
		{Name: "OPENAI_TRANSLATE", Meaning: "true: the LLM translates statements for readers of a language they do not exist in, marked as machine translation", Default: "false"},
		{Name: "OPENAI_EMBEDDING_MODEL", Meaning: "model whose vectors rank statements beside their words, for example text-embedding-3-small", Default: "none: words alone"},
		{Name: "OPENAI_TRANSCRIBE_MODEL", Meaning: "model that writes down voice messages of up to a minute, for example whisper-1", Default: "none: they are asked for in writing"},
		{Name: "REFBOT_ADMINS", Meaning: "Telegram user ids of administrators, comma-separated", Default: "none"},
		{Name: "REFBOT_OUTREACH", Meaning: "Telegram user ids of outreach staff", Default: "none"},
		{Name: "REFBOT_MODERATORS", Meaning: "Telegram user ids of moderators", Default: "none"},
		{Name: "REFBOT_SELF_APPROVAL", Meaning: "yes: an administrator may approve their own broadcasts", Default: "no: it takes a second person"},
		{Name: "REFBOT_KEEP_SESSION", Meaning: "how long a conversation is remembered after its last message", Default: keepSession.words()},
		{Name: "REFBOT_KEEP_PROFILE", Meaning: "how long a chosen language is, unused; a subscription lasts until it is ended", Default: keepProfile.words()},
		{Name: "REFBOT_KEEP_JOURNAL", Meaning: "how long redacted questions are", Default: keepJournal.words()},
		{Name: "REFBOT_KEEP_DEAD_LETTERS", Meaning: "how long messages are that could not be handled", Default: keepDeadLetters.words()},
		{Name: "REFBOT_CHATS", Meaning: "chats one replica works on at once", Default: limitChats.words()},
		{Name: "REFBOT_PERSON_BURST", Meaning: "messages of one person at once before they count as a flood", Default: limitBurst.words()},
		{Name: "REFBOT_PERSON_PER_MINUTE", Meaning: "messages a minute one person may keep up", Default: limitPerMinute.words()},
		{Name: "REFBOT_SHED_AFTER", Meaning: "waiting time from which inline queries are dropped", Default: limitShed.words()},
		{Name: "REFBOT_INBOX_PER_CHAT", Meaning: "messages of one chat that may wait", Default: limitInboxChat.words()},
		{Name: "REFBOT_INBOX_CHATS", Meaning: "chats that may wait; further messages are left at Telegram meanwhile", Default: limitInbox.words()},
		{Name: "TELEGRAM_BULK_PER_SECOND", Meaning: "messages of broadcasts a second, over all replicas", Default: limitBulk.words() + "; 1000 when paid"},
		{Name: "TELEGRAM_ALLOW_PAID_BROADCAST", Meaning: "true: broadcasts above 30 messages a second, which Telegram charges in Stars", Default: "false"},
		{Name: "LOG_LEVEL", Meaning: "debug, info, warn or error", Default: "info"},
		{Name: "LOG_FORMAT", Meaning: "text or json", Default: "text"},
	}
}
