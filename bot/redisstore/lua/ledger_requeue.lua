-- Puts the unknown lines of a batch back into the queue; replies how many.
-- KEYS: due, left, tally, outcomes. ARGV: batch.
local outcomes, n = redis.call('GET', KEYS[4]) or '', 0
for at = 1, #outcomes, 5 do
  if string.sub(outcomes, at, at) == 'x' then
    redis.call('SETRANGE', KEYS[4], at - 1, 'q')
    n = n + 1
  end
end
if n > 0 then
  redis.call('HINCRBY', KEYS[2], ARGV[1], n)
  redis.call('HINCRBY', KEYS[3], 'x', -n)
  redis.call('HINCRBY', KEYS[3], 'q', n)
  redis.call('ZADD', KEYS[1], 'NX', 0, ARGV[1])
end
return n
