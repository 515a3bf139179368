-- Hands out batches that nobody holds or whose holder was not heard of for its lease; replies with
-- {how many more there are, {{batch, sealed recipients, outcomes}…}}. A line that was begun under an earlier claim
-- is unknown from now on.
-- The names of the batches' keys are known in here only; they carry the tag of the shard.
-- KEYS: due, owners, left, tally. ARGV: lease, how many, token, prefix of recipients, prefix of outcomes.
local now, rows = clock(), {}
local due = {}
if tonumber(ARGV[2]) > 0 then
  due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[2])
end
local function close(batch)
  redis.call('ZREM', KEYS[1], batch)
  redis.call('HDEL', KEYS[2], batch)
  redis.call('HDEL', KEYS[3], batch)
end
for _, batch in ipairs(due) do
  local key = ARGV[5] .. batch
  local outcomes, lost = redis.call('GET', key), 0
  for at = 1, #(outcomes or ''), 5 do
    if string.sub(outcomes, at, at) == 'b' then
      redis.call('SETRANGE', key, at - 1, 'x')
      lost = lost + 1
    end
  end
  local left = tonumber(redis.call('HGET', KEYS[3], batch) or 0) - lost
  if lost > 0 then
    redis.call('HSET', KEYS[3], batch, left)
    redis.call('HINCRBY', KEYS[4], 'q', -lost)
    redis.call('HINCRBY', KEYS[4], 'x', lost)
  end
  if left <= 0 or not outcomes then
    close(batch)
  else
    redis.call('HSET', KEYS[2], batch, ARGV[3])
    redis.call('ZADD', KEYS[1], now + ARGV[1], batch)
    rows[#rows + 1] = {batch, redis.call('GET', ARGV[4] .. batch) or '', redis.call('GET', key)}
  end
end
return {redis.call('ZCOUNT', KEYS[1], '-inf', now), rows}
