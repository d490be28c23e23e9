import { type RemedyType, remedyTypes } from "../case.ts";
import { type CodedDimension, type Facts, remedyBit } from "../facts/facts.ts";
import type { Selection } from "../filter/select.ts";
import { answersOf } from "./answers.ts";
import { type Association, association } from "./association.ts";
import { type Tested, withFalseDiscoveries } from "./false-discoveries.ts";
import type { Result, ResultKey } from "./results.ts";
import { strataOf } from "./strata.ts";

export interface RemedyEffect {
  remedy: RemedyType;
  result: ResultKey;
  association: Association;
}

/**
 * The matrix of what worked: each remedy (the cases that got it beside those with other remedies) by each result, raw and within
 * strata, with false-discovery control over the whole matrix. A case with several remedies stands in the row of each, so rows
 * overlap. A remedy that no case got, or every case, has empty sides. Association, not proof: who gives a remedy
 * knows more of the case than the strata say.
 * Source: PRODUCT §8; Mantel & Haenszel 1959. Cost: one pass over the selection a remedy and result.
 * @param resolved resolved cases
 * @param strataBy where a source tells no severity, `["cause"]`: a case without a stratum is not compared
 */
export function remedyEffects(
  facts: Facts,
  resolved: Selection,
  results: readonly Result[],
  strataBy: readonly CodedDimension[] = ["cause", "severity"],
): Tested<RemedyEffect>[] {
  const strata = strataOf(facts, strataBy);
  const effects = remedyTypes.flatMap((remedy) => {
    const bit = remedyBit(remedy);
    const given = answersOf(facts, (row) =>
      facts.remedies[row] === 0 ? null : (facts.remedies[row]! & bit) !== 0,
    );
    return results.map(({ key, answers }) => ({
      remedy,
      result: key,
      association: association(resolved, given, answers, strata),
    }));
  });
  return withFalseDiscoveries(effects);
}
