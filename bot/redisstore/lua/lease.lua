-- Hands out mailboxes that are due; returns {how many more are due, {row…}}.
-- A row is {mailbox, token, tries, oldest update}, or {mailbox, token} for a mailbox this replica holds
-- already: only the replica knows whether it still works on it. Its lease is prolonged meanwhile.
-- The names of the mailbox lists are known in here only; they carry the tag of the shard.
-- KEYS: due, owners, tries.
-- ARGV: lease, how many, the replica, token, prefix of the mailbox lists.
local now, count, rows = clock(), tonumber(ARGV[2]), {}
local due = {}
if count > 0 then
  due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, count)
end
for _, mailbox in ipairs(due) do
  local update = redis.call('LINDEX', ARGV[5] .. mailbox, 0)
  local owner = redis.call('HGET', KEYS[2], mailbox)
  if not update then
    redis.call('ZREM', KEYS[1], mailbox)
    redis.call('HDEL', KEYS[2], mailbox)
    redis.call('HDEL', KEYS[3], mailbox)
  else
    redis.call('ZADD', KEYS[1], now + ARGV[1], mailbox)
    if owner and string.sub(owner, 1, #ARGV[3]) == ARGV[3] then
      rows[#rows + 1] = {mailbox, owner}
    else
      redis.call('HSET', KEYS[2], mailbox, ARGV[4])
      rows[#rows + 1] = {mailbox, ARGV[4], redis.call('HINCRBY', KEYS[3], mailbox, 1), update}
    end
  end
end
return {redis.call('ZCOUNT', KEYS[1], '-inf', now), rows}
