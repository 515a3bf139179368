-- Counts a shard: {mailboxes due, mailboxes in work, age of the one due longest, dead letters}.
-- KEYS: due, owners, dead letters.
local now = clock()
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local age = 0
if first[2] then
  age = math.max(0, now - tonumber(first[2]))
end
return {redis.call('ZCOUNT', KEYS[1], '-inf', now), redis.call('HLEN', KEYS[2]), age, redis.call('LLEN', KEYS[3])}
