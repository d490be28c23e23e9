# Values of R for test/analytics/cost. Run once, and again when a case is added:
#   Rscript test/reference/cost.R > test/reference/cost.json
source("test/reference/as-json.R")

costs <- data.frame(cost = c(0, 0, 1250, 480, 9900, 300, 0, 2210, 770, 15))
# The log of the mean and its error, by a gamma regression's robust form: lm's mean and error, by the delta method.
fit <- summary(lm(cost ~ 1, costs))$coefficients
mean <- fit[1, 1]; error <- fit[1, 2]
per_case <- data.frame(mean = mean, low = exp(log(mean) - qnorm(.975) * error / mean), high = exp(log(mean) + qnorm(.975) * error / mean))

# MOVER of the sum of two logs.
count <- c(expected = 14, low = 7.7, high = 23.5)
centre <- log(count["expected"]) + log(mean)
below <- sqrt((log(count["expected"]) - log(count["low"]))^2 + (log(mean) - log(per_case$low))^2)
above <- sqrt((log(count["high"]) - log(count["expected"]))^2 + (log(per_case$high) - log(mean))^2)
not_fixing <- data.frame(expected = unname(exp(centre)), low = unname(exp(centre - below)), high = unname(exp(centre + above)))

write_json(list(costs = costs, per_case = per_case, not_fixing = not_fixing))
