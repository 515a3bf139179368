package main

import (
	"refbot/bot"
	"refbot/bot/review"
)

// newReview puts together where moderators review questions.
func (p *Program) newReview(messenger bot.Messenger) *review.Room {
	m := p.store.Moderation()
	return &review.Room{
		Journal: m, Queue: m, Clusters: m, Library: p.library, Knowledge: p.live, Staff: p.staff, Memory: p.store, Messenger: messenger, Now: p.Now,
	}
}
