-- Prolongs leases that are still held.
-- KEYS: due, owners. ARGV: lease, then pairs of mailbox and token.
local ends = clock() + ARGV[1]
for i = 2, #ARGV, 2 do
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[i + 1] then
    redis.call('ZADD', KEYS[1], 'XX', ends, ARGV[i])
  end
end
return 0
