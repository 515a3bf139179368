package main

import (
	"context"
	"fmt"

	"refbot/bot"
	"refbot/handlers/simulator"
)

// demoAddr is where the chat page is found when the port is free.
const demoAddr = "127.0.0.1:8090"

// startSimulator starts the Telegram the demo talks to; with a token there is the real one.
func (p *Program) startSimulator(context.Context) (func(), error) {
	if !p.Config.Demo() {
		p.token, p.apiURL = p.Config.Telegram.Token.Reveal(), p.Config.Telegram.APIURL
		return nil, nil
	}
	options := []simulator.Option{
		simulator.WithBot("refbot", "refbot"),
		simulator.OnPerson(func(x simulator.Person) { p.staff.Fix(x.ID, bot.Role(x.Role)) }), // as the chat page says
	}
	s := simulator.New(options...)
	if err := s.Start(demoAddr); err != nil {
		s = simulator.New(options...)
		if err := s.Start("127.0.0.1:0"); err != nil {
			return nil, err
		}
	}
	for _, person := range demoPeople() {
		s.AddPerson(person)
	}
	p.simulator, p.token, p.apiURL = s, s.Token(), s.URL()
	return func() { _ = s.Close() }, nil
}

func demoPeople() []simulator.Person {
	return []simulator.Person{
		{FirstName: "Айгүл", LanguageCode: "kk"},
		{FirstName: "Ольга", LanguageCode: "ru"},
		{FirstName: "Daniel", LanguageCode: "en"},
	}
}

// welcome tells the person at the terminal what runs and what to do next.
func (p *Program) welcome() {
	pack := p.live.Load().Pack()
	p.Log.Info("serving", "bot", p.me.Username, "statements", len(pack.Statements), "knowledge", pack.Version, "http", p.status.addr)
	page := ""
	if p.simulator != nil {
		page = p.simulator.URL() + "/"
		_, _ = fmt.Fprintf(p.Out, demoText, page)
	}
	if p.Started != nil {
		p.Started(page)
	}
}

const demoText = `
refbot is running as a demo: the real bot, on a Telegram of its own on this machine.

  Open this page and ask:   %s
  For example:              когда референдум?  ·  қандай құжат керек?  ·  who can vote abroad?

  On Telegram itself:       TELEGRAM_BOT_TOKEN=… refbot   (the token comes from @BotFather)
  One answer here:          refbot ask "когда референдум?"
  Stop:                     Ctrl-C
`
