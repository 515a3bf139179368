-- Puts values that were sealed anew in the place of the old ones, where those are still there; their life
-- and their order stay. Returns how many were replaced.
-- KEYS: key. ARGV: its type, then for each value: field of a hash, old value, new value.
local key, kind, replaced = KEYS[1], ARGV[1], 0
local places = {}
if kind == 'list' then
  for i, value in ipairs(redis.call('LRANGE', key, 0, -1)) do
    places[value] = i - 1
  end
end
for i = 2, #ARGV, 3 do
  local field, old, new = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if kind == 'string' and redis.call('GET', key) == old then
    redis.call('SET', key, new, 'KEEPTTL')
    replaced = replaced + 1
  elseif kind == 'hash' and redis.call('HGET', key, field) == old then
    redis.call('HSET', key, field, new)
    replaced = replaced + 1
  elseif kind == 'list' and places[old] then
    redis.call('LSET', key, places[old], new)
    replaced = replaced + 1
  end
end
return replaced
