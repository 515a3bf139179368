-- Replies with {place, sealed broadcast, …}, newest first. A place is 16 digits, ":" and the id. The names of the
-- broadcasts are known in here only; they carry the same tag.
-- KEYS: list. ARGV: the place after which to begin ("" for the first), how many, prefix of the broadcasts.
local from = ARGV[1] == '' and '+' or '(' .. ARGV[1]
local reply = {}
for _, place in ipairs(redis.call('ZREVRANGEBYLEX', KEYS[1], from, '-', 'LIMIT', 0, ARGV[2])) do
  reply[#reply + 1] = place
  reply[#reply + 1] = redis.call('GET', ARGV[3] .. string.sub(place, 18)) or ''
end
return reply
