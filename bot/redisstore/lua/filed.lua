-- Takes entries the clerk has looked at off its list, from the head, as far as they stand there.
-- KEYS: list. ARGV: members.
for _, member in ipairs(ARGV) do
  if redis.call('LINDEX', KEYS[1], 0) ~= member then
    return 0
  end
  redis.call('LPOP', KEYS[1])
end
return 1
