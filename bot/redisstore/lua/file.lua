-- Runs commands on the index of moderation if nobody has changed it since it was read.
-- KEYS: version; all keys of the commands share its tag. ARGV: the version that was read, then for each command how
-- many words it has, and the words. Returns 1, or 0 when somebody was faster.
if (redis.call('GET', KEYS[1]) or '0') ~= ARGV[1] then
  return 0
end
local i = 2
while i <= #ARGV do
  local n = tonumber(ARGV[i])
  redis.call(unpack(ARGV, i + 1, i + n))
  i = i + n + 1
end
redis.call('INCR', KEYS[1])
return 1
