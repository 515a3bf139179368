package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/redisstore"
	"refbot/config"
)

const (
	slowRedis   = 5 * time.Millisecond // an empty request; a question costs a few
	fullMemory  = 0.8                  // of maxmemory
	fullMachine = 0.5                  // of its machine's memory: rewriting the append-only file may need as much again
	oldQueue    = 30 * time.Second
)

// checkStore looks at Redis, and at what refbot keeps in it.
func (d *doctor) checkStore(ctx context.Context) []finding {
	if d.settings.Store.Embedded() {
		return d.checkEmbedded(ctx)
	}
	db, err := redisstore.Connect(d.settings.Store.RedisURL.Reveal())
	if err != nil {
		return []finding{fail("redis", "mend REDIS_URL", "%v", err)}
	}
	defer db.Close()
	sealer, err := newSealer(d.settings.Store, nil)
	if err != nil {
		return []finding{fail("data key", "make one with `openssl rand -base64 32`", "%v", err)}
	}
	return d.checkRedis(ctx, db, sealer, "at "+d.redisPlace())
}

// redisPlace is where Redis stands, without the password.
func (d *doctor) redisPlace() string {
	host, _ := redisAddress(d.settings.Store.RedisURL)
	return host
}

// redisAddress takes an address apart; what cannot be taken apart tells nothing.
func redisAddress(address config.Secret) (hosts, password string) {
	text, _, _ := strings.Cut(address.Reveal(), "?")
	_, rest, _ := strings.Cut(text, "://")
	at := strings.LastIndex(rest, "@")
	hosts, _, _ = strings.Cut(rest[at+1:], "/")
	if at > 0 {
		if _, encoded, found := strings.Cut(rest[:at], ":"); found {
			if password, err := url.PathUnescape(encoded); err == nil {
				return hosts, password
			}
			return hosts, encoded
		}
	}
	return hosts, ""
}

// checkEmbedded looks at refbot's own store where it runs, and else at what would be started.
func (d *doctor) checkEmbedded(ctx context.Context) []finding {
	dir := d.settings.Store.DataDir
	db, err := redisstore.ConnectLocal(ctx, dir)
	switch {
	case errors.Is(err, redisstore.ErrNoServer):
		return []finding{warn("redis", "install redis-server, or set REDIS_URL and DATA_KEY", "%v", err)}
	case err != nil:
		_, version := redisstore.LocalProgram()
		return []finding{well("redis", "embedded: redis-server %s will keep its data in %s", version, dir)}
	}
	defer db.Close()
	sealer, err := newSealer(d.settings.Store, redisstore.ReadLocalKey)
	if err != nil {
		return []finding{fail("data key", "without it nothing that is stored can be read", "%v", err)}
	}
	return d.checkRedis(ctx, db, sealer, "embedded in "+dir)
}

func (d *doctor) checkRedis(ctx context.Context, db redis.UniversalClient, sealer *redisstore.Sealer, place string) []finding {
	h, err := redisstore.Inspect(ctx, db)
	if err != nil {
		return []finding{fail("redis", "start it, or mend REDIS_URL; refbot waits for it", "%s: %s", place, cause(err))}
	}
	var list []finding
	for i, n := range h.Nodes {
		name := ""
		if len(h.Nodes) > 1 {
			name = fmt.Sprintf(" %d", i+1)
		}
		list = append(list, judgeNode(name, place, h.Cluster, n)...)
		list = append(list, judgeReplicas("redis replicas"+name, d.settings.Store.Replicas, n)...)
	}
	return append(list, d.checkKept(ctx, db, sealer, h.Claimed)...)
}

// cause leaves out what the line says already: the operation, and the address that was called.
func cause(err error) string {
	var e *bot.Error
	if errors.As(err, &e) && e.Err != nil {
		err = e.Err
	}
	text := err.Error()
	if i := strings.LastIndex(text, `": `); i >= 0 {
		text = text[i+len(`": `):]
	}
	return text
}

// judgeNode says what to make of one Redis.
func judgeNode(suffix, place string, cluster bool, n redisstore.Node) []finding {
	return []finding{
		judgeRelease("redis"+suffix, place, cluster, n), judgeDisk("redis disk"+suffix, n),
		judgeMemory("redis memory"+suffix, n), judgeClock("redis clock"+suffix, "Redis'", n.Clock, n.Latency),
	}
}

func judgeRelease(name, place string, cluster bool, n redisstore.Node) finding {
	product := "Redis " + n.Version
	if n.Valkey != "" {
		product = "Valkey " + n.Valkey
	}
	found := fmt.Sprintf("%s %s answers in %s", strings.TrimSpace(product), place, n.Latency.Round(10*time.Microsecond))
	switch {
	case n.Loading:
		return fail(name, "wait until it has read its data", "%s, and is still loading", found)
	case n.Role == "slave":
		return fail(name, "set REDIS_URL to the master", "%s: it is a replica and takes no writes", found)
	case n.Mode == "cluster" && !cluster:
		return fail(name, "write redis+cluster:// in REDIS_URL", "%s: it is one node of a cluster", found)
	case n.ClusterState != "" && n.ClusterState != "ok":
		return fail(name, "see `redis-cli cluster info`: some slots are served by nobody", "%s: the cluster's state is %s", found, n.ClusterState)
	case n.Version == "":
		return warn(name, "make sure that it is Redis 7.0 or newer, or Valkey", "%s and does not tell its version", found)
	case !n.AtLeast(6, 2):
		return fail(name, "install Redis 7.0 or newer, or Valkey", "%s, too old for refbot", found)
	case !n.AtLeast(7, 0):
		return warn(name, "plan for Redis 7.0 or newer, or Valkey", "%s, a release nobody maintains", found)
	case n.Latency > slowRedis:
		return warn(name, "bring Redis and refbot closer together: a question waits for it a few times", "%s, which is slow", found)
	}
	return well(name, "%s", found)
}

// judgeDisk says what survives when Redis stops.
func judgeDisk(name string, n redisstore.Node) finding {
	const advice = "start Redis with --appendonly yes (--appendfsync always loses nothing, everysec up to two seconds)"
	switch {
	case n.WriteFailed:
		return fail(name, "free the disk it writes to, see its log", "the last write failed")
	case n.Append == "off":
		return fail(name, advice, "no append-only file: what was asked since the last snapshot is lost when it stops")
	case n.Append == "":
		return warn(name, "make sure that it keeps an append-only file", "it does not tell whether it writes to disk")
	case n.Fsync == "no":
		return warn(name, advice, "append-only file, written when the system likes (appendfsync no)")
	case n.Fsync == "":
		return well(name, "append-only file")
	}
	return well(name, "append-only file, appendfsync %s", n.Fsync)
}

// judgeReplicas says whether updates can wait for replicas, where they are to.
func judgeReplicas(name string, wanted int, n redisstore.Node) []finding {
	switch {
	case wanted == 0:
		return nil
	case n.Replicas < wanted:
		return []finding{fail(name, "start as many replicas, or lower REDIS_WAIT_REPLICAS: no message is taken in meanwhile",
			"%d of the %d that each message waits for", n.Replicas, wanted)}
	}
	return []finding{well(name, "%d; each message waits for %d", n.Replicas, wanted)}
}

func judgeMemory(name string, n redisstore.Node) finding {
	const advice = "set maxmemory-policy noeviction: what Redis throws away is a question nobody answers"
	used := size(n.Memory)
	switch {
	case n.Evicted > 0:
		return fail(name, advice+"; and give it more memory", "%d keys were thrown away", n.Evicted)
	case n.Policy != "" && n.Policy != "noeviction" && n.MaxMemory > 0:
		return fail(name, advice, "%s in use, and the policy is %s", used, n.Policy)
	case n.Policy != "" && n.Policy != "noeviction":
		return warn(name, advice, "%s in use, and the policy would be %s", used, n.Policy)
	case n.MaxMemory > 0 && float64(n.Memory) > fullMemory*float64(n.MaxMemory):
		return warn(name, "raise maxmemory: a full Redis takes no more questions", "%s of %s in use", used, size(n.MaxMemory))
	case n.MaxMemory == 0 && n.Machine > 0 && float64(n.Memory) > fullMachine*float64(n.Machine):
		return warn(name, "give it a machine with more memory: its system ends it when there is none left", "%s of the machine's %s in use", used, size(n.Machine))
	case n.Policy == "":
		return warn(name, "make sure that maxmemory-policy is noeviction", "it does not tell its memory policy")
	}
	return well(name, "%s in use, nothing is thrown away", used)
}

// size is a number of bytes as people say it.
func size(n int64) string {
	if n >= 1<<30 {
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// checkKept looks at what refbot stored: does the key fit, and does anything wait.
func (d *doctor) checkKept(ctx context.Context, db redis.UniversalClient, sealer *redisstore.Sealer, claimed bool) []finding {
	err := redisstore.CheckKey(ctx, db, sealer)
	switch {
	case errors.Is(err, redisstore.ErrWrongKey):
		return []finding{fail("data key", wrongKeyAdvice, "it does not open what is stored")}
	case err != nil:
		return []finding{fail("data key", "see that Redis answers and run this again", "it cannot be tried: %s", cause(err))}
	case !claimed:
		return []finding{well("data key", "nothing is stored yet, so any key fits; keep a copy of it elsewhere")}
	}
	store := redisstore.New(db, sealer, retention(d.settings.Keep))
	return []finding{d.checkSeals(ctx, store), checkQueue(ctx, store.Inbox(time.Second)), checkPublished(ctx, store)}
}

// checkPublished loads what moderators published as the bot would.
func checkPublished(ctx context.Context, store *redisstore.Store) finding {
	const name = "published"
	v, err := library.Served(ctx, store.Shelf())
	switch {
	case err != nil && v.Number > 0:
		return fail(name, "publish a version that loads: `refbot kb list --history`, then `refbot kb publish`", "the newest version does not load, version %d of before it is served: %s", v.Number, cause(err))
	case err != nil:
		return fail(name, "publish a version that loads: `refbot kb list --history`, then `refbot kb publish`", "no published version loads, the settings' statements are served: %s", cause(err))
	case v.Number == 0:
		return well(name, "nothing yet: the settings' statements are served")
	}
	return well(name, "version %d, %s, of %s", v.Number, v.Name, v.At.Format(time.DateOnly))
}

// sampled is how many keys of Redis are tried.
const sampled = 2000

// checkSeals tries a part of what is stored: a store that was claimed with a new key may still hold values
// of a former one.
func (d *doctor) checkSeals(ctx context.Context, store *redisstore.Store) finding {
	found, err := store.Seals(ctx, sampled)
	tried, former := found.Current+found.Former+found.None, len(d.settings.Store.OldKeys)
	switch {
	case err != nil:
		return fail("data key", "see that Redis answers and run this again", "it cannot be tried: %s", cause(err))
	case found.None > 0:
		return warn("data key", "add the key they were sealed with to DATA_KEY_OLD; they count as not stored", "%d of %d values that were tried do not open", found.None, tried)
	case found.Former > 0:
		return warn("data key", "run `refbot rekey` once every replica has the new key", "%d of %d values that were tried need DATA_KEY_OLD", found.Former, tried)
	case former > 0:
		return warn("data key", "run `refbot rekey`; when it finds nothing to do, unset DATA_KEY_OLD", "it opens what was tried, and %d former keys are set", former)
	}
	return well("data key", "it opens what is stored")
}

// wrongKeyAdvice is for an operator whose data key is not the one of the store.
const wrongKeyAdvice = "set the DATA_KEY this Redis was filled with; to change keys, set DATA_KEY to the new one and DATA_KEY_OLD to that"

func checkQueue(ctx context.Context, in *redisstore.Inbox) finding {
	d, err := in.Depth(ctx)
	switch {
	case err != nil:
		return fail("inbox", "see that Redis answers and run this again", "it cannot be counted: %s", cause(err))
	case d.Oldest > oldQueue:
		return warn("inbox", "start refbot, or more replicas; if it runs, see its log", "%d chats wait, the first for %s", d.Due, span(d.Oldest))
	case d.Dead > 0:
		return warn("inbox", "see `refbot deadletters list`; once the cause is mended `refbot deadletters retry --all`, or drop them", "%d messages could not be handled (dead letters)", d.Dead)
	}
	return well("inbox", "%d chats wait, %d are answered right now", d.Due, d.InWork)
}
