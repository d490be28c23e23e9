import type { Category } from "../case.ts";
import { cohensKappa, type Kappa } from "./cohens-kappa.ts";

/** What somebody says of a case, or what was published of it. */
export interface CaseCode {
  caseId: string;
  /** `null`: none of the causes. */
  causeId: number | null;
  /** `null`: it can't be told, or nothing was published. */
  category: Category | null;
}

/** Two codings of the same cases, compared. */
export interface CodingAgreement {
  /** Cases that both have coded. */
  cases: number;
  /** Of these, with the same cause. */
  sameCause: number;
  /** "None of these" is a code like any other. `null`: nothing to tell by ({@link cohensKappa}). */
  cause: Kappa | null;
  /** Cases to which both give a category: only these are compared, since giving none is no claim. */
  withCategory: number;
  sameCategory: number;
  category: Kappa | null;
}

/** How far two codings agree on the causes and the categories of the cases that are in both. */
export function codingAgreement(one: readonly CaseCode[], other: readonly CaseCode[]): CodingAgreement {
  const byCase = new Map(other.map((code) => [code.caseId, code]));
  const both = one.flatMap((code) => {
    const second = byCase.get(code.caseId);
    return second === undefined ? [] : [[code, second] as const];
  });
  const causes = both.map(([a, b]): [string, string] => [causeCode(a), causeCode(b)]);
  const categories = both.flatMap(([a, b]): [string, string][] =>
    a.category === null || b.category === null ? [] : [[a.category, b.category]],
  );
  return {
    cases: both.length,
    sameCause: same(causes),
    cause: cohensKappa(causes),
    withCategory: categories.length,
    sameCategory: same(categories),
    category: cohensKappa(categories),
  };
}

function causeCode({ causeId }: CaseCode): string {
  return causeId === null ? "none" : String(causeId);
}

function same(pairs: readonly (readonly [string, string])[]): number {
  return pairs.filter(([a, b]) => a === b).length;
}
