-- Ends a call of the LLM and puts the tokens it used in place of those it booked.
-- KEYS: calls under way, tokens of the minute it was booked in. ARGV: the call's id, used minus booked.
if redis.call('ZREM', KEYS[1], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('INCRBY', KEYS[2], ARGV[2])
end
return 1
