-- Leases the most useful card to a moderator: the one they have, else the first that nobody has and that they have
-- not given back. Returns card, when the lease ends (ms), score, how many wait; nil when there is none.
-- KEYS: queue, leases by their end, moderator by card, cards this moderator has given back.
-- ARGV: moderator, length of a lease (ms).
local now = clock()
local waiting = redis.call('ZCARD', KEYS[1])
for _, card in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  local score = redis.call('ZSCORE', KEYS[1], card)
  if not score or tonumber(redis.call('ZSCORE', KEYS[2], card)) <= now then
    redis.call('ZREM', KEYS[2], card)
    redis.call('HDEL', KEYS[3], card)
  elseif redis.call('HGET', KEYS[3], card) == ARGV[1] then
    return {card, redis.call('ZSCORE', KEYS[2], card), score, waiting}
  end
end
for from = 0, waiting, 50 do
  for _, card in ipairs(redis.call('ZREVRANGE', KEYS[1], from, from + 49)) do
    if not redis.call('ZSCORE', KEYS[2], card) and redis.call('SISMEMBER', KEYS[4], card) == 0 then
      local till = string.format('%.0f', now + ARGV[2])
      redis.call('ZADD', KEYS[2], till, card)
      redis.call('HSET', KEYS[3], card, ARGV[1])
      return {card, till, redis.call('ZSCORE', KEYS[1], card), waiting}
    end
  end
end
return nil
