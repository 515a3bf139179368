-- Books a call of the LLM; replies "" or which limit is reached: busy, daily_total, daily_person.
-- KEYS: calls under way, tokens of the minute, calls of the day, the person's calls of the day. ARGV: the call's
-- id, ms until it counts as ended, calls at once, tokens it may use, tokens a minute, calls a day, a person's.
local now = clock()
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return ''
end
local tokens = tonumber(redis.call('GET', KEYS[2]) or 0)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) or tokens + ARGV[4] > tonumber(ARGV[5]) then
  return 'busy'
end
if tonumber(redis.call('GET', KEYS[3]) or 0) >= tonumber(ARGV[6]) then
  return 'daily_total'
end
if tonumber(redis.call('GET', KEYS[4]) or 0) >= tonumber(ARGV[7]) then
  return 'daily_person'
end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('INCRBY', KEYS[2], ARGV[4])
redis.call('PEXPIRE', KEYS[2], 120000)
redis.call('INCR', KEYS[3])
redis.call('PEXPIRE', KEYS[3], 172800000)
redis.call('INCR', KEYS[4])
redis.call('PEXPIRE', KEYS[4], 172800000)
return ''
