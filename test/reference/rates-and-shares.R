# Values of R for test/analytics/statistics/{intervals,comparisons,over-dispersion}.test.ts. Run once, and again when a case is added:
#   Rscript test/reference/rates-and-shares.R > test/reference/rates-and-shares.json
source("test/reference/as-json.R")

hits <- c(0, 1, 2, 15, 81, 5, 29, 29, 500, 3, 100000, 7)
n <- c(20, 29, 2, 148, 263, 10, 29, 30, 1000, 1000, 300000, 7)
shares <- data.frame(hits, n)
wilson <- mapply(function(x, m) suppressWarnings(prop.test(x, m, correct = FALSE)$conf.int), hits, n)
exact <- mapply(function(x, m) binom.test(x, m)$conf.int, hits, n)
shares <- cbind(shares, wilsonLow = wilson[1, ], wilsonHigh = wilson[2, ], exactLow = exact[1, ], exactHigh = exact[2, ])

counts <- c(0, 1, 2, 3, 5, 9, 10, 11, 30, 100, 1000, 25000)
garwood <- sapply(counts, function(x) poisson.test(x)$conf.int)
z <- qnorm(.975)
byar <- function(o, z) o * (1 - 1 / (9 * o) + z / (3 * sqrt(o)))^3
means <- data.frame(count = counts, low = garwood[1, ], high = garwood[2, ],
  byarLow = ifelse(counts == 0, 0, byar(counts, -z)), byarHigh = byar(counts + 1, z))

# Newcombe's method 10 from the Wilson limits of prop.test.
pairs <- data.frame(hits1 = c(56, 9, 6, 5, 0, 0, 10, 10, 300), n1 = c(70, 10, 7, 56, 10, 10, 10, 10, 1000),
  hits2 = c(48, 3, 2, 0, 0, 0, 0, 10, 250), n2 = c(80, 10, 7, 29, 20, 10, 20, 10, 900))
limits <- function(x, m) suppressWarnings(prop.test(x, m, correct = FALSE)$conf.int)
newcombe <- mapply(function(x, m, y, k) {
  p <- x / m; q <- y / k; a <- limits(x, m); b <- limits(y, k)
  c(p - q, p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), p - q + sqrt((a[2] - p)^2 + (q - b[1])^2))
}, pairs$hits1, pairs$n1, pairs$hits2, pairs$n2)
pairs <- cbind(pairs, difference = newcombe[1, ], low = newcombe[2, ], high = newcombe[3, ])

# The p of poisson.test sums all outcomes as unlikely as this one; ours is twice the smaller tail, so it is made of pbinom.
ratios <- data.frame(before = c(21, 20, 30, 6, 5, 0, 8, 400, 3, 12000), after = c(11, 10, 15, 0, 0, 8, 8, 300, 9, 12500),
  exposureBefore = c(3011, 1, 1, 1, 1, 1, 91, 730, 26.5, 365), exposureAfter = c(800, 1, 1, 1, 1, 1, 92, 365, 13, 365))
compared <- mapply(function(b, a, eb, ea) {
  test <- poisson.test(c(a, b), c(ea, eb))
  share <- ea / (ea + eb)
  p <- min(1, 2 * min(pbinom(a, a + b, share), pbinom(a - 1, a + b, share, lower.tail = FALSE)))
  c(test$estimate, test$conf.int, p)
}, ratios$before, ratios$after, ratios$exposureBefore, ratios$exposureAfter)
ratios <- cbind(ratios, ratio = compared[1, ], low = compared[2, ], high = compared[3, ], p = compared[4, ])

set.seed(1)
families <- list(c(.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .6528, .759, 1),
  c(.05, .01, .04, .02, .03), c(.5, .001), c(.2, .2, .2, 1, 0), c(.7), round(runif(40)^3, 6))
adjusted <- do.call(rbind, lapply(seq_along(families), function(i) data.frame(family = i, p = families[[i]],
  bh = p.adjust(families[[i]], "BH"), holm = p.adjust(families[[i]], "holm"))))

# One rate over periods of unequal exposure: Pearson's chi-square of an intercept with an offset.
series <- list(c(12, 15, 9, 22, 18, 3, 11), c(0, 0, 4, 1, 0, 0), c(100, 140, 60, 180, 90), c(2, 40))
exposures <- list(c(31, 28, 31, 30, 31, 30, 31), rep(1, 6), c(1000, 1100, 900, 1500, 800), c(91, 92))
dispersion <- do.call(rbind, lapply(seq_along(series), function(i) {
  fit <- glm(series[[i]] ~ 1, offset = log(exposures[[i]]), family = stats::poisson, control = list(epsilon = 1e-15, maxit = 100))
  chi <- sum(residuals(fit, "pearson")^2); df <- fit$df.residual
  data.frame(series = i, count = series[[i]], exposure = exposures[[i]], phi = chi / df, df = df,
    low = chi / qchisq(.975, df), high = chi / qchisq(.025, df))
}))

write_json(list(shares = shares, means = means, differences = pairs, ratios = ratios, families = adjusted, dispersion = dispersion))
