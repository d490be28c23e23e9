# Gamma-Poisson forecasts from first principles, for test/analytics/recurrence/*.test.ts and negative-binomial.test.ts. Run once:
#   Rscript test/reference/recurrence.R > test/reference/recurrence.json
# Probabilities by R's dnbinom, pnbinom, qnbinom and qgamma; the prior by optim over the likelihood written with dnbinom.
source("test/reference/as-json.R")
set.seed(20261127, kind = "Mersenne-Twister")

distribution <- expand.grid(size = c(.02, .5, 1, 3.7, 40, 2500), odds = c(.001, .1, .9, 7, 300), p = c(.001, .025, .5, .975, .999))
prob <- 1 / (1 + distribution$odds)
distribution$quantile <- qnbinom(distribution$p, distribution$size, prob) + 0  # R has -0 here and there
distribution$count <- pmax(0, round(distribution$size * distribution$odds * rep_len(c(0, .5, 1, 1.4), nrow(distribution)))) + rep_len(0:2, nrow(distribution))
distribution$probability <- dnbinom(distribution$count, distribution$size, prob)
distribution$lower <- pnbinom(distribution$count, distribution$size, prob)
distribution$upper <- pnbinom(distribution$count, distribution$size, prob, lower.tail = FALSE)

# log likelihood of counts that are seen only from `least` on
log_likelihood <- function(theta, counts, least) {
  size <- exp(theta[1]); prob <- 1 / (1 + exp(theta[2]))
  sum(dnbinom(counts, size, prob, log = TRUE) - pnbinom(least - 1, size, prob, lower.tail = FALSE, log.p = TRUE))
}
fit <- function(counts, least) {
  best <- NULL
  for (start in list(c(0, 0), c(-2, 2), c(2, -1), c(1, 3))) {
    loss <- function(theta) -log_likelihood(theta, counts, least)
    o <- optim(start, loss, lower = log(c(.01, 1e-4)), upper = log(c(1000, 1e8)), method = "L-BFGS-B", control = list(factr = 1, maxit = 1000))
    o <- optim(o$par, loss, method = "Nelder-Mead", control = list(reltol = 1e-15, maxit = 5000))
    o <- optim(o$par, loss, method = "BFGS", control = list(reltol = 1e-16, maxit = 5000))
    if (is.null(best) || o$value < best$value) best <- o
  }
  if (best$par[1] < log(.01)) {  # the least size that is tried
    edge <- optimize(function(odds) log_likelihood(c(log(.01), odds), counts, least), log(c(1e-4, 1e8)), maximum = TRUE, tol = 1e-12)
    return(list(size = .01, odds = exp(edge$maximum), value = edge$objective))
  }
  list(size = exp(best$par[1]), odds = exp(best$par[2]), value = -best$value)
}
days <- 730
companies <- list(
  few_rare = list(n = 20, shape = 1.5, mean = 6, one_off = 10), many = list(n = 200, shape = .7, mean = 40, one_off = 30),
  alike = list(n = 60, shape = 4, mean = 9, one_off = 0), long_tail = list(n = 120, shape = .3, mean = 25, one_off = 15),
  no_one_off = list(n = 80, shape = 1, mean = 3, one_off = 0)
)
sets <- lapply(companies, function(k) {
  counts <- rpois(k$n, rgamma(k$n, k$shape) * k$mean / k$shape)
  c(counts[counts > 0], rep(1, k$one_off))
})
counts <- do.call(rbind, lapply(names(sets), function(name) data.frame(set = name, count = sets[[name]])))
prior <- do.call(rbind, lapply(names(sets), function(name) {
  all <- sets[[name]]
  recurring <- all[all > 1]
  f <- fit(recurring, 2)
  prob <- 1 / (1 + f$odds)
  once <- length(recurring) * dnbinom(1, f$size, prob) / pnbinom(1, f$size, prob, lower.tail = FALSE)
  one_offs <- once < sum(all == 1)
  if (!one_offs) f <- fit(all, 1)
  data.frame(set = name, days = days, shape = f$size, rate = days / f$odds, one_off = if (one_offs) 1 - once / sum(all == 1) else 0,
             least = if (one_offs) 2 else 1, log_likelihood = f$value)
}))

forecast <- expand.grid(shape = c(.05, .8, 3), rate = c(20, 400), one_off = c(0, .01, .4, .98), cases = c(.1, 1, 12, 300), days = c(150, 460), horizon = c(30, 90))
size <- forecast$shape + forecast$cases
rate <- forecast$rate + forecast$days
q <- function(p) pmax(0, (p - forecast$one_off) / (1 - forecast$one_off))
forecast$expected <- (1 - forecast$one_off) * size / rate * forecast$horizon
forecast$at_least_one <- (1 - forecast$one_off) * pnbinom(0, size, rate / (rate + forecast$horizon), lower.tail = FALSE)
forecast$low <- qnbinom(q(.025), size, rate / (rate + forecast$horizon)) + 0
forecast$high <- qnbinom(q(.975), size, rate / (rate + forecast$horizon)) + 0
forecast$at_least_one_low <- -expm1(-qgamma(q(.025), size, rate) * forecast$horizon)
forecast$at_least_one_high <- -expm1(-qgamma(q(.975), size, rate) * forecast$horizon)

recency <- do.call(rbind, lapply(c(30, 180, 365, Inf), function(half_life) do.call(rbind, lapply(1:6, function(i) {
  length <- c(90, 200, 365, 730, 1000, 1500)[i]
  at <- c(1, 17, 88)  # days before the end
  weight <- 2^(-(1:length) / half_life)
  kish <- sum(weight) / sum(weight^2)
  data.frame(half_life = half_life, length = length, cases = kish * sum(weight[at]), days = sum(weight)^2 / sum(weight^2))
}))))

write_json(list(distribution = distribution, counts = counts, prior = prior, forecast = forecast, recency = recency))
