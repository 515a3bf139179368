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
		{Name: "REDIS_URL", Meaning: "redis://, rediss:// or redis+cluster:// address of the shared store", Default: "embedded store", Secret: true},
		{Name: "DATA_KEY", Meaning: "32 bytes in base64 that seal data about people; required with REDIS_URL", Default: "embedded store: kept beside the data", Secret: true},
		{Name: "DATA_DIR", Meaning: "folder of the embedded store", Default: "the user's data folder"},
		{Name: "KNOWLEDGE_DIR", Meaning: "folder of Markdown statements, or a statements.jsonl", Default: "embedded starter pack"},
		{Name: "OPENAI_API_KEY", Meaning: "key of the optional LLM that phrases answers", Default: "none: answers quote statements", Secret: true},
		{Name: "OPENAI_BASE_URL", Meaning: "OpenAI-compatible endpoint; enough by itself for local servers", Default: "OpenAI's, with a key"},
		{Name: "OPENAI_MODEL", Meaning: "model to ask", Default: "gpt-4o-mini"},
		{Name: "OPENAI_CALLS", Meaning: "calls of the LLM at once, of all replicas together", Default: "16"},
		{Name: "OPENAI_TOKENS_PER_MINUTE", Meaning: "tokens all replicas together may use in a minute", Default: "200000"},
		{Name: "OPENAI_CALLS_PER_DAY", Meaning: "answers phrased in a day; after that statements are quoted", Default: "20000"},
		{Name: "OPENAI_CALLS_PER_PERSON", Meaning: "answers phrased in a day for one person", Default: "100"},
		{Name: "REFBOT_ADMINS", Meaning: "Telegram user ids of administrators, comma-separated", Default: "none"},
		{Name: "REFBOT_OUTREACH", Meaning: "Telegram user ids of outreach staff", Default: "none"},
		{Name: "REFBOT_MODERATORS", Meaning: "Telegram user ids of moderators", Default: "none"},
		{Name: "LOG_LEVEL", Meaning: "debug, info, warn or error", Default: "info"},
		{Name: "LOG_FORMAT", Meaning: "text or json", Default: "text"},
	}
}
