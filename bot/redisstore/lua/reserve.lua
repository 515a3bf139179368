-- Books bulk messages by the generic cell rate algorithm: one cell over all chats, one for each chat. A
-- chat that must wait is not booked, nor is one whose turn would come later than booking ahead goes. Replies with a
-- row for each chat: 1 for booked, 0, or 2 for too far ahead; and the microseconds until the message may go or until
-- asking again makes sense.
-- KEYS: all, chat… ARGV: ms between messages, replies sent meanwhile, ms to book ahead (0: any); then for each chat:
-- ms, burst.
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local step, ahead = tonumber(ARGV[1]), tonumber(ARGV[3])
local all = redis.call('HMGET', KEYS[1], 'next', 'silence')
local first, silence = tonumber(all[1] or 0), tonumber(all[2] or 0)
-- Replies push bulk back, at most two seconds, so that it does not stop for long after they end.
local slot = math.max(first, math.min(math.max(first, now) + ARGV[2] * step, now + 2000), now)
local rows = {}
for i = 2, #KEYS do
  local each, burst = tonumber(ARGV[i * 2]), tonumber(ARGV[i * 2 + 1])
  local chat = redis.call('HMGET', KEYS[i], 'next', 'silence')
  local after = math.max(now, tonumber(chat[1] or 0)) + each
  local wait = math.max(after - burst * each, tonumber(chat[2] or 0), silence) - now
  if wait > 0 then
    rows[#rows + 1] = {0, math.ceil(wait * 1000)}
  elseif ahead > 0 and slot - now > ahead then
    rows[#rows + 1] = {2, math.ceil((slot - now - ahead / 2) * 1000)}
  else
    rows[#rows + 1] = {1, math.floor((slot - now) * 1000)}
    slot = slot + step
    redis.call('HSET', KEYS[i], 'next', string.format('%.3f', after))
    if redis.call('PTTL', KEYS[i]) < 60000 then
      redis.call('PEXPIRE', KEYS[i], 60000 + math.ceil(burst * each))
    end
  end
end
redis.call('HSET', KEYS[1], 'next', string.format('%.3f', slot), 'bulk', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], 86400000)
return rows
