-- Replies with {id, sealed broadcast, …} of those that are active. The names of the broadcasts are known in here
-- only; they carry the same tag.
-- KEYS: active. ARGV: prefix of the broadcasts.
local reply = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  reply[#reply + 1] = id
  reply[#reply + 1] = redis.call('GET', ARGV[1] .. id) or ''
end
return reply
