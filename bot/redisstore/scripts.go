package redisstore

import (
	"cmp"
	"context"
	"embed"
	"errors"

	"github.com/redis/go-redis/v9"
)

// Each script tells its keys, arguments and reply in its first lines. A script touches the keys of one
// hash tag only, so that a cluster can run it, and repeating it after a lost reply changes nothing
// more: the client repeats commands by itself when a connection breaks.
//
//go:embed lua/*.lua
var luaFiles embed.FS

var (
	putScript     = load("put")
	leaseScript   = load("lease")
	renewScript   = load("renew")
	advanceScript = load("advance")
	releaseScript = load("release")
	depthScript   = load("depth")
	recordScript  = load("record")
	forgetScript  = load("forget")
	purgeScript   = load("purge")
)

// scripts are all that load has read.
var scripts []*redis.Script

func load(name string) *redis.Script {
	clock, err := luaFiles.ReadFile("lua/clock.lua")
	if err != nil {
		panic(err)
	}
	body, err := luaFiles.ReadFile("lua/" + name + ".lua")
	if err != nil {
		panic(err)
	}
	script := redis.NewScript(string(clock) + string(body))
	scripts = append(scripts, script)
	return script
}

// loadScripts hands the scripts to every master; run does so by itself when one has none.
func loadScripts(ctx context.Context, db redis.UniversalClient) error {
	for _, script := range scripts {
		if err := script.Load(ctx, db).Err(); err != nil {
			return err
		}
	}
	return nil
}

// call is a script with its keys, all of one hash tag, and its arguments; or, without a script, a command
// whose first argument is its name and whose second is a key.
type call struct {
	script *redis.Script
	keys   []string
	args   []any
}

func (c call) queue(ctx context.Context, pipe redis.Pipeliner) *redis.Cmd {
	if c.script == nil {
		return pipe.Do(ctx, c.args...)
	}
	return c.script.EvalSha(ctx, pipe, c.keys, c.args...)
}

// run executes calls in their order in one round trip and returns their results in that order. They go
// by digest; those whose script a node does not know yet go once more with the text, which the node
// then keeps.
func run(ctx context.Context, db redis.UniversalClient, calls ...call) []*redis.Cmd {
	results := make([]*redis.Cmd, len(calls))
	pipe := db.Pipeline()
	for i, c := range calls {
		results[i] = c.queue(ctx, pipe)
	}
	_, err := pipe.Exec(ctx)
	answered(results, err)
	again := db.Pipeline()
	for i, c := range calls {
		if redis.HasErrorPrefix(results[i].Err(), "NOSCRIPT") {
			results[i] = c.script.Eval(ctx, again, c.keys, c.args...)
		}
	}
	if again.Len() > 0 {
		_, err = again.Exec(ctx)
		answered(results, err)
	}
	return results
}

var errUnanswered = errors.New("a script was not answered")

// answered gives results their error that a failed pipeline has left without one: while a server restarts, a
// command may come back with neither a value nor an error. No script answers so.
func answered(results []*redis.Cmd, err error) {
	for _, r := range results {
		if r.Err() == nil && r.Val() == nil {
			r.SetErr(cmp.Or(err, errUnanswered))
		}
	}
}

// firstError returns the first error among results.
func firstError(results []*redis.Cmd) error {
	for _, r := range results {
		if err := r.Err(); err != nil {
			return err
		}
	}
	return nil
}
