import { proposeParts } from "#analytics/causes/propose-parts.ts";
import { plantedCases } from "#test/support/planted-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";
const planted = plantedCases(40);
for (const pair of [["kettle leaks", "refund waiting"], ["app login", "agent rude"], ["parcel late", "charged twice"]]) {
const one = planted.filter(({ cause }) => pair.includes(cause));
const of = new Map(planted.map((c) => [c.caseId, c]));
for (const p of proposeParts(one, { wordVectors })) console.log(p.caseIds.length, p.caseIds.filter((i) => of.get(i)!.cause === pair[0]).length, p.keyphrases.join(" | "), new Set(p.caseIds.map(i => of.get(i)!.text!.slice(0, 25))).size);
}
