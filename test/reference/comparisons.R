# Values of R for test/analytics/statistics/strata.test.ts and multiplicity.test.ts. Run once, and again when a case is added:
#   Rscript test/reference/comparisons.R > test/reference/comparisons.json
source("test/reference/as-json.R")

# Newcombe's difference by the Wilson limits of prop.test, which are those without the correction.
newcombe <- expand.grid(hitsA = c(0, 1, 5, 9, 56, 70), nA = c(70, 90), hitsB = c(0, 3, 48), nB = c(48, 80))
wilson <- function(hits, n) prop.test(hits, n, correct = FALSE)$conf.int
newcombe[c("low", "high")] <- suppressWarnings(t(mapply(function(a, m, b, n) {
  A <- wilson(a, m); B <- wilson(b, n); p <- a / m; q <- b / n
  c(p - q - sqrt((p - A[1])^2 + (B[2] - q)^2), p - q + sqrt((A[2] - p)^2 + (q - B[1])^2))
}, newcombe$hitsA, newcombe$nA, newcombe$hitsB, newcombe$nB)))

# p.adjust
set.seed(7)
adjusted <- do.call(rbind, lapply(1:4, function(family) {
  p <- c(runif(6)^3, .01, .01, 1)[1:c(9, 5, 2, 1)[family]]
  data.frame(family = family, p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH"))
}))

# pbinom
binomial <- expand.grid(k = c(0, 1, 4, 20, 37), n = c(37, 60, 900), share = c(0, .002, .1, .5, .97, 1))
binomial$at_most <- pbinom(binomial$k, binomial$n, binomial$share)
binomial$at_least <- pbinom(binomial$k - 1, binomial$n, binomial$share, lower.tail = FALSE)

# Strata: mantelhaen.test for p; the common difference and ratio as weighted means of the strata's own, and their variances
# by the formulas of the papers, written over shares (not over counts, as our code has them).
strata <- do.call(rbind, lapply(1:8, function(set) {
  k <- c(1, 2, 3, 5, 8, 20, 2, 2)[set]
  with <- rpois(k, 15) + 1; without <- rpois(k, 25) + 1
  data.frame(set = set, hits_with = rbinom(k, with, .5), n_with = with, hits_without = rbinom(k, without, .35), n_without = without)
}))
# The University Group Diabetes Program by age, as in Rothman & Greenland, Modern Epidemiology, chapter 15: .035 and 1.33.
strata[strata$set == 7, 2:5] <- cbind(c(8, 22), c(106, 98), c(5, 16), c(120, 85))
# A stratum with nobody on one side tells nothing.
strata[strata$set == 8, 2:5] <- cbind(c(4, 3), c(10, 9), c(3, 0), c(12, 0))
common <- do.call(rbind, lapply(unique(strata$set), function(set) {
  s <- strata[strata$set == set & strata$n_with > 0 & strata$n_without > 0, ]
  p <- s$hits_with / s$n_with; q <- s$hits_without / s$n_without
  n1 <- s$n_with; n0 <- s$n_without; n <- n1 + n0; w <- n1 * n0 / n
  d <- weighted.mean(p - q, w)
  P <- w * (q * n1 - p * n0 + (n0 - n1) / 2) / n
  Q <- w * (p * (1 - q) + q * (1 - p)) / 2
  se_d <- sqrt(d * sum(P) + sum(Q)) / sum(w)
  ratio <- sum(w * p) / sum(w * q)
  se_log <- sqrt(sum(w * ((n1 * p + n0 * q) / n - p * q)) / (sum(w * p) * sum(w * q)))
  z <- qnorm(.975)
  tables <- array(rbind(s$hits_with, s$n_with - s$hits_with, s$hits_without, s$n_without - s$hits_without), c(2, 2, nrow(s)))
  p_value <- if (nrow(s) > 1) mantelhaen.test(tables)$p.value else {
    # mantelhaen.test wants two strata; one that can tell nothing (nobody hit) changes nothing
    empty <- array(c(tables, 0, 1, 0, 1), c(2, 2, 2)); mantelhaen.test(empty)$p.value
  }
  data.frame(set = set, difference = d, difference_low = d - z * se_d, difference_high = d + z * se_d,
    ratio = ratio, ratio_low = ratio * exp(-z * se_log), ratio_high = ratio * exp(z * se_log), p = p_value)
}))

# prop.trend.test
trend_groups <- do.call(rbind, lapply(1:4, function(set) {
  n <- rpois(4, 30) + 5
  data.frame(set = set, score = cumsum(runif(4) * 100), hits = rbinom(4, n, .3 + .1 * (1:4)), n = n)
}))
trend <- do.call(rbind, lapply(1:4, function(set) {
  g <- trend_groups[trend_groups$set == set, ]
  data.frame(set = set, p = prop.trend.test(g$hits, g$n, g$score)$p.value)
}))

# Pearson's X² by chisq.test; its mean and variance by counting out every way in which the cases can fall; the tail by pgamma.
dispersion_groups <- data.frame(
  set = c(1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4),
  count = c(6, 1, 1, 5, 0, 1, 3, 9, 2, 1, 4, 2),
  weight = c(10, 12, 20, 3, 3, 3, 3, 50, 40, 1, 7, 30)
)
dispersion <- do.call(rbind, lapply(1:4, function(set) {
  g <- dispersion_groups[dispersion_groups$set == set, ]
  share <- g$weight / sum(g$weight); total <- sum(g$count); k <- nrow(g)
  all <- as.matrix(expand.grid(rep(list(0:total), k))); all <- all[rowSums(all) == total, ]
  chance <- apply(all, 1, dmultinom, prob = share)
  x2 <- apply(all, 1, function(counts) sum((counts - total * share)^2 / (total * share)))
  mean <- sum(chance * x2); variance <- sum(chance * x2^2) - mean^2
  seen <- unname(suppressWarnings(chisq.test(g$count, p = share)$statistic))
  data.frame(set = set, chi_square = seen, factor = seen / mean,
    p = pgamma(seen, shape = mean^2 / variance, rate = mean / variance, lower.tail = FALSE))
}))

write_json(list(newcombe = newcombe, adjusted = adjusted, binomial = binomial, strata = strata, common = common,
  trend_groups = trend_groups, trend = trend, dispersion_groups = dispersion_groups, dispersion = dispersion))
