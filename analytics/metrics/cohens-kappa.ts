import { type Interval, z95 } from "../statistics/interval.ts";

/** How far two codings of the same cases agree beyond what chance would give. */
export interface Kappa {
  /** Cases that both have coded. */
  n: number;
  /** Of these, with the same code. */
  agreed: number;
  /** -1 … 1; 0 is what chance gives, 1 is agreement throughout. */
  kappa: number;
  /** 95 %, two-sided; `null` where the two agree throughout, or never: the sample then tells nothing of the error. */
  interval: Interval | null;
}

/**
 * Cohen's kappa of two codings by nominal codes, unweighted, with its large-sample interval, which is made on Fisher's scale
 * artanh(kappa): it stays between -1 and 1, and holds the truth in some 94.5 % of samples of 30 cases and more, where
 * kappa +/- 1.96 errors holds it in 93.5 %. Under some 30 cases it is rough.
 *
 *     kappa = (po - pe) / (1 - pe), po = Σ p_ii, pe = Σ p_i. p_.i
 *     variance = { Σ p_ii [(1 - pe) - (p_i. + p_.i)(1 - po)]² + (1 - po)² Σ_{i≠j} p_ij (p_.i + p_j.)²
 *                  - (po pe - 2 pe + po)² } / { n (1 - pe)⁴ }
 *
 * `null` where there is no case, or fewer than two codes are used: chance alone would then agree throughout.
 * Source: Cohen 1960; Fleiss, Cohen & Everitt 1969, Psychological Bulletin 72(5), formula 13; Fisher 1915 and the delta method.
 *
 * @param pairs one a case: the code of the one and the code of the other
 */
export function cohensKappa(pairs: readonly (readonly [string, string])[]): Kappa | null {
  const n = pairs.length;
  const codes = [...new Set(pairs.flat())].sort();
  if (codes.length < 2) return null;
  const shares = shareTable(pairs, codes);
  const rows = codes.map((_, i) => shares[i]!.reduce((sum, share) => sum + share, 0));
  const columns = codes.map((_, j) => shares.reduce((sum, row) => sum + row[j]!, 0));
  const observed = codes.reduce((sum, _, i) => sum + shares[i]![i]!, 0);
  const expected = codes.reduce((sum, _, i) => sum + rows[i]! * columns[i]!, 0);
  const agreed = pairs.filter(([one, other]) => one === other).length;
  const kappa = agreed === n ? 1 : (observed - expected) / (1 - expected);
  if (agreed === n || kappa < -1 + 1e-12) return { n, agreed, kappa, interval: null };
  const terms = shares.flatMap((row, i) =>
    row.map((share, j) =>
      i === j
        ? share * (1 - expected - (rows[i]! + columns[i]!) * (1 - observed)) ** 2
        : (1 - observed) ** 2 * share * (columns[i]! + rows[j]!) ** 2,
    ),
  );
  const spread = terms.reduce((sum, term) => sum + term, 0);
  const variance =
    (spread - (observed * expected - 2 * expected + observed) ** 2) / (n * (1 - expected) ** 4);
  const half = (z95 * Math.sqrt(Math.max(0, variance))) / (1 - kappa ** 2);
  const centre = Math.atanh(kappa);
  return { n, agreed, kappa, interval: { low: Math.tanh(centre - half), high: Math.tanh(centre + half) } };
}

/** By code of the one and code of the other: their share of the cases. */
function shareTable(pairs: readonly (readonly [string, string])[], codes: readonly string[]): number[][] {
  const place = new Map(codes.map((code, index) => [code, index]));
  const shares = codes.map(() => codes.map(() => 0));
  for (const [one, other] of pairs) shares[place.get(one)!]![place.get(other)!]! += 1 / pairs.length;
  return shares;
}
