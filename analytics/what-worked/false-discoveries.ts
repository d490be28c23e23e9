import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import type { Association } from "./association.ts";

/** An association with what the family of tests it belongs to leaves of its p. */
export type Tested<T> = T & {
  /** p adjusted by Benjamini & Hochberg over the family; `null` where it is no member. A verb needs <= .05. */
  q: number | null;
};

/**
 * One family of all associations of a page: those that strata can tell anything of and that are not thin, which is decided by how
 * many cases there are and not by how they ended. In the order of the input.
 * Source: Benjamini & Hochberg 1995. Cost: one sort.
 */
export function withFalseDiscoveries<T extends { association: Association }>(
  family: readonly T[],
): Tested<T>[] {
  const isMember = ({ association: { p, isThin } }: T) => p !== null && !isThin;
  const qs = benjaminiHochberg(family.filter(isMember).map(({ association }) => association.p ?? 1));
  return family.map((member) => ({ ...member, q: isMember(member) ? (qs.shift() ?? null) : null }));
}
