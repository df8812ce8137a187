-- What wrk asks: one page, by readers in turn (a cookie each); it prints the figures as one line of JSON.
local cookies = {}
local turn = 0

function init(args)
  for _, cookie in ipairs(args) do
    table.insert(cookies, cookie)
  end
end

function request()
  turn = turn % #cookies + 1
  return wrk.format("GET", nil, { ["Cookie"] = cookies[turn], ["Accept-Encoding"] = "gzip" })
end

function done(summary, latency, _)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read
      + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '{"p50": %.3f, "p95": %.3f, "p99": %.3f, "requests": %d, "failed": %d, "seconds": %.3f}\n',
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    summary.requests, failed, summary.duration / 1000000
  ))
end
