# Values of R for test/analytics/what-worked. Run once, and again when a case is added:
#   Rscript test/reference/what-worked.R > test/reference/what-worked.json
source("test/reference/as-json.R")

amounts <- data.frame(amount = c(500, 1000, 2500, 6000), hits = c(9, 14, 16, 19), n = c(20, 20, 20, 20))
amounts$p <- prop.trend.test(amounts$hits, amounts$n, amounts$amount)$p.value

# One stratum: Mantel & Haenszel's chi-square is Pearson's corrected one, by (n - 1) / n; mantelhaen.test wants a second one, that tells nothing.
step <- data.frame(hits_kept = 31, n_kept = 40, hits_broken = 14, n_broken = 30)
tables <- array(c(31, 9, 14, 16, 0, 1, 0, 1), c(2, 2, 2))
step$p <- mantelhaen.test(tables)$p.value

write_json(list(amounts = amounts, step = step))
