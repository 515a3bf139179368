package main

import (
	"context"

	"refbot/bot"
	"refbot/bot/llm"
	"refbot/bot/redisstore"
	"refbot/bot/texts"
	"refbot/config"
	"refbot/knowledge/language"
)

// newWriter makes the client of the LLM the settings name; nil where they name none.
func newWriter(l config.LLM) *llm.Client {
	if !l.Enabled() {
		return nil
	}
	return llm.New(llm.Options{BaseURL: l.BaseURL, APIKey: l.APIKey.Reveal(), Model: l.Model, Embedding: l.Embedding, Transcribe: l.Hearing})
}

// phraser puts together what phrases answers; nil without an LLM: then nothing is different.
func (p *Program) phraser(out bot.Messenger) *bot.Phraser {
	writer := newWriter(p.Config.LLM)
	if writer == nil {
		return nil
	}
	shared := redisstore.NewPhrasing(p.redis, p.sealer, quotaOf(p.Config.LLM))
	phraser := &bot.Phraser{
		Writer: writer, Quota: shared, Phrases: shared, Sirens: shared, Breaker: &bot.Breaker{}, Time: p.PhraseTime,
		Alarm: func(ctx context.Context, trouble bot.Ending) { p.tellAdmins(ctx, out, trouble) },
	}
	if p.Config.LLM.Translate {
		phraser.Translator = writer
	}
	if p.Config.LLM.Rewrite {
		phraser.Rewriter = writer
	}
	return phraser
}

// ears have voice messages written down; nil where the settings name no model for it.
func (p *Program) ears() *bot.Ears {
	if p.Config.LLM.Hearing == "" || !p.Config.LLM.Enabled() {
		return nil
	}
	return &bot.Ears{
		Files: p.api, Transcriber: newWriter(p.Config.LLM), Breaker: &bot.Breaker{},
		Quota: redisstore.NewPhrasing(p.redis, p.sealer, quotaOf(p.Config.LLM)),
	}
}

func quotaOf(l config.LLM) redisstore.QuotaLimits {
	return redisstore.QuotaLimits{Calls: l.Calls, Tokens: l.Tokens, Day: l.Day, PersonDay: l.PersonDay}
}

// tellAdmins writes to the admins, each in their language, that answers are quoted for now. Who never wrote to the
// bot can't be written to: the log has it too.
func (p *Program) tellAdmins(ctx context.Context, out bot.Messenger, trouble bot.Ending) {
	p.Log.Warn("answers are quoted, not phrased: the LLM fails", "trouble", string(trouble))
	admins, err := p.staff.Everybody(ctx, bot.Admin)
	if err != nil {
		admins = p.Config.Staff.Admins
	}
	for _, admin := range admins {
		t := texts.For(p.speaks(ctx, admin))
		_, _ = out.Send(ctx, bot.Chat{ID: admin}, bot.Reply{Language: t.Code, Parts: []bot.Part{bot.Text(t.Staff.LLMTrouble(trouble == bot.UsedUp, trouble == bot.Refused))}}, 0)
	}
}

// speaks is the language one of the staff is written to in.
func (p *Program) speaks(ctx context.Context, person int64) language.Code {
	m, err := p.store.Recall(ctx, person)
	if err != nil {
		return language.Russian
	}
	return m.Speaks()
}
