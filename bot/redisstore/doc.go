// Package redisstore is the one place that knows Redis. It keeps what package bot declares as
// [bot.Store], the durable inbox ([bot.Inbox]), and where there is no Redis it brings its own
// ([StartEmbedded]).
//
// # Starting
//
// [Connect] or [StartEmbedded] opens a client, [Wait] waits for Redis, [ClaimKey] makes sure that the
// data key is the one the data is sealed with. [New] gives the store, [Store.Inbox] the inbox beside it.
//
// # Keys
//
// Nothing in Redis names a person. Values are sealed with AES-256-GCM under a key that Redis never
// sees ([Sealer]); names carry an HMAC of the id. Keys that one script touches share a {tag}, so that a
// Redis Cluster can hold them. All there is:
//
//	rb:{meta}:key             the key that names come from, sealed: opening it proves the data key
//
//	rb:{meta}:replicated      counts the times that a write waited for replicas, where it does
//
//	rb:{p:<person>}:session   sealed bot.Session; a day after the last message it goes
//	rb:{p:<person>}:profile   sealed bot.Profile; 180 days after the last message, and as long as the person
//	                          is subscribed
//	rb:{p:<person>}:entries   sorted set: refs of the person's journal entries by time (ms); lives as
//	                          long as the longest of them
//	rb:{p:<person>}:e:<ref>   sealed bot.Entry; 180 days
//
//	rb:{j<n>}:<day>           sorted set: "<person>:<ref>" of the entries whose question is of that day (UTC,
//	                          20260315) by its time (ms); 181 days. By it the journal is read in order
//	rb:{meta}:told            the knowledge base up to which people were told of answers
//	rb:{j<n>}:new             list of "<person>:<ref>" the clerk has to look at, oldest first
//	rb:{q}:                   the journal as moderators work with it: see [Moderation]
//	rb:{audit}:<month>        what staff do: see [Audit]
//	rb:{meta}:journal         since when every entry is in these sets (ms)
//
//	rb:{s<n>}:m:<mailbox>     list of sealed raw updates, oldest first; at most 1,000; gone when empty
//	rb:{s<n>}:due             sorted set: every mailbox with updates, by when it may be handed out (ms):
//	                          since its first update, after a pause, or when its lease ends
//	rb:{s<n>}:owners          hash mailbox → token of the lease
//	rb:{s<n>}:tries           hash mailbox → how often its oldest update was handed out
//	rb:{s<n>}:u:<block>       bitmap: which of 8,192 update ids were put; 25 hours after the last
//	rb:{s<n>}:dead            list, newest first, at most 250, 14 days:
//	                          "<ms>:<mailbox>:<sealed reason>:<sealed update>"
//
//	rb:{out}:all              hash of the sending budget: see [Limiter]
//	rb:{out}:c:<chat>         hash of one chat's; goes when its wait is over
//	rb:{office:<name>}:holder hash of who does a work that one replica does at a time: see [Office]
//	rb:{llm}:…                what the LLM is asked, and rb:phrase:<name> what it wrote, sealed: see [Phrasing]
//	rb:siren:<trouble>        staff have been told of a trouble; an hour
//	rb:{roles}:given          hash <person and role> → sealed role
//	rb:{roles}:audit          list of sealed changes of roles, newest first, at most 10,000
//
//	rb:{w<n>}:wishers         hash <person> → sealed bot.Wisher: who wants to be told of an answer
//	rb:{switches}:now         sealed bot.Switches
//	rb:{switches}:audit       list of sealed changes of them, newest first, at most 10,000
//
//	rb:{web}:                 who is logged in to the dashboard: see web.go
//	rb:{kb}:                  versions of the knowledge base and proposals: see [Shelf]
//	rb:{bc}: rb:{a<n>}: rb:{l<n>}:  broadcasts, the audience, and who got what: see [Broadcasts]
//
// Retention stands for the defaults of [DefaultRetention]. <n> is one of 16 shards by the mailbox or person, <ref>
// is random, all other names are HMACs ([Sealer.Hide]) that can't be linked to each other. A sealed value
// is a 12-byte nonce, the encrypted JSON or update, and a 16-byte tag, bound to the name of its key (a
// dead letter to that of its mailbox).
//
// # Changing the data key
//
// The key that names come from stays: it lies in the store under the data key, and [ClaimKey] seals it anew
// with the new one. So nobody is looked for under two names, and nothing moves. A value is opened by
// whichever key fits and sealed with the first when it is stored again; [Store.Rekey] does that to all the
// rest, after which the former key can go. What is left under a key that is gone counts as not stored, and
// is reported.
//
// # The inbox
//
// A mailbox is in due exactly as long as its list holds updates. Lease takes those whose time has come
// and moves their time to the end of the lease; whoever is not back by then loses them to the next
// caller. A token names one lease and one update under it, so what a former owner says, or what is said
// twice because a reply was lost, changes nothing. Times are those of the Redis node.
//
// The one way to handle an update twice is a crash after its reply was sent and before Finish was
// answered. Finish stores what the update left and removes it in one round trip to keep that short.
//
// # Cost
//
// A question asked alone costs two round trips (Recall and Finish) and its share of Put and Lease. In a
// crowd the calls of all chats share round trips, and with them the disk write of appendfsync always; Put
// calls that come at the same time go together. Scripts go by digest. Only commands of Redis 6.2 and older are used.
package redisstore
