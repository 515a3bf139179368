-- Gives batches back. KEYS: due, owners. ARGV: pairs of batch and token.
local now = clock()
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[2], ARGV[i])
    redis.call('ZADD', KEYS[1], 'XX', now, ARGV[i])
  end
end
return 0
