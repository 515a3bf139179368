-- Notes an entry in the index of its day.
-- KEYS: day. ARGV: member, time of the question (ms), when the day may go (ms).
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
return redis.call('PEXPIREAT', KEYS[1], ARGV[3])
