package config_test

import (
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"refbot/config"
)

// FuzzLoad feeds one value to one variable at a time. Whatever it is, Load takes it whole or says in
// one line which variable is wrong, without quoting a secret.
func FuzzLoad(f *testing.F) {
	for i, seed := range []string{
		goodToken, "http://127.0.0.1:8081/", "https://bot.example:8443/x", "s3cret", "[::1]:80", "redis+cluster://h:1,b:2",
		goodKey, "data", ".", "sk-x", "http://localhost/v1", "model", "1,2", ",,", "９", "debug", "json", "\x00", "redis://%zz@h",
		goodKey + "," + otherKey, "180d", "36h", "-1h", "1e3", "007", "99999999999999999999", "true", "redis+sentinel://a,b/m/0",
	} {
		f.Add(uint8(i), seed)
	}
	variables := config.Variables()
	f.Fuzz(func(t *testing.T, which uint8, value string) {
		v := variables[int(which)%len(variables)]
		c, err := config.Load(env{v.Name: value, "DATA_KEY": goodKey}.get)
		if v.Name == "DATA_KEY" {
			c, err = config.Load(env{v.Name: value}.get)
		}
		if err != nil {
			line := err.Error()
			if strings.ContainsAny(line, "\r\n") || !strings.HasPrefix(line, v.Name+": ") {
				t.Errorf("%s=%q: %q is not one line that names the variable", v.Name, value, line)
			}
			// What the advice says of any value, such as the schemes an address may have, is no quotation.
			if v.Secret && len(value) > 8 && strings.Contains(line, value) && !strings.Contains(adviceFor(v.Name), value) {
				t.Errorf("%s=%q: the error quotes the value", v.Name, value)
			}
			return
		}
		checkUsable(t, c)
	})
}

// adviceFor is what a wrong value of a variable gets to hear.
func adviceFor(name string) string {
	_, err := config.Load(env{name: "nonsense", "DATA_KEY": goodKey}.get)
	if err == nil {
		return ""
	}
	return err.Error()
}

// checkUsable holds accepted settings to what the rest of the program relies on.
func checkUsable(t *testing.T, c config.Config) {
	t.Helper()
	if _, _, err := net.SplitHostPort(c.HTTPAddr); err != nil {
		t.Errorf("HTTPAddr: %v", err)
	}
	for _, address := range []string{c.Telegram.APIURL, c.LLM.BaseURL, c.Store.RedisURL.Reveal()} {
		if u, err := url.Parse(address); err != nil || (address != "" && u.Hostname() == "") {
			t.Errorf("address %q: %v", address, err)
		}
	}
	if n := len(c.Store.DataKey); n != 0 && n != 32 {
		t.Errorf("DataKey has %d bytes", n)
	}
	for _, key := range c.Store.OldKeys {
		if len(key) != 32 {
			t.Errorf("a former key has %d bytes", len(key))
		}
	}
	if k := c.Keep; k.Session < time.Hour || k.Profile < 24*time.Hour || k.Journal < 24*time.Hour || k.DeadLetters < time.Hour {
		t.Errorf("kept for too short a time: %+v", k)
	}
	l := c.Limits
	if least := min(l.Chats, l.Burst, l.PerMinute, l.InboxChat, l.InboxChats); least < 1 || l.ShedAfter <= 0 || l.BulkRate < 0 || l.BulkRate > 1000 {
		t.Errorf("limits that let nothing through: %+v", l)
	}
	for _, id := range append(append(c.Staff.Admins, c.Staff.Outreach...), c.Staff.Moderators...) {
		if id < 1 {
			t.Errorf("id %d", id)
		}
	}
}
