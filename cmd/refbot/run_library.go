package main

import (
	"context"

	"refbot/bot/library"
	"refbot/knowledge"
)

// startLibrary serves what was published instead of the settings' statements, and keeps up with it.
func (p *Program) startLibrary(ctx context.Context) (func(), error) {
	shelf := p.store.Shelf()
	p.library = &library.Desk{
		Shelf: shelf, Settings: p.live.Load().Pack(), Now: p.Now, Alone: p.Config.Staff.SelfApproval,
	}
	keeper := &library.Keeper{
		Shelf: shelf, Live: p.live,
		Report: func(err error) {
			p.Log.Error("the published knowledge base cannot be served; what was served before still is", "error", err)
		},
		Swapped: p.swapped,
	}
	if err := keeper.Load(ctx); err != nil {
		keeper.Report(err)
	}
	return background(keeper.Run), nil
}

// swapped says which knowledge base is served from now on.
func (p *Program) swapped(_, after *knowledge.Engine, v library.Version) {
	p.served.Store(v.Number)
	p.Log.Info("serving a published knowledge base", "number", v.Number, "knowledge", v.Name, "statements", len(after.Pack().Statements))
	if settings := p.library.Settings.Version; settings != v.Base && settings != v.Name {
		p.Log.Warn("KNOWLEDGE_DIR, or the starter pack, has changed since the first version was published, and is not served; `refbot kb publish` publishes it", "settings", settings)
	}
}
