-- Notes an entry in the index of its day, and that the clerk has to look at it.
-- KEYS: day, what the clerk has to look at. ARGV: member, time of the question (ms), when the day may go (ms).
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('RPUSH', KEYS[2], ARGV[1])
return redis.call('PEXPIREAT', KEYS[1], ARGV[3])
