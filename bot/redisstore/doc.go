// Package redisstore is the one place that knows Redis. It keeps what package bot declares as
// [bot.Store], and the durable inbox with its mailboxes ([Inbox]).
//
// Nothing in Redis names a person. Values are sealed with AES-256-GCM under a key that Redis never
// sees ([Sealer]); key names carry an HMAC of the id under a second key derived from the same
// secret. Keys touched together share a hash tag, so that a Redis Cluster can hold them:
//
//	rb:{p:<person>}:session   sealed Session, expires a day after the last message
//	rb:{p:<person>}:profile   sealed Profile, until /forget
//	rb:{p:<person>}:refs      list of journal refs of the person, newest last, expires with the journal
//	rb:{j:<ref>}:entry        sealed journal entry with its pseudonym, expires with the journal
//	rb:{s<n>}:…               a shard of the inbox, see Inbox
//
// Only commands of Redis 7.0 and older are used. A question costs one round trip before the answer
// (Recall) and one after it (Record).
package redisstore
