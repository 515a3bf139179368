-- Gives a mailbox back, to be handed out again after a pause.
-- KEYS: due, owners, tries. ARGV: mailbox, token, pause, what to add to its tries.
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HINCRBY', KEYS[3], ARGV[1], ARGV[4])
redis.call('ZADD', KEYS[1], 'XX', clock() + ARGV[3], ARGV[1])
return 1
