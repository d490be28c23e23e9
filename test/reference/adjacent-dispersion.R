# Values for test/analytics/statistics/adjacent-dispersion.test.ts, by R's chisq.test of each pair of neighbours. Run once, and
# again when a case is added:
#   Rscript test/reference/adjacent-dispersion.R > test/reference/adjacent-dispersion.json
source("test/reference/as-json.R")

set.seed(3)
days <- c(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
series <- list(rpois(12, 40), rnbinom(12, mu = 30, size = 15), rpois(12, 6), c(0, 0, 4, 5, 6, 4, 40, 0, 0, 3, 90, 1), rnbinom(12, mu = 200, size = 20))

pairs <- function(x) {
  chi <- sapply(2:12, function(i) {
    if (x[i - 1] + x[i] < 10) return(NA)
    suppressWarnings(chisq.test(x[(i - 1):i], p = days[(i - 1):i] / sum(days[(i - 1):i]))$statistic)
  })
  chi[!is.na(chi)]
}
each <- lapply(series, pairs)
phi <- sapply(each, mean); n <- sapply(each, length)

# Shrinkage by moments: the error of each is 3 phi^2 / pairs.
common <- sum(phi * n) / sum(n)
between <- max(0, mean((phi - common)^2) - mean(3 * common^2 / n))
weight <- between / (between + 3 * common^2 / n)

counts <- do.call(rbind, lapply(seq_along(series), function(i) data.frame(series = i, count = series[[i]], days = days)))
dispersions <- data.frame(series = seq_along(series), phi, pairs = n, common, shrunk = pmax(1, weight * phi + (1 - weight) * common))
write_json(list(counts = counts, dispersions = dispersions))
