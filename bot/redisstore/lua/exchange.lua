-- Takes replies off the budget; replies with the ms nothing may go out, and whether bulk went out lately.
-- KEYS: all. ARGV: ms between messages, replies sent, ms that are lately.
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local all = redis.call('HMGET', KEYS[1], 'next', 'silence', 'bulk')
local first = tonumber(all[1] or 0)
if tonumber(ARGV[2]) > 0 then
  local slot = math.max(first, math.min(math.max(first, now) + ARGV[2] * ARGV[1], now + 2000))
  redis.call('HSET', KEYS[1], 'next', string.format('%.3f', slot))
  redis.call('PEXPIRE', KEYS[1], 86400000)
end
local lately = 0
if now - tonumber(all[3] or 0) < tonumber(ARGV[3]) then
  lately = 1
end
return {math.ceil(math.max(0, tonumber(all[2] or 0) - now)), lately}
