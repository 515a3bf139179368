-- Writes a batch into a ledger unless it is there; replies 1 when it was written.
-- KEYS: due, left, tally, recipients, outcomes. ARGV: batch, how many lines, sealed recipients, outcomes, life in ms.
if redis.call('EXISTS', KEYS[5]) == 1 then
  return 0
end
redis.call('SET', KEYS[4], ARGV[3], 'PX', ARGV[5])
redis.call('SET', KEYS[5], ARGV[4], 'PX', ARGV[5])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[1], 0, ARGV[1])
redis.call('HINCRBY', KEYS[3], 'q', ARGV[2])
return 1
