package config_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/config"
)

func TestLimitsDefaults(t *testing.T) {
	c := load(t, env{})
	keep := config.Keep{Session: 24 * time.Hour, Profile: 180 * 24 * time.Hour, Journal: 180 * 24 * time.Hour, DeadLetters: 14 * 24 * time.Hour}
	limits := config.Limits{Chats: 128, Burst: 30, PerMinute: 30, ShedAfter: 3 * time.Second, InboxChat: 1000, InboxChats: 250_000}
	if diff := cmp.Diff(keep, c.Keep) + cmp.Diff(limits, c.Limits); diff != "" {
		t.Errorf("defaults (-want +got):\n%s", diff)
	}
}

func TestLimitsRefused(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"REFBOT_KEEP_SESSION", "59m", "is not a length of time from 1h to 30d; give for example 1d"},
		{"REFBOT_KEEP_PROFILE", "0", "is not a length of time from 1d to 3650d; give for example 180d"},
		{"REFBOT_KEEP_JOURNAL", "half a year", "is not a length of time from 1d to 3650d; give for example 180d"},
		{"REFBOT_KEEP_JOURNAL", "65536d", "is not a length of time from 1d to 3650d; give for example 180d"},
		{"REFBOT_KEEP_DEAD_LETTERS", "-1h", "is not a length of time from 1h to 90d; give for example 14d"},
		{"REFBOT_SHED_AFTER", "99ms", "is not a length of time from 100ms to 10m; give for example 3s"},
		{"REFBOT_CHATS", "0", "is not a number from 1 to 1000; give for example 128"},
		{"REFBOT_CHATS", "64.0", "is not a number from 1 to 1000; give for example 128"},
		{"REFBOT_PERSON_BURST", "1001", "is not a number from 1 to 1000; give for example 30"},
		{"REFBOT_PERSON_PER_MINUTE", "-5", "is not a number from 1 to 6000; give for example 30"},
		{"REFBOT_INBOX_PER_CHAT", "9", "is not a number from 10 to 10000; give for example 1000"},
		{"REFBOT_INBOX_CHATS", "99999999999999999999", "is not a number from 100 to 10000000; give for example 250000"},
		{"TELEGRAM_BULK_PER_SECOND", "31", "is not a number from 1 to 30; give for example 30"},
		{"TELEGRAM_ALLOW_PAID_BROADCAST", "maybe", "is neither true nor false; give one of them"},
		{"REDIS_WAIT_REPLICAS", "6", "is not a number from 0 to 5; give for example 0"},
		{"REDIS_WAIT_REPLICAS", "1", "needs a Redis with replicas; set REDIS_URL, or unset it"},
		{"DATA_KEY_OLD", "hunter2", "holds something else than 32 bytes in base64; give the former DATA_KEY, or several separated by commas"},
		{"DATA_KEY_OLD", nineKeys(), "holds more than 8 keys; run `refbot rekey` and drop those that are needed no more"},
		{"REDIS_URL", "redis+sentinel://h:26379", "must name the master the Sentinels watch; give redis+sentinel://host1:26379,host2:26379/NAME[/db]"},
		{"REDIS_URL", "redis+sentinel://h/m/x", "must name the master the Sentinels watch; give redis+sentinel://host1:26379,host2:26379/NAME[/db]"},
	} {
		_, err := config.Load(env{test.name: test.value}.get)
		if want := test.name + ": " + test.want; err == nil || err.Error() != want {
			t.Errorf("%s=%q: %v\nwant %s", test.name, test.value, err, want)
		}
	}
	_, err := config.Load(env{"REDIS_URL": "redis+cluster://h", "DATA_KEY": goodKey, "REDIS_WAIT_REPLICAS": "1"}.get)
	if want := "REDIS_WAIT_REPLICAS: does not work with redis+cluster://, where each master has its own replicas; unset it"; err == nil || err.Error() != want {
		t.Errorf("in a cluster: %v", err)
	}
}

func nineKeys() string {
	all := goodKey
	for range 8 {
		all += "," + goodKey
	}
	return all
}

// TestBulkRate: above Telegram's free rate only what is paid for.
func TestBulkRate(t *testing.T) {
	c := load(t, env{"TELEGRAM_BULK_PER_SECOND": "1000", "TELEGRAM_ALLOW_PAID_BROADCAST": "yes"})
	if !c.Limits.Paid || c.Limits.BulkRate != 1000 {
		t.Errorf("limits are %+v", c.Limits)
	}
	if c = load(t, env{"TELEGRAM_BULK_PER_SECOND": "20", "TELEGRAM_ALLOW_PAID_BROADCAST": "no"}); c.Limits.Paid || c.Limits.BulkRate != 20 {
		t.Errorf("limits are %+v", c.Limits)
	}
}

func TestOldKeys(t *testing.T) {
	for value, want := range map[string]int{goodKey: 1, goodKey + " ,\n" + otherKey: 2, " , ": 0} {
		keys := load(t, env{"DATA_KEY_OLD": value}).Store.OldKeys
		if len(keys) != want || want > 0 && keys[0].Reveal() != rawKey || want > 1 && keys[1].Reveal() != rawOther {
			t.Errorf("%q gives %d keys, want %d", value, len(keys), want)
		}
	}
}
