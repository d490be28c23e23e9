# Control charts worked from first principles, for test/analytics/control-charts/limits.test.ts. Run once, and again when a case
# is added:
#   Rscript test/reference/control-charts.R > test/reference/control-charts.json
source("test/reference/as-json.R")

# Absolute differences of neighbours; NA (not measured) has none with its neighbours.
ranges <- function(x) mean(abs(diff(x)), na.rm = TRUE)
xmr <- function(x) { m <- mean(x, na.rm = TRUE); s <- 2.66 / 3 * ranges(x); c(m, m - 3 * s, m + 3 * s, m - 2 * s, m + 2 * s) }
columns <- function(limits) data.frame(centre = limits[1], low = limits[2], high = limits[3], nearLow = limits[4], nearHigh = limits[5])
above0 <- function(limits) pmax(limits, 0)

set.seed(11)
counts <- list(steady = c(12, 15, 9, 14, 18, 11, 13, 10, 16, 12, 14, 11), small = c(2, 0, 5, 1, 3, 4, 0, 2, 6, 1, 3, 2),
  gaps = c(12, NA, 9, 14, NA, NA, 13, 10, 16, 12), drawn = rpois(24, 40))
# Hours between failures of a valve: Montgomery, Introduction to Statistical Quality Control, table 7.14.
valve <- c(286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96)
gaps <- list(valve = valve, sameDay = c(0, 3, 21, 0, 0, 45, 60, 7, 12, 30, 5, 90), unmeasured = c(30, NA, 12, 55, 7, NA, 41, 20, 33))
opportunities <- list(drawn = rgeom(15, .01), few = c(0, 3, 7, 0, 12, 5), unmeasured = c(120, NA, 40, 300, 88))

values <- function(series) do.call(rbind, lapply(names(series), function(name) data.frame(series = name, value = series[[name]])))
limits <- function(series, make) do.call(rbind, lapply(names(series), function(name) cbind(series = name, columns(make(series[[name]])))))
g <- function(x) { m <- mean(x, na.rm = TRUE); s <- sqrt(m * (m + 1)); c(log(2) * m, m - 3 * s, m + 3 * s, m - 2 * s, m + 2 * s) }

# Laney: the limits at each point's own denominator.
denominators <- list(steady = c(1000, 1100, 900, 1050, 1000, 950, 1020, 980, 1100, 1000, 1010, 990),
  uneven = round(runif(14, 200, 4000)), gaps = c(500, 600, NA, 700, 450, 800, 650, 700))
hits <- list(steady = c(52, 61, 40, 55, 70, 45, 50, 48, 66, 49, 51, 42), uneven = rbinom(14, denominators$uneven, .08), gaps = c(30, 44, 20, 38, NA, 61, 40, 39))
laney <- function(kind) do.call(rbind, lapply(names(hits), function(name) {
  x <- hits[[name]]; n <- denominators[[name]]; both <- !is.na(x) & !is.na(n)
  centre <- sum(x[both]) / sum(n[both])
  sigma <- sqrt((if (kind == "laney_p") centre * (1 - centre) else centre) / n)
  s <- sigma * 2.66 / 3 * ranges((x / n - centre) / sigma)
  cut <- function(y) pmin(pmax(y, 0), if (kind == "laney_p") 1 else Inf)
  data.frame(kind, series = name, count = x, of = n, centre, low = cut(centre - 3 * s), high = cut(centre + 3 * s),
    nearLow = cut(centre - 2 * s), nearHigh = cut(centre + 2 * s))
}))

write_json(list(counts = values(counts), xmr = limits(counts, function(x) above0(xmr(x))),
  gaps = values(gaps), t = limits(gaps, function(x) above0(xmr(x^(1 / 3.6)))^3.6),
  opportunities = values(opportunities), g = limits(opportunities, function(x) above0(g(x))),
  laney = rbind(laney("laney_u"), laney("laney_p"))))
