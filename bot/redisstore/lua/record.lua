-- Stores what an event leaves of its person, all or nothing; "" stands for what is to stay as it is.
-- An entry and its place in the list of the person's entries live and die together, so that forgetting
-- the person finds every entry.
-- KEYS: session, profile, entries, entry.
-- ARGV: session, its life, profile, entry, its life, ref, prefix of the person's entries, life of the
-- profile, 1 for a profile that has no end, time of the question (ms).
if ARGV[1] ~= '' then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
if ARGV[3] == '' then
  if redis.call('PTTL', KEYS[2]) > 0 then
    redis.call('PEXPIRE', KEYS[2], ARGV[8])
  end
elseif ARGV[9] == '1' then
  redis.call('SET', KEYS[2], ARGV[3])
else
  redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[8])
end
if ARGV[4] ~= '' then
  local now, life = clock(), tonumber(ARGV[5])
  for _, ref in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now - life)) do
    redis.call('DEL', ARGV[7] .. ref)
    redis.call('ZREM', KEYS[3], ref)
  end
  redis.call('ZADD', KEYS[3], ARGV[10], ARGV[6])
  if redis.call('PTTL', KEYS[3]) < life then
    redis.call('PEXPIRE', KEYS[3], life)
  end
  redis.call('SET', KEYS[4], ARGV[4], 'PX', life)
end
return 0
