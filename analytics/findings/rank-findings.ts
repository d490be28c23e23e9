import type { Finding } from "./finding-figures.ts";

/** More than this a page of one minute can't hold. */
export const mostFindings = 6;

/**
 * The findings of a page, weightiest first, by size x certainty: the cases in question (`casesInQuestion`), times 1 - q or
 * the like; what is merely counted is certain. Where there are more than the page holds, the weightiest of each kind
 * stays before the second of any: ten causes that rose don't silence the relationships that ended. Equal ones stay in
 * the order given. Source: PRODUCT §12. Cost: one sort.
 */
export function rankFindings(findings: readonly Finding[]): Finding[] {
  const weight = ({ inQuestion, certainty }: Finding) => inQuestion * (certainty ?? 1);
  const ranked = findings.toSorted((a, b) => weight(b) - weight(a));
  const firsts = ranked.filter((finding) => ranked.find(({ kind }) => kind === finding.kind) === finding);
  const kept = [...new Set([...firsts, ...ranked])].slice(0, mostFindings);
  return ranked.filter((finding) => kept.includes(finding));
}
