-- Deletes everything of a person; returns their entries with the times of their questions, by which the
-- index knows them.
-- KEYS: session, profile, entries. ARGV: prefix of the person's entries.
local entries = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES')
for i = 1, #entries, 2 do
  redis.call('DEL', ARGV[1] .. entries[i])
end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
return entries
