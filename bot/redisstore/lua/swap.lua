-- Puts a value in the place of another in a hash; replies 1, or 0 when the other is not there any more. Said again
-- because the reply was lost, it replies 1 again.
-- KEYS: hash. ARGV: field, value that is to be there ("" for none), value to put ("" deletes).
local is = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if is == ARGV[3] then
  return 1
end
if is ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
