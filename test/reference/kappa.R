# Cohen's kappa for test/analytics/metrics/cohens-kappa.test.ts. Run once, and again when a case is added:
#   Rscript test/reference/kappa.R > test/reference/kappa.json
# R's stats has no kappa. Its error is the delta method's, by the numeric gradient of kappa over the multinomial shares: the formula of
# Fleiss, Cohen & Everitt 1969 is nowhere in here.
source("test/reference/as-json.R")

tables <- list(
  matrix(c(106, 10, 4, 22, 28, 10, 2, 12, 6), 3, byrow = TRUE),
  matrix(c(88, 14, 18, 10, 40, 10, 2, 6, 12), 3, byrow = TRUE),
  matrix(c(20, 5, 10, 15), 2, byrow = TRUE),
  matrix(c(12, 1, 0, 2, 0, 0, 9, 2, 0, 1, 1, 0, 7, 0, 0, 0, 3, 0, 5, 1, 0, 0, 1, 0, 5), 5, byrow = TRUE),
  matrix(c(1, 9, 8, 2), 2, byrow = TRUE),
  matrix(c(5, 40, 7, 0, 3, 1, 0, 0, 0), 3, byrow = TRUE)
)
kappa_of <- function(shares) {
  shares <- shares / sum(shares)
  expected <- sum(rowSums(shares) * colSums(shares))
  (sum(diag(shares)) - expected) / (1 - expected)
}
gradient <- function(shares) {
  # Richardson's extrapolation of central differences: some 1e-11
  sapply(seq_along(shares), function(cell) {
    central <- function(h) { up <- shares; up[cell] <- up[cell] + h; down <- shares; down[cell] <- down[cell] - h; (kappa_of(up) - kappa_of(down)) / (2 * h) }
    d <- sapply(1e-2 / 2^(0:4), central)
    for (order in 1:4) d <- (4^order * d[-1] - d[-length(d)]) / (4^order - 1)
    d
  })
}
cells <- do.call(rbind, lapply(seq_along(tables), function(i) {
  t <- tables[[i]]
  data.frame(table = i, row = as.vector(row(t)), column = as.vector(col(t)), count = as.vector(t))
}))
kappas <- do.call(rbind, lapply(seq_along(tables), function(i) {
  n <- sum(tables[[i]]); shares <- tables[[i]] / n; g <- gradient(shares)
  kappa <- kappa_of(shares)
  error <- sqrt((sum(shares * g^2) - sum(shares * g)^2) / n)
  scaled <- qnorm(.975) * error / (1 - kappa^2)
  data.frame(table = i, kappa = kappa, low = tanh(atanh(kappa) - scaled), high = tanh(atanh(kappa) + scaled))
}))
write_json(list(cells = cells, kappas = kappas))
