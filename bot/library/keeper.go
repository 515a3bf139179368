package library

import (
	"context"
	"time"

	"refbot/knowledge"
)

// SwapTime is how long a replica may go on with an older version after a newer one was published, Redis
// answering.
const SwapTime = 5 * time.Second

// lookEvery is how often a replica looks for a newer version.
const lookEvery = time.Second

// Keeper keeps the engine of one replica up to what is published.
type Keeper struct {
	Shelf Shelf
	Live  *knowledge.Live
	// Report, if set, hears of a version that cannot be served and of Redis away, at most once a minute for the
	// same trouble.
	Report func(error)
	// Swapped, if set, is called after each swap, by the goroutine of Run. The first load at the start is a swap
	// too when something is published.
	Swapped func(before, after *knowledge.Engine, v Version)

	served, failed int64
	told           time.Time
}

// Load puts what is published in use, before anybody is served. Where nothing is, it changes nothing.
func (k *Keeper) Load(ctx context.Context) error { return k.look(ctx) }

// Run looks for newer versions until ctx ends.
func (k *Keeper) Run(ctx context.Context) {
	ticks := time.NewTicker(lookEvery)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		if err := k.look(ctx); err != nil && ctx.Err() == nil && time.Since(k.told) > time.Minute {
			k.told = time.Now()
			if k.Report != nil {
				k.Report(err)
			}
		}
	}
}

// look swaps the engine when there is a newer version. One that does not build is not tried again: a further
// version mends it.
func (k *Keeper) look(ctx context.Context) error {
	number, err := k.Shelf.Latest(ctx)
	if err != nil || number == 0 || number == k.served || number == k.failed {
		return err
	}
	v, err := k.Shelf.Version(ctx, number)
	if err != nil {
		return err
	}
	pack, err := open(ctx, k.Shelf, number)
	var engine *knowledge.Engine
	if err == nil {
		engine, err = knowledge.Build(pack)
	}
	if err != nil {
		if ctx.Err() == nil && !isAway(err) {
			k.failed, k.told = number, time.Time{}
		}
		return err
	}
	k.served, k.told = number, time.Time{}
	before := k.Live.Swap(engine)
	if k.Swapped != nil {
		k.Swapped(before, engine, v)
	}
	return nil
}
