# Values for test/analytics/second-fix, from first principles with R's own distributions. Run once, and again when a case is added:
#   Rscript test/reference/second-fix.R > test/reference/second-fix.json
# Series are written as text, numbers parted by commas.
source("test/reference/as-json.R")
set.seed(5)
text <- function(x) paste(format(x, digits = 17, trim = TRUE, scientific = FALSE), collapse = ",")
rows <- function(list) do.call(rbind, lapply(list, function(row) as.data.frame(row, stringsAsFactors = FALSE)))

# Counts: dpois, dnbinom.
counts <- expand.grid(mean = c(.2, 3, 41, 1500), dispersion = c(1, 1.5, 3), at = c(-1.5, 0, 2))
counts$variance <- counts$mean * counts$dispersion
counts$k <- pmax(0, round(counts$mean + counts$at * sqrt(counts$variance)))
counts$p <- ifelse(counts$dispersion == 1, dpois(counts$k, counts$mean),
  dnbinom(counts$k, size = counts$mean^2 / pmax(1e-300, counts$variance - counts$mean), mu = counts$mean))

# Exact conditional ratio (Clopper-Pearson by qbeta), of counts over their dispersion.
change <- function(b, a, eb, ea, phi) {
  low <- if (a == 0) 0 else qbeta(.025, a / phi, b / phi + 1)
  high <- if (b == 0) 1 else qbeta(.975, a / phi + 1, b / phi)
  c(ratio = if (b == 0) NA else (a / ea) / (b / eb), low = low / (1 - low) * eb / ea, high = if (high == 1) Inf else high / (1 - high) * eb / ea)
}
ratios <- expand.grid(b = c(0, 5, 40, 240), a = c(0, 1, 17, 90), phi = c(1, 1.7, 3))
ratios <- ratios[ratios$a + ratios$b > 0, ]
ratios$eb <- 104; ratios$ea <- 23.4
ratios[c("ratio", "low", "high")] <- t(mapply(change, ratios$b, ratios$a, ratios$eb, ratios$ea, ratios$phi))

# Ratio of ratios: Donner & Zou's limits as printed, of the exact intervals; fisher.test is exact for the same table without dispersion.
mover <- function(own, others) {
  t1 <- own[["ratio"]]; l1 <- own[["low"]]; u1 <- own[["high"]]; t2 <- others[["ratio"]]; l2 <- others[["low"]]; u2 <- others[["high"]]
  c(low = (t1 * t2 - sqrt((t1 * t2)^2 - l1 * u2 * (2 * t1 - l1) * (2 * t2 - u2))) / (u2 * (2 * t2 - u2)),
    high = (t1 * t2 + sqrt((t1 * t2)^2 - u1 * l2 * (2 * t1 - u1) * (2 * t2 - l2))) / (l2 * (2 * t2 - l2)))
}
double <- rows(apply(expand.grid(b = c(40, 240), a = c(0, 3, 30, 90), ob = c(60, 900), oa = c(20, 800), phi = c(1, 2)), 1, function(x) {
  own <- change(x[["b"]], x[["a"]], 104, 26, x[["phi"]]); others <- change(x[["ob"]], x[["oa"]], 104, 26, x[["phi"]])
  limits <- mover(own, others)
  exact <- fisher.test(matrix(c(x[["a"]], x[["b"]], x[["oa"]], x[["ob"]]), 2))$conf.int
  list(b = x[["b"]], a = x[["a"]], ob = x[["ob"]], oa = x[["oa"]], phi = x[["phi"]], ratio = own[["ratio"]] / others[["ratio"]],
    low = limits[["low"]], high = limits[["high"]], fisherLow = exact[1], fisherHigh = exact[2])
}))

# Step test: the chance that no split passes, by conditional binomials of what is left; and by all ways to deal few cases.
split_ratio <- function(s, n, f) {
  part <- function(x, m) ifelse(x == 0, 0, x * log(x / m))
  part(s, n * f) + part(n - s, n * (1 - f))
}
step_p <- function(limit, n, e) {
  weeks <- length(e); f <- cumsum(e) / sum(e)
  chance <- c(1, rep(0, n))
  for (k in 1:weeks) {
    share <- if (k == weeks) 1 else e[k] / sum(e[k:weeks])
    chance <- sapply(0:n, function(to) sum(chance[1:(to + 1)] * dbinom(to - 0:to, n - 0:to, share)))
    if (k >= 4 && k <= weeks - 4) chance[split_ratio(0:n, n, f[k]) >= limit] <- 0
  }
  1 - sum(chance)
}
dealt_p <- function(limit, n, e) {
  f <- cumsum(e) / sum(e); weeks <- length(e); splits <- 4:(weeks - 4)
  dealt <- as.matrix(expand.grid(rep(list(1:weeks), n)))
  passes <- apply(dealt, 1, function(d) any(split_ratio(sapply(splits, function(k) sum(d <= k)), n, f[splits]) >= limit))
  sum(apply(dealt, 1, function(d) prod(e[d] / sum(e)))[passes])
}
series <- lapply(1:10, function(i) {
  weeks <- c(9, 9, 20, 30, 52, 104, 104, 104, 104, 78)[i]; e <- if (i %% 2) rep(1, weeks) else round(runif(weeks, 50, 150))
  mean <- c(.4, .5, .2, 1, 2, 3, .3, 3, 1, 2)[i]
  list(e = e, x = rpois(weeks, mean * e / mean(e) * ifelse(seq_len(weeks) > weeks * .6, c(1, 1.6)[1 + (i > 4)], 1)))
})
steps <- rows(lapply(series, function(s) {
  n <- sum(s$x); weeks <- length(s$x); splits <- 4:(weeks - 4); f <- cumsum(s$e) / sum(s$e)
  values <- split_ratio(cumsum(s$x)[splits], n, f[splits])
  list(counts = text(s$x), exposures = text(s$e), week = splits[which.max(values)], ratio = max(values), p = step_p(max(values) * .999999, n, s$e),
    dealt = if (weeks == 9 && n <= 6) dealt_p(max(values) * .999999, n, s$e) else NA)
}))

# Noise: the dispersion of a quasi-Poisson glm with an offset, the correlation of its Pearson residuals (acf about 0).
noise <- rows(lapply(list(series[[5]], series[[6]], series[[8]]), function(s) {
  fit <- glm(s$x ~ 1 + offset(log(s$e)), family = quasipoisson, control = glm.control(epsilon = 1e-14, maxit = 100))
  r <- residuals(fit, "pearson"); n <- length(r); cor <- sum(r[-1] * r[-n]) / sum(r^2)
  list(counts = text(s$x), exposures = text(s$e), dispersion = summary(fit)$dispersion,
    degrees = 2 * (n - 1) / (2 + mean(1 / fitted(fit))), correlation = cor + (1 + 3 * cor) / n)
}))

# Shrunk over 12 causes: quantile (type 7), median, qt.
d <- c(1.1, .9, 1.6, 2.2, 1.3, 1, .8, 1.4, 1.9, 1.2, 3.4, 1.05); v <- c(60, 55, 40, 70, 80, 64, 30, 66, 51, 72, 44, 90)
r <- c(.1, .2, -.1, .3, .05, .15, .5, .22, .08, 0, -.2, .4); w <- rep(c(104, 80, 60), 4)
excess <- (IQR(d / median(d)) / (2 * qnorm(.75)))^2 - median(2 / v)
rv <- max(0, (IQR(r) / (2 * qnorm(.75)))^2 - median(1 / w))
prior <- data.frame(dispersions = text(d), degreesOf = text(v), correlations = text(r), weeks = text(w), dispersion = median(d), degrees = 2 / excess,
  correlation = median(r), correlationVariance = rv)
own <- list(dispersion = 1.8, degrees = 50, correlation = .35, weeks = 90)
df <- own$degrees + 2 / excess; weight <- rv / (rv + 1 / own$weeks); rho <- weight * own$correlation + (1 - weight) * median(r)
prior$shrunk <- (own$degrees * own$dispersion + 2 / excess * median(d)) / df * (1 + rho) / (1 - rho) * (qt(.975, df) / qnorm(.975))^2

# When can we know: every count judged and weighed, by a rate from the baseline and one case more (uniform prior).
know <- rows(apply(expand.grid(b = c(12, 60, 240), phi = c(1, 1.5), hoped = c(0, .5, .7), weeks = c(8, 26, 60)), 1, function(x) {
  shape <- x[["b"]] + 1; mean <- shape / 104 * x[["weeks"]] * (1 - x[["hoped"]]); variance <- x[["phi"]] * (mean + mean^2 / shape)
  k <- 0:ceiling(mean + 40 * sqrt(variance))
  told <- sapply(k, function(a) { i <- change(x[["b"]], a, 104, x[["weeks"]], x[["phi"]]); i[["high"]] < 1 || i[["low"]] > .5 })
  list(b = x[["b"]], phi = x[["phi"]], hoped = x[["hoped"]], weeks = x[["weeks"]], p = sum(dnbinom(k, size = mean^2 / (variance - mean), mu = mean)[told]))
}))

# Cusum: powers of the transition matrix of its levels, the alarm absorbing.
cusum <- rows(apply(expand.grid(mean = c(.3, 2, 9), dispersion = c(1, 2), limit = c(12, 45), weeks = c(1, 10, 52)), 1, function(x) {
  per_case <- c(`0.3` = 8, `2` = 2, `9` = 1)[[as.character(x[["mean"]])]]; per_week <- round(1.4 * x[["mean"]] * per_case); h <- x[["limit"]]
  k <- 0:400
  p <- if (x[["dispersion"]] == 1) dpois(k, x[["mean"]]) else dnbinom(k, size = x[["mean"]] / (x[["dispersion"]] - 1), mu = x[["mean"]])
  m <- matrix(0, h + 1, h + 1); m[h + 1, h + 1] <- 1
  for (s in 0:(h - 1)) { to <- pmin(h, pmax(0, s + per_case * k - per_week)); for (i in seq_along(k)) m[s + 1, to[i] + 1] <- m[s + 1, to[i] + 1] + p[i] }
  state <- c(1, rep(0, h)); for (week in 1:x[["weeks"]]) state <- state %*% m
  list(mean = x[["mean"]], dispersion = x[["dispersion"]], perCase = per_case, perWeek = per_week, limit = h, weeks = x[["weeks"]], p = state[h + 1])
}))

write_json(list(counts = counts, ratios = ratios, double = double, steps = steps, noise = noise, prior = prior, know = know, cusum = cusum))
