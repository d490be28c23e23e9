# Values of R's package survival for test/analytics/statistics/kaplan-meier.test.ts. Run once, and again when a case is added:
#   Rscript test/reference/kaplan-meier.R > test/reference/kaplan-meier.json
source("test/reference/as-json.R")
library(survival)

# None has a curve that lies on .75, .5 or .1 exactly: R would take the middle of two times there, and we the first.
set.seed(7)
drawn <- function(n, ends) {
  true <- rexp(n, 1 / 9); censored <- runif(n, 0, ends)
  data.frame(time = round(pmin(true, censored), 1), ended = as.integer(true <= censored))
}
maintained <- aml[aml$x == "Maintained", ]
samples <- list(aml = data.frame(time = maintained$time, ended = maintained$status), few = drawn(8, 15), sixty = drawn(60, 40),
  ties = transform(drawn(200, 25), time = ceiling(time)), allEnded = data.frame(time = c(3, 1, 4, 1, 5, 9, 2), ended = 1),
  noneEnded = data.frame(time = c(3, 1, 4), ended = 0))

named <- function(make) do.call(rbind, lapply(names(samples), function(name) {
  sample <- samples[[name]]
  rows <- make(sample, survfit(Surv(time, ended) ~ 1, data = sample, conf.type = "log-log"))
  cbind(sample = rep(name, nrow(rows)), rows)
}))
durations <- named(function(sample, fit) sample)
# Only the times at which one ended; R gives no limits (NA) where none is left.
curve <- named(function(sample, fit) {
  at <- fit$n.event > 0
  if (!any(at)) return(data.frame(time = NA, survival = NA, low = NA, high = NA)[0, ])
  data.frame(time = fit$time[at], survival = fit$surv[at], low = fit$lower[at], high = fit$upper[at])
})
quantiles <- named(function(sample, fit) {
  q <- quantile(fit, c(.25, .5, .9))
  data.frame(p = c(.25, .5, .9), value = q$quantile, low = q$lower, high = q$upper)
})
write_json(list(durations = durations, curve = curve, quantiles = quantiles), c("stats", "survival"))
