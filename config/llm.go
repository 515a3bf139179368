package config

// What all replicas together ask of the LLM.
var (
	llmCalls  = number{"OPENAI_CALLS", 1, 1000, 16}
	llmTokens = number{"OPENAI_TOKENS_PER_MINUTE", 1000, 1_000_000_000, 200_000}
	llmDay    = number{"OPENAI_CALLS_PER_DAY", 1, 1_000_000_000, 20_000}
	llmPerson = number{"OPENAI_CALLS_PER_PERSON", 1, 1_000_000, 100}
)

// loadLLM reads the settings of the LLM.
func loadLLM(r *reader) LLM {
	return LLM{
		APIKey:    r.secret("OPENAI_API_KEY", anything),
		BaseURL:   r.text("OPENAI_BASE_URL", webURL),
		Model:     r.text("OPENAI_MODEL", anything),
		Calls:     r.count(llmCalls),
		Tokens:    r.count(llmTokens),
		Day:       r.count(llmDay),
		PersonDay: r.count(llmPerson),
		Rewrite:   r.flag("OPENAI_REWRITE"),
		Translate: r.flag("OPENAI_TRANSLATE"),
		Embedding: r.text("OPENAI_EMBEDDING_MODEL", anything),
		Hearing:   r.text("OPENAI_TRANSCRIBE_MODEL", anything),
	}
}

// LoadLLM reads the settings of the LLM alone, for commands that need neither a bot nor a store.
func LoadLLM(getenv func(string) string) (LLM, error) {
	r := &reader{getenv: getenv}
	l := loadLLM(r)
	return l, r.err
}
