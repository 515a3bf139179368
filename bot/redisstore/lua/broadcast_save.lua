-- Stores a broadcast when the stored version is the one it was made from; replies 1, or 0 when it is not. Said
-- again because the reply was lost, it replies 1 again.
-- KEYS: broadcast, versions, list, active. ARGV: id, version it was made from, sealed broadcast, place in the
-- list, "1" when it is active.
local version = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or 0)
if version == tonumber(ARGV[2]) + 1 and redis.call('GET', KEYS[1]) == ARGV[3] then
  return 1
end
if version ~= tonumber(ARGV[2]) then
  return 0
end
redis.call('SET', KEYS[1], ARGV[3])
redis.call('HSET', KEYS[2], ARGV[1], version + 1)
redis.call('ZADD', KEYS[3], 0, ARGV[4])
redis.call(ARGV[5] == '1' and 'SADD' or 'SREM', KEYS[4], ARGV[1])
return 1
