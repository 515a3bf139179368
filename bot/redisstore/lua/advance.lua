-- Removes the oldest update of a mailbox and hands out the next as a row, nil when there is none or the
-- lease was lost. The token changes with every update, so that this call can be repeated when its reply
-- was lost: it finds the next token there, and answers again without removing anything.
-- KEYS: due, owners, tries, mailbox, dead letters.
-- ARGV: mailbox, token, next token, lease, why it is buried or "", how long dead letters are kept, how many.
local mailbox = ARGV[1]
local owner = redis.call('HGET', KEYS[2], mailbox)
local first = owner == ARGV[2]
if not first and owner ~= ARGV[3] then
  return nil
end
if first then
  local update = redis.call('LPOP', KEYS[4])
  if update and ARGV[5] ~= '' then
    local now = clock()
    redis.call('LPUSH', KEYS[5], now .. ':' .. mailbox .. ':' .. ARGV[5] .. ':' .. update)
    redis.call('LTRIM', KEYS[5], 0, ARGV[7] - 1)
    local oldest = redis.call('LINDEX', KEYS[5], -1)
    while oldest and tonumber(string.match(oldest, '^%d+')) <= now - ARGV[6] do
      redis.call('RPOP', KEYS[5])
      oldest = redis.call('LINDEX', KEYS[5], -1)
    end
    redis.call('PEXPIRE', KEYS[5], ARGV[6])
  end
end
local update = redis.call('LINDEX', KEYS[4], 0)
if not update then
  redis.call('ZREM', KEYS[1], mailbox)
  redis.call('HDEL', KEYS[2], mailbox)
  redis.call('HDEL', KEYS[3], mailbox)
  return nil
end
redis.call('HSET', KEYS[2], mailbox, ARGV[3])
redis.call('ZADD', KEYS[1], clock() + ARGV[4], mailbox)
local tries = 1
if first then
  redis.call('HSET', KEYS[3], mailbox, tries)
else
  tries = tonumber(redis.call('HGET', KEYS[3], mailbox) or 1)
end
return {mailbox, ARGV[3], tries, update}
