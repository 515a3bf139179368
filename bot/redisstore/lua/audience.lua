-- Puts a subscriber into a bucket of the audience, or takes one out.
-- KEYS: bucket. ARGV: name, sealed subscriber ("" takes them out).
if ARGV[2] == '' then
  return redis.call('HDEL', KEYS[1], ARGV[1])
end
return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
