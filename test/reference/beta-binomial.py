"""Tails of beta-binomial counts, for test/analytics/statistics/beta-binomial.test.ts. Run once, and again when a case is added:

    python3 test/reference/beta-binomial.py > test/reference/beta-binomial.json

By scipy's betabinom.cdf and .sf; small upper tails as the sum of its probabilities, for 1 - cdf would lose their digits.
"""

import json
import sys

import scipy
from scipy.stats import betabinom

rows = []
for n in (1, 7, 50, 400):
    for share in (0.02, 0.2, 0.75):
        for dispersion in (1.01, 1.5, 2, 5):
            own = n * share / (dispersion - 1)
            others = n * (1 - share) / (dispersion - 1)
            of = betabinom(n, own, others)
            for k in sorted({0, 1, int(n * share), min(n, 2 * int(n * share) + 3), n}):
                at_most = sum(of.pmf(i) for i in range(0, k + 1))
                at_least = sum(of.pmf(i) for i in range(k, n + 1))
                if min(at_most, at_least) < 1e-14:
                    continue
                rows.append({"n": n, "share": share, "dispersion": dispersion, "k": k, "at_most": min(1, at_most), "at_least": min(1, at_least)})

json.dump({"versions": f"Python {sys.version.split()[0]}, scipy {scipy.__version__}", "tails": rows}, sys.stdout, indent=0)
print()
