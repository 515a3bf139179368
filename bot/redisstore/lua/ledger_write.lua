-- Writes marks about lines of a batch and keeps it for another lease; replies 1, or 0 when it is not the worker's any
-- more. Then only how an unknown line ended is still taken.
-- A line has five bytes: q(ueued) b(egun) s(ent) u(nreachable) f(ailed) x (unknown), and the message's id.
-- KEYS: due, owners, left, tally, outcomes. ARGV: batch, token, lease; then for each mark: place, letter, four bytes or "".
local batch = ARGV[1]
local mine = redis.call('HGET', KEYS[2], batch) == ARGV[2]
if mine then
  redis.call('ZADD', KEYS[1], 'XX', clock() + ARGV[3], batch)
end
local counts, closed = {}, 0
local function count(letter, n)
  if letter == 'b' then
    letter = 'q'
  end
  counts[letter] = (counts[letter] or 0) + n
end
for i = 4, #ARGV, 3 do
  local at, is = ARGV[i] * 5, ARGV[i + 1]
  local was = redis.call('GETRANGE', KEYS[5], at, at)
  local open, stays = was == 'q' or was == 'b', is == 'q' or is == 'b'
  if was ~= is and (open and mine or was == 'x' and not stays) then
    redis.call('SETRANGE', KEYS[5], at, is .. ARGV[i + 2])
    count(was, -1)
    count(is, 1)
    if open and not stays then
      closed = closed + 1
    end
  end
end
for letter, n in pairs(counts) do
  if n ~= 0 then
    redis.call('HINCRBY', KEYS[4], letter, n)
  end
end
if closed > 0 and redis.call('HINCRBY', KEYS[3], batch, -closed) <= 0 then
  redis.call('ZREM', KEYS[1], batch)
  redis.call('HDEL', KEYS[2], batch)
  redis.call('HDEL', KEYS[3], batch)
end
return mine and 1 or 0
