-- Stores updates of one shard; returns how many were dropped because their mailbox is full.
-- KEYS: due, then for each update: its block of marks, its mailbox.
-- ARGV: seconds to keep marks, updates a mailbox holds; then for each update: mailbox, bit, sealed update.
local now, most, dropped = clock(), tonumber(ARGV[2]), 0
local kept -- the marks whose life was prolonged
for i = 2, #KEYS, 2 do
  local marks, list = KEYS[i], KEYS[i + 1]
  local at = i / 2 * 3
  local mailbox, bit, update = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  if redis.call('SETBIT', marks, bit, 1) == 0 then
    if marks ~= kept then
      redis.call('EXPIRE', marks, ARGV[1])
      kept = marks
    end
    if redis.call('LLEN', list) < most then
      redis.call('RPUSH', list, update)
      redis.call('ZADD', KEYS[1], 'NX', now, mailbox)
    else
      dropped = dropped + 1
    end
  end
end
return dropped
