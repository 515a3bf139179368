package main

import (
	"time"

	"refbot/bot"
)

// Limits bound what people may ask for and what refbot does at once.
type Limits struct {
	Chats     int           // worked on at once by this replica
	Patience  bot.Patience  // with one person
	ShedAfter time.Duration // of waiting for their turn, from which on inline queries are not answered
	Rates     bot.Rates     // of messages, shared by all replicas
	Phrase    time.Duration // until a phrased answer is given up for the quotation
}

// DefaultLimits suit one replica on two cores and a bot without paid broadcasts.
func DefaultLimits() Limits {
	return Limits{Chats: 64, Patience: bot.DefaultPatience(), ShedAfter: 3 * time.Second, Rates: bot.DefaultRates(false), Phrase: bot.PhraseTime}
}

// fill sets what is not set.
func (l *Limits) fill() {
	d := DefaultLimits()
	if l.Chats <= 0 {
		l.Chats = d.Chats
	}
	if l.Patience == (bot.Patience{}) {
		l.Patience = d.Patience
	}
	if l.ShedAfter <= 0 {
		l.ShedAfter = d.ShedAfter
	}
	if l.Phrase <= 0 {
		l.Phrase = d.Phrase
	}
	if l.Rates == (bot.Rates{}) {
		l.Rates = d.Rates
	}
}
