package config

import (
	"log/slog"
	"path/filepath"

	"github.com/adrg/xdg"
)

// Config is everything the environment decides. Its zero value is of no use; see [Load].
type Config struct {
	Telegram  Telegram
	Webhook   Webhook
	HTTPAddr  string // host:port of webhook, dashboard, /healthz, /readyz and /metrics
	Dashboard string // how staff reach the dashboard: http or https without a slash at the end; empty: derived from the webhook's address, or HTTPAddr
	Store     Store
	Knowledge Knowledge
	LLM       LLM
	Staff     Staff
	Keep      Keep
	Limits    Limits
	Log       Log
}

// Demo reports whether refbot has no bot to serve and shows the demo instead.
func (c Config) Demo() bool { return !c.Telegram.Token.Set() }

// Telegram says which bot refbot is, and where its Bot API server stands.
type Telegram struct {
	Token  Secret // digits, a colon, then letters, digits, _ and -; empty: the demo
	APIURL string // http or https without a slash at the end; empty: Telegram's own server
}

// Webhook says how Telegram reaches refbot, if it calls at all.
type Webhook struct {
	URL string // https on port 80, 88, 443 or 8443, any address with an APIURL; empty: long polling
	// Secret is 1 to 256 of [A-Za-z0-9_-]. Where WEBHOOK_SECRET is not set it is derived from the
	// token, so that every replica expects the same one. Empty without a URL.
	Secret Secret
}

// Enabled reports whether Telegram calls refbot instead of being polled.
func (w Webhook) Enabled() bool { return w.URL != "" }

// Store says where sessions, subscriptions and queues live.
type Store struct {
	RedisURL Secret   // redis://, rediss://, redis+cluster:// or redis+sentinel://, password included; empty: embedded
	DataKey  Secret   // the 32 bytes themselves, already decoded; empty only for the embedded store
	OldKeys  []Secret // former data keys that still open what they sealed, decoded as well
	DataDir  string   // the embedded store's folder
	Replicas int      // of Redis that must hold an update before Telegram hears that refbot has it; 0 to 5
}

// Embedded reports whether refbot keeps its own store instead of using a Redis somebody runs.
func (s Store) Embedded() bool { return !s.RedisURL.Set() }

// Knowledge says which statements are served.
type Knowledge struct {
	Dir string // an existing folder of Markdown or a statements.jsonl; empty: the starter pack
}

// LLM is the optional language model that phrases answers.
type LLM struct {
	APIKey  Secret // empty for servers that ask for none
	BaseURL string // http or https without a slash at the end; empty: OpenAI's own
	Model   string // empty: the client's choice
	// Limits on what all replicas together ask of it.
	Calls     int // at once
	Tokens    int // a minute
	Day       int // calls a day
	PersonDay int // calls a day for one person
	// Rewrite: the model completes follow-ups the engine does not understand.
	Rewrite bool
	// Translate: the model translates a statement for who reads another language than it exists in.
	Translate bool
	Embedding string // model whose vectors are one more ranked list; empty: words alone
	Hearing   string // model that writes down voice messages; empty: none are
}

// Enabled reports whether there is a model to ask: a key, or the address of a local server.
func (l LLM) Enabled() bool { return l.APIKey.Set() || l.BaseURL != "" }

// Staff lists people by Telegram user id: positive, each once, in the order given.
type Staff struct {
	Admins, Outreach, Moderators []int64
	// SelfApproval lets an administrator approve the broadcasts they wrote, where there is nobody else.
	SelfApproval bool
}

// Log says how much is logged and in which form.
type Log struct {
	Level  slog.Level
	Format string // "text" or "json"
}

// Load reads the settings through getenv, which is os.Getenv except in tests, and the files that
// NAME_FILE variables point at. The error is one line: it names the variable and says what to do,
// and it never quotes a secret.
func Load(getenv func(string) string) (Config, error) {
	r := &reader{getenv: getenv}
	c := Config{
		Telegram: Telegram{Token: r.secret("TELEGRAM_BOT_TOKEN", token), APIURL: r.text("TELEGRAM_API_URL", webURL)},
		Webhook:  Webhook{URL: r.text("WEBHOOK_URL", webhookURL), Secret: r.secret("WEBHOOK_SECRET", webhookSecret)},
		HTTPAddr: r.textOr("HTTP_ADDR", httpAddr, defaultHTTPAddr), Dashboard: r.text("DASHBOARD_URL", webURL),
		Store: Store{
			RedisURL: r.secret("REDIS_URL", redisURL),
			DataKey:  r.secret("DATA_KEY", dataKey),
			OldKeys:  r.keys("DATA_KEY_OLD"),
			DataDir:  r.textOr("DATA_DIR", anything, defaultDataDir()),
			Replicas: r.count(waitReplicas),
		},
		Knowledge: Knowledge{Dir: r.text("KNOWLEDGE_DIR", existing)},
		LLM:       loadLLM(r),
		Staff: Staff{
			Admins:     r.ids("REFBOT_ADMINS"),
			Outreach:   r.ids("REFBOT_OUTREACH"),
			Moderators: r.ids("REFBOT_MODERATORS"),

			SelfApproval: r.textOr("REFBOT_SELF_APPROVAL", yesOrNo, "no") == "yes",
		},
		Keep:   r.keep(),
		Limits: r.limits(),
		Log:    Log{Level: r.level("LOG_LEVEL"), Format: r.textOr("LOG_FORMAT", logFormat, "text")},
	}
	if r.err == nil {
		r.err = c.settle()
	}
	if r.err != nil {
		return Config{}, r.err
	}
	return c, nil
}

// LoadKnowledge reads KNOWLEDGE_DIR alone, for commands that need neither a bot nor a store.
func LoadKnowledge(getenv func(string) string) (Knowledge, error) {
	r := &reader{getenv: getenv}
	k := Knowledge{Dir: r.text("KNOWLEDGE_DIR", existing)}
	return k, r.err
}

// LoadDataDir reads DATA_DIR alone, for commands that keep something beside the store.
func LoadDataDir(getenv func(string) string) (string, error) {
	r := &reader{getenv: getenv}
	dir := r.textOr("DATA_DIR", anything, defaultDataDir())
	return dir, r.err
}

// settle checks the settings against each other and derives what was left out.
func (c *Config) settle() error {
	if c.Webhook.Enabled() && c.Telegram.APIURL == "" {
		if why := callable(c.Webhook.URL); why != "" {
			return wrong("WEBHOOK_URL", "%s", why)
		}
	}
	if c.Webhook.Enabled() && c.Demo() {
		return wrong("WEBHOOK_URL", "needs a bot to call; set TELEGRAM_BOT_TOKEN too, or unset WEBHOOK_URL for the demo")
	}
	if !c.Store.Embedded() && !c.Store.DataKey.Set() {
		return wrong("DATA_KEY", "is required with REDIS_URL: what is stored about people is sealed with it; "+
			"make one with `openssl rand -base64 32` and keep it outside Redis")
	}
	if why := c.Store.cannotWait(); why != "" {
		return wrong("REDIS_WAIT_REPLICAS", "%s", why)
	}
	switch {
	case !c.Webhook.Enabled():
		c.Webhook.Secret = ""
	case !c.Webhook.Secret.Set():
		c.Webhook.Secret = deriveWebhookSecret(c.Telegram.Token)
	}
	return nil
}

const defaultHTTPAddr = "127.0.0.1:8080"

// defaultDataDir follows the platform's rules for a user's data, ~/.local/share/refbot on Linux.
func defaultDataDir() string { return filepath.Join(xdg.DataHome, "refbot") }
