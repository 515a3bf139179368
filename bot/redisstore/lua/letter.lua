-- Takes a dead letter away and, to try it again, puts its update behind what waits in its mailbox. Returns
-- 1, or 0 when the letter is gone.
-- KEYS: dead letters, due, mailbox. ARGV: letter, name of the mailbox, update ("" drops it).
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then
  return 0
end
if ARGV[3] ~= '' then
  redis.call('RPUSH', KEYS[3], ARGV[3])
  redis.call('ZADD', KEYS[2], 'NX', clock(), ARGV[2])
end
return 1
