-- Gives or takes a role and writes the audit line; replies whether anything changed.
-- KEYS: roles, audit. ARGV: field, sealed role ("" takes it), sealed audit line, how many lines are kept.
local changed
if ARGV[2] == '' then
  changed = redis.call('HDEL', KEYS[1], ARGV[1])
else
  changed = redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
end
if changed == 1 then
  redis.call('LPUSH', KEYS[2], ARGV[3])
  redis.call('LTRIM', KEYS[2], 0, ARGV[4] - 1)
end
return changed
