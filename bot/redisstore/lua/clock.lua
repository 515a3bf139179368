-- Stands before every other script. All times are milliseconds since 1970 by the clock of the Redis
-- node that holds the keys: replicas' clocks may differ, the order of things does not.
local function clock()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
