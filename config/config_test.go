package config_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/config"
)

const (
	goodToken = "123456789:AAE-secret_tail"
	goodKey   = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	rawKey    = "0123456789abcdef0123456789abcdef"
	otherKey  = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
	rawOther  = "fedcba9876543210fedcba9876543210"
)

// env answers for os.Getenv.
type env map[string]string

func (e env) get(name string) string { return e[name] }

func load(t *testing.T, e env) config.Config {
	t.Helper()
	c, err := config.Load(e.get)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return c
}

func TestLoadDefaults(t *testing.T) {
	c := load(t, env{})
	if !c.Demo() || c.Webhook.Enabled() || !c.Store.Embedded() || c.LLM.Enabled() {
		t.Errorf("an empty environment must give the demo on the embedded store without webhook and LLM: %+v", c)
	}
	if c.HTTPAddr != "127.0.0.1:8080" || c.Log.Format != "text" || c.Log.Level != slog.LevelInfo {
		t.Errorf("defaults: HTTPAddr %q, log %v %q", c.HTTPAddr, c.Log.Level, c.Log.Format)
	}
	if filepath.Base(c.Store.DataDir) != "refbot" {
		t.Errorf("DataDir = %q, want a folder named refbot", c.Store.DataDir)
	}
	if c.Store.DataKey.Set() || c.Webhook.Secret.Set() || c.Knowledge.Dir != "" {
		t.Error("nothing may be made up for what was not set")
	}
}

func TestLoadEverything(t *testing.T) {
	dir := t.TempDir()
	got := load(t, env{
		"TELEGRAM_BOT_TOKEN": goodToken + "\n",
		"TELEGRAM_API_URL":   "http://127.0.0.1:8081/",
		"WEBHOOK_URL":        "https://bot.example.kz:8443/hook",
		"WEBHOOK_SECRET":     "s3cret_-",
		"HTTP_ADDR":          ":0",
		"DASHBOARD_URL":      "https://desk.example.kz/",
		"REDIS_URL":          "rediss://user:p%40ss@redis.example:6380/2",
		"DATA_KEY":           goodKey,
		"DATA_KEY_OLD":       otherKey + ", " + goodKey,
		"DATA_DIR":           "/var/lib/refbot",
		"KNOWLEDGE_DIR":      dir,
		"OPENAI_API_KEY":     "sk-x",
		"OPENAI_BASE_URL":    "http://localhost:11434/v1/",
		"OPENAI_MODEL":       "small",
		"OPENAI_CALLS":       "4", "OPENAI_TOKENS_PER_MINUTE": "60000", "OPENAI_CALLS_PER_DAY": "500", "OPENAI_CALLS_PER_PERSON": "20",
		"REFBOT_ADMINS":       " 1, 2,1 ,",
		"REFBOT_OUTREACH":     "3",
		"REFBOT_MODERATORS":   "4503599627370495",
		"REDIS_WAIT_REPLICAS": "1", "REFBOT_KEEP_SESSION": "36h", "REFBOT_KEEP_PROFILE": "30d",
		"REFBOT_KEEP_JOURNAL": "90d", "REFBOT_KEEP_DEAD_LETTERS": "168h", "REFBOT_CHATS": "128",
		"REFBOT_PERSON_BURST": "10", "REFBOT_PERSON_PER_MINUTE": "20", "REFBOT_SHED_AFTER": "1500ms",
		"REFBOT_INBOX_PER_CHAT": "200", "REFBOT_INBOX_CHATS": "5000",
		"TELEGRAM_BULK_PER_SECOND": "500", "TELEGRAM_ALLOW_PAID_BROADCAST": "True",
		"LOG_LEVEL":  "WARN",
		"LOG_FORMAT": "JSON",
	})
	want := config.Config{
		Telegram:  config.Telegram{Token: goodToken, APIURL: "http://127.0.0.1:8081"},
		Webhook:   config.Webhook{URL: "https://bot.example.kz:8443/hook", Secret: "s3cret_-"},
		HTTPAddr:  ":0",
		Dashboard: "https://desk.example.kz",
		Store:     config.Store{RedisURL: "rediss://user:p%40ss@redis.example:6380/2", DataKey: rawKey, OldKeys: []config.Secret{rawOther, rawKey}, DataDir: "/var/lib/refbot", Replicas: 1},
		Knowledge: config.Knowledge{Dir: dir},
		LLM:       config.LLM{APIKey: "sk-x", BaseURL: "http://localhost:11434/v1", Model: "small", Calls: 4, Tokens: 60000, Day: 500, PersonDay: 20},
		Staff:     config.Staff{Admins: []int64{1, 2}, Outreach: []int64{3}, Moderators: []int64{4503599627370495}},
		Keep:      config.Keep{Session: 36 * time.Hour, Profile: 720 * time.Hour, Journal: 2160 * time.Hour, DeadLetters: 168 * time.Hour},
		Limits: config.Limits{
			Chats: 128, Burst: 10, PerMinute: 20, ShedAfter: 1500 * time.Millisecond, InboxChat: 200, InboxChats: 5000, BulkRate: 500, Paid: true,
		},
		Log: config.Log{Level: slog.LevelWarn, Format: "json"},
	}
	// Format hides secrets from cmp too, so they are compared as plain strings.
	plain := cmp.Transformer("reveal", func(s config.Secret) string { return s.Reveal() })
	if diff := cmp.Diff(want, got, plain); diff != "" {
		t.Errorf("Load (-want +got):\n%s", diff)
	}
}

func TestLoadAccepts(t *testing.T) {
	for name, values := range map[string][]string{
		"TELEGRAM_BOT_TOKEN": {"1:a", goodToken},
		"TELEGRAM_API_URL":   {"https://api.example", "http://[::1]:8081"},
		"HTTP_ADDR":          {":8080", "0.0.0.0:80", "[::1]:0", "localhost:65535"},
		"DATA_KEY":           {goodKey, strings.TrimRight(goodKey, "="), "__________________________________________8="},
		"LOG_LEVEL":          {"debug", "Info", "warn", "warning", "ERROR"},
		"LOG_FORMAT":         {"text", "Json"},
		"REFBOT_ADMINS":      {"1", "1,2", ",", " "},
	} {
		for _, value := range values {
			if _, err := config.Load(env{name: value}.get); err != nil {
				t.Errorf("%s=%q: %v", name, value, err)
			}
		}
	}
	for _, url := range []string{
		"redis://localhost", "redis://localhost:6379/15", "rediss://u:p@h:1/", "redis+cluster://h:7000,h2:7000",
		"redis+sentinel://h1:26379,h2:26379/mymaster", "redis+sentinel://u:p@h1/main/2?sentinel_password=x",
	} {
		if _, err := config.Load(env{"REDIS_URL": url, "DATA_KEY": goodKey}.get); err != nil {
			t.Errorf("REDIS_URL=%q: %v", url, err)
		}
	}
	for _, url := range []string{"https://bot.example", "https://bot.example:443/x", "https://bot.example:88"} {
		if _, err := config.Load(env{"WEBHOOK_URL": url, "TELEGRAM_BOT_TOKEN": goodToken}.get); err != nil {
			t.Errorf("WEBHOOK_URL=%q: %v", url, err)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := []struct {
		name string
		env  env
		want string // the whole line
	}{
		{
			"token with a space",
			env{"TELEGRAM_BOT_TOKEN": "123:a b"},
			"TELEGRAM_BOT_TOKEN: does not look like a bot token; copy it from @BotFather, for example 123456789:AAE-x_…",
		},
		{
			"token of two lines",
			env{"TELEGRAM_BOT_TOKEN": "123:ab\n456:cd"},
			"TELEGRAM_BOT_TOKEN: does not look like a bot token; copy it from @BotFather, for example 123456789:AAE-x_…",
		},
		{
			"api without scheme",
			env{"TELEGRAM_API_URL": "localhost:8081"},
			"TELEGRAM_API_URL: is not a web address; give one that starts with http:// or https://",
		},
		{
			"api with password",
			env{"TELEGRAM_API_URL": "http://u:hunter2@h"},
			"TELEGRAM_API_URL: must not carry a password, a query or a fragment; give the bare address",
		},
		{
			"webhook over http",
			env{"WEBHOOK_URL": "http://bot.example"},
			"WEBHOOK_URL: is not an https:// address; give the public HTTPS address of this bot",
		},
		{
			"webhook with a query",
			env{"WEBHOOK_URL": "https://bot.example/?a=b"},
			"WEBHOOK_URL: must not carry a password, a query or a fragment; give the bare address",
		},
		{
			"webhook port",
			env{"WEBHOOK_URL": "https://bot.example:8080"},
			"WEBHOOK_URL: Telegram calls only ports 80, 88, 443 and 8443; give one of them",
		},
		{
			"webhook without a bot",
			env{"WEBHOOK_URL": "https://bot.example"},
			"WEBHOOK_URL: needs a bot to call; set TELEGRAM_BOT_TOKEN too, or unset WEBHOOK_URL for the demo",
		},
		{
			"webhook secret",
			env{"WEBHOOK_SECRET": "hunter2!"},
			"WEBHOOK_SECRET: must be 1 to 256 letters, digits, _ or -; make one with `openssl rand -hex 32`",
		},
		{
			"address without port",
			env{"HTTP_ADDR": "localhost"},
			"HTTP_ADDR: is not host:port; give for example 127.0.0.1:8080, or :8080 for every interface",
		},
		{
			"address with a big port",
			env{"HTTP_ADDR": ":65536"},
			"HTTP_ADDR: has no port between 0 and 65535; give for example 127.0.0.1:8080",
		},
		{
			"redis scheme",
			env{"REDIS_URL": "http://:hunter2@h:6379"},
			"REDIS_URL: must start with redis://, rediss:// (TLS), redis+cluster:// or redis+sentinel://",
		},
		{
			"redis unparsable",
			env{"REDIS_URL": "redis://:hunter2%zz@h:6379"},
			"REDIS_URL: is not an address; give redis://[user:password@]host:port[/db] and percent-encode the password",
		},
		{
			"redis without host",
			env{"REDIS_URL": "redis:///0"},
			"REDIS_URL: names no host; give redis://host:port",
		},
		{
			"redis database",
			env{"REDIS_URL": "redis://h/hunter2"},
			"REDIS_URL: has a path that is no database number; give redis://host:port/0",
		},
		{
			"cluster database",
			env{"REDIS_URL": "redis+cluster://h/1"},
			"REDIS_URL: a cluster has no database number; drop what follows the host",
		},
		{
			"redis without key",
			env{"REDIS_URL": "redis://:hunter2@h"},
			"DATA_KEY: is required with REDIS_URL: what is stored about people is sealed with it; " +
				"make one with `openssl rand -base64 32` and keep it outside Redis",
		},
		{
			"short key",
			env{"DATA_KEY": "aHVudGVyMg=="},
			"DATA_KEY: is not 32 bytes in base64; make one with `openssl rand -base64 32`",
		},
		{
			"key that is no base64",
			env{"DATA_KEY": "hunter2 hunter2"},
			"DATA_KEY: is not 32 bytes in base64; make one with `openssl rand -base64 32`",
		},
		{
			"no such knowledge",
			env{"KNOWLEDGE_DIR": "/nonexistent/kb"},
			"KNOWLEDGE_DIR: cannot be opened; give an existing folder of statements or a statements.jsonl, " +
				"or unset it for the starter pack",
		},
		{
			"llm address",
			env{"OPENAI_BASE_URL": "ftp://h"},
			"OPENAI_BASE_URL: is not a web address; give one that starts with http:// or https://",
		},
		{
			"name instead of an id",
			env{"REFBOT_ADMINS": "1,@aigerim"},
			"REFBOT_ADMINS: entry 2 is not a Telegram user id; give numbers separated by commas, as /whoami shows them",
		},
		{
			"group instead of a person",
			env{"REFBOT_MODERATORS": "-100123"},
			"REFBOT_MODERATORS: entry 1 is not a Telegram user id; give numbers separated by commas, as /whoami shows them",
		},
		{"level", env{"LOG_LEVEL": "loud"}, "LOG_LEVEL: is not a log level; give debug, info, warn or error"},
		{"format", env{"LOG_FORMAT": "xml"}, "LOG_FORMAT: is not a log format; give text or json"},
		{
			"missing file",
			env{"DATA_KEY_FILE": "/nonexistent/key"},
			"DATA_KEY_FILE: cannot be read (open /nonexistent/key: no such file or directory); give the path of a readable file",
		},
		{
			"both ways",
			env{"OPENAI_API_KEY": "hunter2", "OPENAI_API_KEY_FILE": "/run/secrets/x"},
			"OPENAI_API_KEY: is set twice; keep either OPENAI_API_KEY or OPENAI_API_KEY_FILE",
		},
		{
			"the first of two is told",
			env{"LOG_FORMAT": "xml", "HTTP_ADDR": "x"},
			"HTTP_ADDR: is not host:port; give for example 127.0.0.1:8080, or :8080 for every interface",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := config.Load(test.env.get)
			if err == nil || err.Error() != test.want {
				t.Fatalf("Load: %v\nwant:  %s", err, test.want)
			}
			var setting *config.Error
			if !errors.As(err, &setting) || !strings.HasPrefix(test.want, setting.Variable) {
				t.Errorf("error is %#v, want a *config.Error that names the variable", err)
			}
			if diff := cmp.Diff(config.Config{}, c); diff != "" {
				t.Errorf("half-read settings came back:\n%s", diff)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Error("the error quotes a secret")
			}
		})
	}
}

func TestSecretsFromFiles(t *testing.T) {
	write := func(content string) string {
		path := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	c := load(t, env{
		"TELEGRAM_BOT_TOKEN_FILE": write(goodToken + "\r\n"),
		"WEBHOOK_URL":             "https://bot.example",
		"WEBHOOK_SECRET_FILE":     write("hook"),
		"REDIS_URL_FILE":          write("redis://:pw@h:6379\n"),
		"DATA_KEY_FILE":           write(goodKey + "\n"),
		"OPENAI_API_KEY_FILE":     write("sk-file\n"),
	})
	got := []string{
		c.Telegram.Token.Reveal(), c.Webhook.Secret.Reveal(), c.Store.RedisURL.Reveal(), c.Store.DataKey.Reveal(), c.LLM.APIKey.Reveal(),
	}
	if diff := cmp.Diff([]string{goodToken, "hook", "redis://:pw@h:6379", rawKey, "sk-file"}, got); diff != "" {
		t.Errorf("secrets from files (-want +got):\n%s", diff)
	}

	for content, want := range map[string]string{
		" \n":                         "is empty; write the secret into it",
		strings.Repeat("x", 64<<10+1): "is larger than 64 KiB; give the file that holds only the secret",
		"hunter2":                     "DATA_KEY_FILE: the file's content is not 32 bytes in base64; make one with `openssl rand -base64 32`",
	} {
		_, err := config.Load(env{"DATA_KEY_FILE": write(content)}.get)
		if err == nil || !strings.HasPrefix(err.Error(), "DATA_KEY_FILE: ") || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("file of %d bytes: %v, want it to end with %q", len(content), err, want)
		}
	}
}

func TestWebhookSecretIsSharedByReplicas(t *testing.T) {
	secret := func(token string) string {
		c := load(t, env{"TELEGRAM_BOT_TOKEN": token, "WEBHOOK_URL": "https://bot.example"})
		return c.Webhook.Secret.Reveal()
	}
	one, other := secret(goodToken), secret(goodToken)
	if len(one) != 64 || one != other {
		t.Errorf("replicas expect %q and %q, want the same 64 characters", one, other)
	}
	if one == secret("1:other") || strings.Contains(one, "AAE") {
		t.Error("the derived secret does not depend on the token, or shows it")
	}
}

// TestVariables holds the list that help texts print, the package's doc and what Load reads to each other.
func TestVariables(t *testing.T) {
	asked := map[string]bool{}
	if _, err := config.Load(func(name string) string { asked[name] = true; return "" }); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range config.Variables() {
		listed[v.Name] = true
		if v.Secret {
			listed[v.Name+"_FILE"] = true
		}
		if v.Meaning == "" || v.Default == "" {
			t.Errorf("%s: meaning %q, default %q", v.Name, v.Meaning, v.Default)
		}
		if !strings.Contains(string(doc), v.Name) {
			t.Errorf("the package doc does not explain %s", v.Name)
		}
	}
	if diff := cmp.Diff(listed, asked); diff != "" {
		t.Errorf("listed (-) and read (+) variables differ:\n%s", diff)
	}
}
