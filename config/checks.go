package config

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// dataKeySize is the length of DATA_KEY once decoded, in bytes: the key of AES-256.
const dataKeySize = 32

var (
	tokenPattern         = regexp.MustCompile(`^\d+:[\w-]+$`)
	sentinelPattern      = regexp.MustCompile(`^[^/]+(/\d{1,5})?$`)
	webhookSecretPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// webhookPorts are the ports Telegram calls, see https://core.telegram.org/bots/webhooks.
var webhookPorts = []string{"", "80", "88", "443", "8443"}

// anything accepts every value.
func anything(value string) (string, string) { return value, "" }

// token insists on the whole pattern: the Bot API client masks a token by literal replacement, so
// one with a stray character in it would be printed in errors.
func token(value string) (string, string) {
	if !tokenPattern.MatchString(value) {
		return "", "does not look like a bot token; copy it from @BotFather, for example 123456789:AAE-x_…"
	}
	return value, ""
}

// webURL accepts http and https addresses and drops slashes at the end, so that paths can be added.
func webURL(value string) (string, string) {
	u, err := url.Parse(value)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", "is not a web address; give one that starts with http:// or https://"
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", "must not carry a password, a query or a fragment; give the bare address"
	}
	return strings.TrimRight(value, "/"), ""
}

func webhookURL(value string) (string, string) {
	u, err := url.Parse(value)
	if err != nil || u.Hostname() == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return "", notHTTPS
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", "must not carry a password, a query or a fragment; give the bare address"
	}
	return value, ""
}

const notHTTPS = "is not an https:// address; give the public HTTPS address of this bot"

// callable says why Telegram's own servers would not call a webhook address; "" when they would. A Bot
// API server somebody runs calls any address.
func callable(address string) string {
	switch u, err := url.Parse(address); {
	case err != nil || u.Scheme != "https":
		return notHTTPS
	case !slices.Contains(webhookPorts, u.Port()):
		return "Telegram calls only ports 80, 88, 443 and 8443; give one of them"
	}
	return ""
}

func webhookSecret(value string) (string, string) {
	if !webhookSecretPattern.MatchString(value) {
		return "", "must be 1 to 256 letters, digits, _ or -; make one with `openssl rand -hex 32`"
	}
	return value, ""
}

// deriveWebhookSecret gives replicas that were told no secret the same one, without a store.
func deriveWebhookSecret(token Secret) Secret {
	mac := hmac.New(sha256.New, []byte(token.Reveal()))
	mac.Write([]byte("refbot webhook secret v1"))
	return Secret(hex.EncodeToString(mac.Sum(nil)))
}

func httpAddr(value string) (string, string) {
	_, port, err := net.SplitHostPort(value)
	if err != nil {
		return "", "is not host:port; give for example 127.0.0.1:8080, or :8080 for every interface"
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", "has no port between 0 and 65535; give for example 127.0.0.1:8080"
	}
	return value, ""
}

func redisURL(value string) (string, string) {
	u, err := url.Parse(value)
	if err != nil {
		return "", "is not an address; give redis://[user:password@]host:port[/db] and percent-encode the password"
	}
	switch u.Scheme {
	case "redis", "rediss", "redis+cluster", "redis+sentinel":
	default:
		return "", "must start with redis://, rediss:// (TLS), redis+cluster:// or redis+sentinel://"
	}
	if u.Hostname() == "" {
		return "", "names no host; give " + u.Scheme + "://host:port"
	}
	db := strings.Trim(u.Path, "/")
	if u.Scheme == "redis+sentinel" {
		if !sentinelPattern.MatchString(db) {
			return "", "must name the master the Sentinels watch; give redis+sentinel://host1:26379,host2:26379/NAME[/db]"
		}
		return value, ""
	}
	if db == "" {
		return value, ""
	}
	if u.Scheme == "redis+cluster" {
		return "", "a cluster has no database number; drop what follows the host"
	}
	if _, err := strconv.ParseUint(db, 10, 16); err != nil {
		return "", "has a path that is no database number; give " + u.Scheme + "://host:port/0"
	}
	return value, ""
}

// dataKey accepts base64 in both alphabets, padded or not, and returns the bytes it stands for.
func dataKey(value string) (string, string) {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(value, "="))
	key, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil || len(key) != dataKeySize {
		return "", "is not 32 bytes in base64; make one with `openssl rand -base64 32`"
	}
	return string(key), ""
}

// maxOldKeys bounds DATA_KEY_OLD: each makes a value that does not open one try slower.
const maxOldKeys = 8

// dataKeys accepts data keys separated by commas or spaces and returns their bytes one behind the other.
func dataKeys(value string) (string, string) {
	var keys strings.Builder
	for field := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
		key, advice := dataKey(field)
		if advice != "" {
			return "", "holds something else than 32 bytes in base64; give the former DATA_KEY, or several separated by commas"
		}
		keys.WriteString(key)
	}
	if keys.Len() > maxOldKeys*dataKeySize {
		return "", "holds more than 8 keys; run `refbot rekey` and drop those that are needed no more"
	}
	return keys.String(), ""
}

func existing(value string) (string, string) {
	if _, err := os.Stat(value); err != nil {
		return "", "cannot be opened; give an existing folder of statements or a statements.jsonl, or unset it for the starter pack"
	}
	return value, ""
}

// yesOrNo accepts nothing else: what lets one person send to everybody must not be set by a slip.
func yesOrNo(value string) (string, string) {
	if value != "yes" && value != "no" {
		return "", "is yes or no"
	}
	return value, ""
}

func logFormat(value string) (string, string) {
	switch format := strings.ToLower(value); format {
	case "text", "json":
		return format, ""
	}
	return "", "is not a log format; give text or json"
}
