package redisstore

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Watch is a hook that tells of every request to Redis, by what it does. A pipeline is one request, as in
// [RoundTrips].
//
//	db.AddHook(&redisstore.Watch{Asked: …})
type Watch struct {
	// Asked hears of a request: its operation, one of [Operations]; how it failed, one of [Failures] or
	// "" for well; and how long it took. It returns at once and may be called from many goroutines.
	Asked func(operation, failure string, took time.Duration)
}

var _ redis.Hook = (*Watch)(nil)

// OtherOperation is a request that is named neither after a script nor after a command the store uses.
const OtherOperation = "other"

// SharedOperation is a request that carries calls of several kinds.
const SharedOperation = "shared"

// commands are the plain commands the store uses, by the name of what they are for.
var commands = map[string]string{
	"mget": "recall", "get": "get", "set": "set", "setnx": "claim", "script": "load", "ping": "ping", "hgetall": "roles", "lrange": "roles", "incr": "replicate",
	"hvals": "audience", "hlen": "audience", "hexists": "audience", "hmget": "ledger", "hget": "ledger", "hset": "ledger", "hsetnx": "ledger",
	"zrange": "entries", "zrem": "forget", "zrangebyscore": "journal", "zrevrangebyscore": "journal",
	"hdel": "wish", "hscan": "wish",
	"getdel": "web", "getex": "web", "del": "web",
}

// operations maps the digests of the scripts to their names.
var operations = func() map[string]string {
	files, err := luaFiles.ReadDir("lua")
	if err != nil {
		panic(err)
	}
	names := map[string]string{}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".lua")
		names[digest(name)] = name
	}
	return names
}()

// digest is what Redis calls a script.
func digest(name string) string {
	clock, err := luaFiles.ReadFile("lua/clock.lua")
	if err != nil {
		panic(err)
	}
	body, err := luaFiles.ReadFile("lua/" + name + ".lua")
	if err != nil {
		panic(err)
	}
	return redis.NewScript(string(clock) + string(body)).Hash()
}

// DialHook implements redis.Hook.
func (w *Watch) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

// ProcessHook implements redis.Hook.
func (w *Watch) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		return w.watch([]redis.Cmder{cmd}, func() error { return next(ctx, cmd) })
	}
}

// ProcessPipelineHook implements redis.Hook.
func (w *Watch) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		return w.watch(cmds, func() error { return next(ctx, cmds) })
	}
}

func (w *Watch) watch(cmds []redis.Cmder, ask func() error) error {
	if len(cmds) == 0 || settingUp(cmds[0]) {
		return ask()
	}
	started := time.Now()
	err := ask()
	w.Asked(operationOf(cmds), failureOf(cmds, err), time.Since(started))
	return err
}

// settingUp reports a command that only sets up a connection.
func settingUp(cmd redis.Cmder) bool {
	switch cmd.Name() {
	case "hello", "auth", "client", "select", "readonly", "cluster":
		return true
	}
	return false
}

// follows names, by what goes on, the operations of several commands that it goes on with.
var follows = map[string][]string{
	"advance": {"record"}, "index": {"record"}, "audience": {"record", "forget"}, "purge": {"forget"}, "ledger": {"office"},
	"wish": {"forget"},
}

// operationOf names a request after its commands.
func operationOf(cmds []redis.Cmder) string {
	name := commandOf(cmds[0])
	for _, cmd := range cmds[1:] {
		if other := commandOf(cmd); other != name && !slices.Contains(follows[other], name) {
			return SharedOperation
		}
	}
	return name
}

func commandOf(cmd redis.Cmder) string {
	args, name := cmd.Args(), cmd.Name()
	if name == "evalsha" || name == "eval" {
		return scriptOf(args)
	}
	if known, ok := commands[name]; ok {
		return known
	}
	return OtherOperation
}

// scriptOf names the script of EVALSHA by its digest, and of EVAL by its text.
func scriptOf(args []any) string {
	if len(args) < 2 {
		return OtherOperation
	}
	text, _ := args[1].(string)
	if name, ok := operations[text]; ok {
		return name
	}
	if name, ok := operations[redis.NewScript(text).Hash()]; ok {
		return name
	}
	return OtherOperation
}

// Failures of a request.
const (
	FailedTimeout  = "timeout"  // Redis did not answer in time
	FailedNetwork  = "network"  // the connection was refused or broke
	FailedCanceled = "canceled" // nobody waited any more
	FailedRefused  = "refused"  // Redis answered with an error
	FailedFull     = "full"     // because its memory is full
	FailedReadonly = "readonly" // because it is a replica
)

// Failures lists how requests fail.
func Failures() []string {
	return []string{FailedTimeout, FailedNetwork, FailedCanceled, FailedRefused, FailedFull, FailedReadonly}
}

// Operations lists what requests are for.
func Operations() []string {
	list := []string{OtherOperation, SharedOperation}
	for _, name := range commands {
		list = append(list, name)
	}
	for _, name := range operations {
		list = append(list, name)
	}
	return list
}

// failureOf tells how a request failed; that there is no value, or that Redis does not know a script yet,
// is no failure.
func failureOf(cmds []redis.Cmder, err error) string {
	for _, cmd := range cmds {
		if failure := classify(cmd.Err()); failure != "" {
			return failure
		}
	}
	return classify(err)
}

func classify(err error) string {
	var timeout net.Error
	var answer redis.Error
	switch {
	case err == nil, errors.Is(err, redis.Nil), redis.HasErrorPrefix(err, "NOSCRIPT"):
		return ""
	case errors.Is(err, context.Canceled):
		return FailedCanceled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return FailedTimeout
	case redis.HasErrorPrefix(err, "OOM"):
		return FailedFull
	case redis.HasErrorPrefix(err, "READONLY"):
		return FailedReadonly
	case errors.As(err, &answer):
		return FailedRefused
	}
	return FailedNetwork
}
