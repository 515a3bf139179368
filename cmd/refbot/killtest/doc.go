// Package killtest kills refbot and looks at what its users notice.
//
// The test builds the refbot binary and runs it as a process against a Telegram in the test and a real
// redis-server. A few hundred people ask question after question while refbot is killed without warning,
// again and again: alone, as three replicas behind a webhook, with Redis killed too, with the connections
// to Redis cut, on a Redis Cluster, and while a Sentinel promotes a replica of Redis. Then every person must have every answer, in the order of their questions.
//
// What may happen twice is a reply that was sent but not recorded when the process died. Between the two
// lies one round trip to Redis; the test prints how often it was hit, and fails when that is more often
// than refbot was killed.
//
// Redis runs with an append-only file and appendfsync always, as docker-compose.yml has it. Killing the
// redis-server process would lose nothing with everysec either: what was acknowledged has been written to
// the file, and the kernel keeps it. Only a crash of the machine can lose what was not on the disk.
// A replica that is promoted misses what was not replicated yet: updates settled in that moment are
// answered again, and updates confirmed to Telegram in that moment would be gone, were it not for
// REDIS_WAIT_REPLICAS=1, with which that test runs: nothing is confirmed that one replica does not have.
//
// Afterwards the RDB and AOF files, and refbot's own log, are searched for everything that could tell
// who asked what: ids in decimal and binary, names, usernames, and the words of the questions.
//
// go test runs a short version; REFBOT_SLOW=1 runs all of it: 2,000 questions of 200 people and 20 kills
// a scenario, and a million people in Redis, who cost the bot no memory.
package killtest
