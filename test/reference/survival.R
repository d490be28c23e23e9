# Kaplan-Meier curves of R's package survival for test/analytics/statistics/survival-reference.test.ts. Run once, and again when
# a set is added:
#   Rscript test/reference/survival.R > test/reference/survival.json
# survfit(Surv(duration, ended) ~ 1, conf.type = "log-log"), and its quantile(). Sets with ties, without; with none, some, nearly
# all censored. `first` and its ends are read off R's own curve and limits: the first time at which no more than 1 - p are left.
source("test/reference/as-json.R")
suppressPackageStartupMessages(library(survival))
set.seed(20261127, kind = "Mersenne-Twister")

sets <- expand.grid(n = c(1, 2, 4, 10, 20, 37, 150), censored = c(0, .3, .8), step = c(0, 1), stringsAsFactors = FALSE)
sets$set <- seq_len(nrow(sets))
durations <- do.call(rbind, lapply(sets$set, function(i) {
  s <- sets[i, ]
  duration <- rweibull(s$n, .8, 9)
  if (s$step > 0) duration <- ceiling(duration / s$step) * s$step
  data.frame(set = i, duration = duration, ended = as.numeric(runif(s$n) >= s$censored))
}))

curves <- do.call(rbind, lapply(sets$set, function(i) {
  own <- durations[durations$set == i, ]
  fit <- survfit(Surv(duration, ended) ~ 1, data = own, conf.type = "log-log")
  at <- fit$n.event > 0
  if (!any(at)) return(NULL)
  data.frame(set = i, time = fit$time[at], survival = fit$surv[at], low = fit$lower[at], high = fit$upper[at])
}))

first_at <- function(times, limits, p) {
  reached <- which(!is.na(limits) & limits <= 1 - p + 1e-12)
  if (length(reached) == 0) NA else times[reached[1]]
}
quantiles <- do.call(rbind, lapply(sets$set, function(i) do.call(rbind, lapply(c(.25, .5, .9), function(p) {
  own <- durations[durations$set == i, ]
  fit <- survfit(Surv(duration, ended) ~ 1, data = own, conf.type = "log-log")
  q <- quantile(fit, p)
  at <- fit$n.event > 0
  data.frame(
    set = i, p = p, value = as.numeric(q$quantile), low = as.numeric(q$lower), high = as.numeric(q$upper),
    first = first_at(fit$time[at], fit$surv[at], p), first_low = first_at(fit$time[at], fit$lower[at], p),
    first_high = first_at(fit$time[at], fit$upper[at], p),
    on_share = any(abs(fit$surv[at] - (1 - p)) < 1e-9)
  )
}))))

write_json(list(durations = durations, curves = curves, quantiles = quantiles), c("stats", "survival"))
