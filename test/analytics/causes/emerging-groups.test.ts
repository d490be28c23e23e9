import { beforeAll, describe, expect, test } from "vitest";
import { assignCases } from "#analytics/causes/assign-cases.ts";
import { parseAssigner } from "#analytics/causes/assigner-bytes.ts";
import { clusterCases } from "#analytics/causes/cluster-cases.ts";
import { type EmergingGroup, emergingGroups } from "#analytics/causes/emerging-groups.ts";
import type { FrozenAssigner } from "#analytics/causes/frozen-assigner.ts";
import { groupsInWorker } from "#analytics/causes/groups-in-worker.ts";
import { type PlantedCase, plantedCases } from "#test/support/planted-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";

const newCauses = ["kettle leaks", "refund waiting"];
const isNew = ({ cause }: { cause: string }) => newCauses.includes(cause);

describe("of six causes, two of which the run has never seen", () => {
  const known = plantedCases(40).filter((item) => !isNew(item));
  const oneOffs: PlantedCase[] = [
    "Quarterly tulip bulbs for the municipal greenhouse in Haarlem",
    "A violin string snapped during rehearsal of the second symphony",
  ].map((text, i) => ({
    caseId: `one-off ${i}`,
    text,
    contactReason: null,
    fields: {},
    cause: "one-off",
  }));
  let bytes: Uint8Array;
  let assigner: FrozenAssigner;
  let emerging: PlantedCase[];
  let groups: EmergingGroup[];
  const gather = (cases: readonly PlantedCase[]) =>
    emergingGroups(assigner, cases, { wordVectors, background: known });

  beforeAll(() => {
    bytes = clusterCases(known, { seed: 1, wordVectors, freezeAssigner: true }).assigner!;
    assigner = parseAssigner(bytes)!;
    const later = [...plantedCases(15, 2), ...oneOffs];
    const fitNothing = new Set(
      assignCases(assigner, later, { wordVectors }).flatMap(({ caseId, unassignedBecause }) =>
        unassignedBecause === "few_alike" ? [caseId] : [],
      ),
    );
    emerging = later.filter(({ caseId }) => fitNothing.has(caseId));
    groups = gather(emerging);
  }, 60_000);

  test("texts of far fewer words than is usual gather in no group", () => {
    const brief = ["Unhappy", "Unhappy!", "unhappy", "Unhappy?"].map((text, nth) => ({
      ...oneOffs[0]!,
      caseId: `brief ${nth}`,
      text,
    }));
    expect(gather([...emerging, ...brief])).toEqual(groups);
  });

  test("the emerging cases of those two are gathered, each group of one cause, and named by what they say", () => {
    const causeOf = new Map(emerging.map(({ caseId, cause }) => [caseId, cause]));
    const planted = emerging.filter(isNew);
    expect(planted.length).toBeGreaterThan(20);
    const inGroups = groups.flatMap(({ caseIds }) => caseIds);
    expect(new Set(inGroups).size).toBe(inGroups.length);
    const gathered = planted.filter(({ caseId }) => inGroups.includes(caseId)).length;
    expect(gathered).toBeGreaterThan(0.5 * planted.length); // measured 17 of 30: words that the run had not seen count little
    for (const { caseIds, exemplarCaseId, keyphrases, label } of groups) {
      expect(new Set(caseIds.map((id) => causeOf.get(id))).size).toBe(1);
      expect(caseIds).toContain(exemplarCaseId);
      expect(caseIds.length).toBeGreaterThanOrEqual(3);
      expect(label).toBe(keyphrases.slice(0, 2).join(", "));
    }
    expect(new Set(groups.map(({ caseIds }) => causeOf.get(caseIds[0] ?? "")))).toEqual(new Set(newCauses));
    expect(groups.map(({ label }) => label).join()).toMatch(/kettle|leak/);
    const sizes = groups.map(({ caseIds }) => caseIds.length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  test("one-offs are in no group", () => {
    const inGroups = groups.flatMap(({ caseIds }) => caseIds);
    expect(emerging.filter(({ cause }) => cause === "one-off")).toHaveLength(oneOffs.length);
    expect(inGroups.filter((id) => id.startsWith("one-off"))).toEqual([]);
  });

  test("the order in which cases come changes nothing", () => {
    expect(gather(emerging.toReversed())).toEqual(groups);
  });

  test("a thread of its own finds the same", async () => {
    expect(await groupsInWorker({ assigner: bytes, cases: emerging, background: known })).toEqual(groups);
  });

  test("fewer than three cases are no group, be they alike to the letter; three are", () => {
    const copies = ["x1", "x2", "x3"].map((caseId) => ({ ...oneOffs[0]!, caseId }));
    expect(gather(copies.slice(0, 2))).toEqual([]);
    expect(gather(copies)).toMatchObject([{ caseIds: ["x1", "x2", "x3"], exemplarCaseId: "x1" }]);
  });

  test("cases without words are in no group, and none at all give none", () => {
    expect(gather(["y1", "y2", "y3"].map((caseId) => ({ ...oneOffs[0]!, caseId, text: null })))).toEqual([]);
    expect(gather([])).toEqual([]);
  });

  test("where the run found no cause, and so no level of likeness, there is no group", () => {
    const none = { ...assigner, leastSimilarity: null, leastSimilarityOfWords: null };
    expect(emergingGroups(none, emerging, { wordVectors })).toEqual([]);
  });
});
