-- Lets nothing go out until a while is over.
-- KEYS: all, or a chat. ARGV: ms.
local silence = clock() + ARGV[1]
if silence > tonumber(redis.call('HGET', KEYS[1], 'silence') or 0) then
  redis.call('HSET', KEYS[1], 'silence', string.format('%.0f', silence))
end
if redis.call('PTTL', KEYS[1]) < ARGV[1] + 60000 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1] + 60000)
end
return 0
