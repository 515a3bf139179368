-- Deletes the dead letters of a mailbox.
-- KEYS: dead letters. ARGV: mailbox.
local purged = 0
for _, letter in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  if string.match(letter, '^%d+:([^:]*):') == ARGV[1] then
    purged = purged + redis.call('LREM', KEYS[1], 0, letter)
  end
end
return purged
