-- GETs paths of a list at random: the same sequence in every run, and no work but the choice per request.
-- Arguments: the file with one path per line, the seed, and what to send as Accept-Encoding.
local requests = {}

function init(args)
   math.randomseed(tonumber(args[2]))
   if args[3] ~= nil and args[3] ~= "" then
      wrk.headers["Accept-Encoding"] = args[3]
   end
   for path in io.lines(args[1]) do
      requests[#requests + 1] = wrk.format("GET", path)
   end
end

function request()
   return requests[math.random(#requests)]
end
