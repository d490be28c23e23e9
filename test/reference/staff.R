# Values of R for test/analytics/staff. Run once, and again when a case is added:
#   Rscript test/reference/staff.R > test/reference/staff.json
source("test/reference/as-json.R")

agents <- data.frame(
  team = c(rep(1, 5), rep(2, 3), rep(3, 6)),
  cases = c(14, 3, 2, 4, 3, 8, 9, 7, 60, 31, 28, 33, 29, 4),
  handled = c(200, 180, 210, 240, 170, 90, 100, 95, 900, 850, 910, 990, 870, 60)
)
agents <- do.call(rbind, by(agents, agents$team, function(team) {
  n <- sum(team$cases); k <- nrow(team); share <- team$handled / sum(team$handled)
  twice <- 2 * team$handled / (sum(team$handled) + team$handled)
  test <- function(x, p, side) binom.test(x, n, p, alternative = side)$p.value
  team$expected <- n * share
  team$p <- mapply(test, team$cases, share, "greater")
  team$adjusted <- p.adjust(team$p, "holm")
  team$power <- sapply(seq_len(k), function(i) {
    rejected <- Filter(function(x) x >= 5 && test(x, share[i], "greater") <= .05 / k, 0:n)
    sum(dbinom(rejected, n, twice[i]))
  })
  team$twice_p <- mapply(test, team$cases, twice, "less")
  team
}))

funnel <- expand.grid(total = c(0, 12, 90, 1500), share = c(.02, .1, .45))
smooth <- function(p, n, share) {
  r <- qbinom(p, n, share)
  max(0, r - (pbinom(r, n, share) - p) / dbinom(r, n, share))
}
for (p in c("0.025", "0.975", "0.001", "0.999"))
  funnel[[paste0("at_", p)]] <- mapply(smooth, as.numeric(p), funnel$total, funnel$share)

# Midpoints of a uniform shrinkage; dnbinom, qgamma's mixture by uniroot over pgamma.
shrunk <- do.call(rbind, by(agents, agents$team, function(team) {
  e <- team$expected; x <- team$cases; b <- (1:24 - .5) / 24; a <- mean(e) * b / (1 - b)
  log_likelihood <- sapply(a, function(shape) sum(dnbinom(x, shape, shape / (shape + e), log = TRUE)))
  weight <- exp(log_likelihood - max(log_likelihood)); weight <- weight / sum(weight)
  limit <- function(p, i) uniroot(function(r) sum(weight * pgamma(r, a + x[i], a + e[i])) - p, c(1e-9, 50), tol = 1e-14)$root
  i <- seq_along(x)
  data.frame(team = team$team, cases = x, expected = e, ratio = sapply(i, function(i) sum(weight * (a + x[i]) / (a + e[i]))),
    low = sapply(i, limit, p = .025), high = sapply(i, limit, p = .975))
}))

# poisson.test of the unit against the others together.
units <- data.frame(cases = c(40, 12), handled = c(1000, 800), other_cases = c(60, 30), other_handled = c(3000, 1500))
rates <- mapply(function(x, t, y, s) { r <- poisson.test(c(x, y), c(t, s)); c(r$estimate, r$conf.int) },
  units$cases, units$handled, units$other_cases, units$other_handled)
units[c("ratio", "low", "high")] <- t(rates)

write_json(list(agents = agents, funnel = funnel, shrunk = shrunk, units = units))
