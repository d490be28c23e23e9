# The scan statistic by enumeration, for test/analytics/statistics/scan-statistic.test.ts. Run once:
#   Rscript test/reference/scan.R > test/reference/scan.json
# Small populations, of which every choice of as many as there are events is looked at (combn): p is exact. The likelihood
# ratio is that of dbinom, within a window and without. `bound`: the sum of pbinom over windows.
source("test/reference/as-json.R")
set.seed(20261127, kind = "Mersenne-Twister")

log_ratio <- function(c, n, C, N) {
  higher <- c * (N - n) > (C - c) * n
  ratio <- dbinom(c, n, c / n, log = TRUE) + dbinom(C - c, N - n, (C - c) / (N - n), log = TRUE) -
    dbinom(c, n, C / N, log = TRUE) - dbinom(C - c, N - n, C / N, log = TRUE)
  ifelse(higher, ratio, 0)
}
scan <- function(events, population, from, width, fewest) {
  starts <- from:(length(events) - width)  # first day is 0
  within <- function(x) sapply(starts, function(s) sum(x[s + 1:width]))
  n <- within(population); C <- sum(events); N <- sum(population)
  ratios_of <- function(events) { c <- within(events); ifelse(c >= fewest, log_ratio(c, n, C, N), 0) }
  observed <- ratios_of(events)
  if (max(observed) <= 0) return(data.frame(start = NA, events = NA, expected = NA, p = NA, bound = NA))
  at <- which.max(observed); c <- within(events)[at]
  day_of <- rep(seq_along(population), population)
  p <- if (choose(N, C) > 30000) NA else mean(apply(combn(N, C), 2, function(chosen)
    max(ratios_of(tabulate(day_of[chosen], length(population)))) >= max(observed) - 1e-9))
  needed <- sapply(seq_along(starts), function(i) {
    possible <- fewest:max(fewest, min(n[i], C))
    reach <- possible[possible <= min(n[i], C) & log_ratio(possible, n[i], C, N) >= max(observed) - 1e-9]
    if (length(reach) == 0) Inf else min(reach)
  })
  bound <- sum(ifelse(is.finite(needed), pbinom(pmin(needed, C) - 1, C, n / N, lower.tail = FALSE), 0))
  data.frame(start = starts[at], events = c, expected = (C - c) / (N - n[at] - (C - c)) * (n[at] - c), p = p, bound = bound)
}

small <- lapply(1:24, function(i) {
  population <- rpois(9, 2) + 1
  chosen <- sample(rep(1:9, population), sample(3:5, 1), prob = rep(c(rep(1, 6), 4, 4, 1), population))
  list(set = i, population = population, events = tabulate(chosen, 9), from = sample(0:5, 1), width = sample(2:3, 1), fewest = sample(1:2, 1))
})
large <- lapply(25:30, function(i) {
  population <- rpois(200, 20)
  events <- rbinom(200, population, .05)
  events[150:160] <- rbinom(11, population[150:160], .6)
  list(set = i, population = population, events = events, from = 110, width = c(7, 30)[i %% 2 + 1], fewest = 5)
})
sets <- c(small, large)
days <- do.call(rbind, lapply(sets, function(s) data.frame(set = s$set, events = s$events, population = s$population)))
results <- do.call(rbind, lapply(sets, function(s)
  cbind(data.frame(set = s$set, from = s$from, width = s$width, fewest = s$fewest),
        setNames(scan(s$events, s$population, s$from, s$width, s$fewest), c("start", "found", "expected", "p", "bound")))))
write_json(list(days = days, results = results))
