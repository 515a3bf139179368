package redisstore

import "github.com/redis/go-redis/v9"

// The scripts of the inbox. KEYS[1..4] are always ready, leases, owners, tries of one shard; times are
// milliseconds since 1970 by the caller's clock, so that the scripts stay deterministic.

// putScript: KEYS[5..] pairs of seen-mark and mailbox list; ARGV now, seconds to remember, then pairs of
// mailbox name and sealed update.
var putScript = redis.NewScript(`
local put = 0
for i = 5, #KEYS, 2 do
  local mailbox, data = ARGV[i - 2], ARGV[i - 1]
  if redis.call('SET', KEYS[i], '1', 'NX', 'EX', ARGV[2]) then
    redis.call('RPUSH', KEYS[i + 1], data)
    if not redis.call('ZSCORE', KEYS[2], mailbox) then
      redis.call('ZADD', KEYS[1], 'NX', ARGV[1], mailbox)
    end
    put = put + 1
  end
end
return put`)

// leaseScript: ARGV now, lease ms, how many, token, prefix of the mailbox lists. It first takes back
// mailboxes whose lease has ended. The mailbox lists are not in KEYS because their names are only known
// inside; they carry the shard's tag, so they are on the same node.
var leaseScript = redis.NewScript(`
for _, mailbox in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZREM', KEYS[2], mailbox)
  redis.call('HDEL', KEYS[3], mailbox)
  redis.call('ZADD', KEYS[1], 0, mailbox)
end
local out = {}
for _, mailbox in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  redis.call('ZREM', KEYS[1], mailbox)
  local data = redis.call('LINDEX', ARGV[5] .. mailbox, 0)
  if data then
    redis.call('ZADD', KEYS[2], ARGV[1] + ARGV[2], mailbox)
    redis.call('HSET', KEYS[3], mailbox, ARGV[4])
    out[#out + 1] = {mailbox, data, redis.call('HINCRBY', KEYS[4], mailbox, 1)}
  end
end
return out`)

// renewScript: ARGV mailbox, token, new end of the lease.
var renewScript = redis.NewScript(`
if redis.call('HGET', KEYS[3], ARGV[1]) == ARGV[2] then
  return redis.call('ZADD', KEYS[2], 'XX', ARGV[3], ARGV[1])
end
return 0`)

// advanceScript: KEYS[5] the mailbox list, KEYS[6] the dead letters; ARGV mailbox, token, end of the next
// lease, "done" or "bury". It returns the next update as leaseScript does, or nil.
var advanceScript = redis.NewScript(`
if redis.call('HGET', KEYS[3], ARGV[1]) ~= ARGV[2] then return nil end
local data = redis.call('LPOP', KEYS[5])
redis.call('HDEL', KEYS[4], ARGV[1])
if data and ARGV[4] == 'bury' then
  redis.call('LPUSH', KEYS[6], ARGV[1] .. data)
  redis.call('LTRIM', KEYS[6], 0, 9999)
end
local next = redis.call('LINDEX', KEYS[5], 0)
if next then
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
  return {ARGV[1], next, redis.call('HINCRBY', KEYS[4], ARGV[1], 1)}
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
return nil`)

// retryScript: ARGV mailbox, token, when to hand it out again.
var retryScript = redis.NewScript(`
if redis.call('HGET', KEYS[3], ARGV[1]) ~= ARGV[2] then return nil end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
return redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])`)
