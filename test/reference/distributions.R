# Values of R's distributions for test/analytics/statistics/distributions.test.ts. Run once, and again when a case is added:
#   Rscript test/reference/distributions.R > test/reference/distributions.json
# 17 digits, so that a number read back is the number that R has.
source("test/reference/as-json.R")

probabilities <- c(1e-6, .001, .025, .2, .5, .8, .975, .999)

beta <- expand.grid(p = probabilities, a = c(.5, 1, 2, 17, 250, 20000), b = c(.5, 1, 3, 45, 4000, 100000))
beta$quantile <- qbeta(beta$p, beta$a, beta$b)
beta$x <- rep_len(c(1e-5, .01, .3, .9, .9999), nrow(beta))
beta$lower <- pbeta(beta$x, beta$a, beta$b)
beta$upper <- pbeta(beta$x, beta$a, beta$b, lower.tail = FALSE)

gamma <- expand.grid(p = probabilities, shape = c(.5, 1, 2, 17, 250, 1200, 20000))
gamma$quantile <- qgamma(gamma$p, gamma$shape)
gamma$x <- gamma$shape * rep_len(c(.5, .9, 1.05, 1.3), nrow(gamma))
gamma$lower <- pgamma(gamma$x, gamma$shape)
gamma$upper <- pgamma(gamma$x, gamma$shape, lower.tail = FALSE)

write_json(list(beta = beta, gamma = gamma))
