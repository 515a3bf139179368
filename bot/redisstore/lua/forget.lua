-- Deletes everything of a person.
-- KEYS: session, profile, entries. ARGV: prefix of the person's entries.
for _, ref in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  redis.call('DEL', ARGV[1] .. ref)
end
return redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
