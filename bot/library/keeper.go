package library

import (
	"context"
	"errors"
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

// Load puts what is published in use, before anybody is served. Where nothing is, it changes nothing. Where the newest
// version cannot be served it takes the newest of those before it that can, and returns what is wrong with the first.
func (k *Keeper) Load(ctx context.Context) error {
	err := k.look(ctx)
	if err == nil || k.failed == 0 {
		return err
	}
	older, listed := k.Shelf.History(ctx, k.failed, fallbacks)
	if listed != nil {
		return errors.Join(err, listed)
	}
	for _, v := range older {
		engine, failed := k.build(ctx, v.Number)
		if failed == nil {
			k.swap(engine, v)
			return err
		}
		err = errors.Join(err, failed)
	}
	return err
}

// Served finds which version a replica that starts now would serve, and what is wrong with the newest where it is not
// that one. Zero with no error says that nothing was published.
func Served(ctx context.Context, shelf Shelf) (Version, error) {
	var served Version
	k := &Keeper{Shelf: shelf, Live: knowledge.NewLive(nil), Swapped: func(_, _ *knowledge.Engine, v Version) { served = v }}
	err := k.Load(ctx)
	return served, err
}

// fallbacks is how many older versions are tried at the start.
const fallbacks = 5

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
	engine, err := k.build(ctx, number)
	if err != nil {
		if ctx.Err() == nil && !isAway(err) {
			k.failed, k.told = number, time.Time{}
		}
		return err
	}
	k.swap(engine, v)
	return nil
}

// build builds the engine of a version.
func (k *Keeper) build(ctx context.Context, number int64) (*knowledge.Engine, error) {
	pack, err := open(ctx, k.Shelf, number)
	if err != nil {
		return nil, err
	}
	return knowledge.Build(pack)
}

func (k *Keeper) swap(engine *knowledge.Engine, v Version) {
	k.served, k.told = v.Number, time.Time{}
	before := k.Live.Swap(engine)
	if k.Swapped != nil {
		k.Swapped(before, engine, v)
	}
}
