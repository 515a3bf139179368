-- Puts a version of the knowledge base on the shelf when it is the next one; replies 1, or 0 when it is not. Said
-- again because the reply was lost, it replies 1 again.
-- KEYS: latest, version, its archive, the archive that goes. ARGV: number, sealed version, sealed archive.
local number = tonumber(ARGV[1])
local latest = tonumber(redis.call('GET', KEYS[1]) or 0)
if latest == number and redis.call('GET', KEYS[2]) == ARGV[2] then
  return 1
end
if latest ~= number - 1 then
  return 0
end
redis.call('SET', KEYS[2], ARGV[2])
redis.call('SET', KEYS[3], ARGV[3])
redis.call('SET', KEYS[1], ARGV[1])
redis.call('DEL', KEYS[4])
return 1
