package main

import (
	"cmp"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/config"
)

// patience is how much one person may ask for.
func patience(l config.Limits) bot.Patience {
	p := bot.DefaultPatience()
	p.Burst, p.Every = l.Burst, time.Minute/time.Duration(l.PerMinute)
	return p
}

// rates are those of messages, shared by all replicas.
func rates(l config.Limits) bot.Rates {
	r := bot.DefaultRates(l.Paid)
	r.PerSecond = cmp.Or(l.BulkRate, r.PerSecond)
	return r
}

// retention says how long each kind of data is kept.
func retention(k config.Keep) redisstore.Retention {
	return redisstore.Retention{Session: k.Session, Profile: k.Profile, Journal: k.Journal, DeadLetters: k.DeadLetters}
}
