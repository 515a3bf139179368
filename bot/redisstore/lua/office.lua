-- Asks for an office, keeps it, or leaves it; replies with {term, ms until it ends} to its holder and
-- {0, ms until it is free} to others. The term grows whenever the holder changes.
-- KEYS: office. ARGV: who, lease in ms (0 leaves).
local now, lease = clock(), tonumber(ARGV[2])
local was = redis.call('HMGET', KEYS[1], 'holder', 'until')
local mine, free = was[1] == ARGV[1], tonumber(was[2] or 0) <= now
if not mine and not free then
  return {0, was[2] - now}
end
if lease == 0 then
  if mine then
    redis.call('HSET', KEYS[1], 'until', 0)
  end
  return {0, 0}
end
if not mine then
  redis.call('HSET', KEYS[1], 'holder', ARGV[1])
  redis.call('HINCRBY', KEYS[1], 'term', 1)
end
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + lease))
return {tonumber(redis.call('HGET', KEYS[1], 'term')), lease}
