package redisstore

import (
	"fmt"
	"hash/fnv"
)

// Shards is the number of hash tags the inbox spreads its mailboxes over, so that a cluster shares the
// work. It must not change while updates wait.
const Shards = 16

// shard names the keys of one part of the inbox. The package doc tells what they hold.
type shard struct {
	due, owners, tries, dead string
	mailboxes, marks         string // prefixes
}

var shards = func() (all [Shards]shard) {
	for i := range all {
		tag := fmt.Sprintf("rb:{s%d}:", i)
		all[i] = shard{
			due: tag + "due", owners: tag + "owners", tries: tag + "tries", dead: tag + "dead",
			mailboxes: tag + "m:", marks: tag + "u:",
		}
	}
	return all
}()

// shardOf returns the number of the shard that holds a mailbox.
func shardOf(mailbox string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(mailbox))
	return int(h.Sum32() % Shards)
}

// mailboxKey is the list of a mailbox's updates.
func mailboxKey(mailbox string) string { return shards[shardOf(mailbox)].mailboxes + mailbox }

// personKeys names the keys of one person.
type personKeys struct {
	person                    string
	session, profile, entries string
	entry                     string // prefix
}

func keysOf(person string) personKeys {
	tag := "rb:{p:" + person + "}:"
	return personKeys{person: person, session: tag + "session", profile: tag + "profile", entries: tag + "entries", entry: tag + "e:"}
}

// probeKey holds the name key, sealed: whoever can open it has the right data key.
const probeKey = "rb:{meta}:key"

// journalKey holds since when every entry is in the index of the journal, in milliseconds.
const journalKey = "rb:{meta}:journal"

// replicatedKey is written to find out whether replicas have what was written before.
const replicatedKey = "rb:{meta}:replicated"
