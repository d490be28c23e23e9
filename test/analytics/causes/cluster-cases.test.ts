import { rollup } from "d3-array";
import { expect, test } from "vitest";
import { type CaseText, type Clustering, clusterCases } from "#analytics/causes/cluster-cases.ts";
import { randomFrom, shuffledIndices } from "#analytics/causes/random.ts";
import { agreement } from "#test/support/agreement-metrics.ts";
import { plantedCases } from "#test/support/planted-cases.ts";
import { wordVectors } from "#test/support/word-vectors.ts";

function written(caseId: string, text: string | null, contactReason: string | null = null): CaseText {
  return { caseId, text, contactReason, fields: {} };
}

function clustersOf(clustering: Clustering, cases: readonly CaseText[]): number[] {
  return cases.map(({ caseId }) => clustering.assignments.get(caseId)?.cluster ?? NaN);
}

const planted = plantedCases(40);
const plantedClustering = clusterCases(planted, { wordVectors, seed: 1 });

test("causes that were planted are found again, none mixed with another", () => {
  const found = clustersOf(plantedClustering, planted);
  const pairs = new Set(planted.map(({ cause }, index) => `${found[index]} ${cause}`));
  expect(pairs.size).toBe(new Set(found).size);
  const truth = planted.map(({ cause }) => cause);
  expect(agreement(truth, found).v).toBeGreaterThan(0.75); // the finer ones follow the sentences they were written with
});

test("the same cases and seed give the same clustering, in whatever order the cases come", () => {
  const once = clusterCases(planted, { wordVectors, seed: 3 });
  const order = shuffledIndices(planted.length, randomFrom(9));
  const again = clusterCases(
    Array.from(order, (index) => planted[index]!),
    { wordVectors, seed: 3 },
  );
  expect(again).toEqual(once);
  expect([...again.assignments.keys()]).toEqual([...once.assignments.keys()]);
});

test("every case is assigned or unassigned with a reason, and sizes count the assigned", () => {
  const { clusters, assignments } = plantedClustering;
  expect(assignments.size).toBe(planted.length);
  clusters.forEach(({ size }, index) => {
    expect([...assignments.values()].filter(({ cluster }) => cluster === index)).toHaveLength(size);
    expect(size).toBeGreaterThanOrEqual(3);
  });
  for (const { cluster, unassignedBecause } of assignments.values()) {
    expect(cluster === -1).toBe(unassignedBecause !== null);
  }
});

test("clusters come largest first", () => {
  const sizes = plantedClustering.clusters.map(({ size }) => size);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

test("progress names each stage and ends at 1", () => {
  const shares: number[] = [];
  clusterCases(planted.slice(0, 20), { wordVectors, seed: 1, onProgress: (_, share) => shares.push(share) });
  expect(shares).toEqual([0, 0.04, 0.2, 0.39, 0.41, 0.47, 0.51, 1]);
});

test("no cases give no clusters", () => {
  const { clusters, assignments } = clusterCases([], { wordVectors, seed: 1 });
  expect(clusters).toEqual([]);
  expect(assignments.size).toBe(0);
});

test("one case is unassigned, because few are alike", () => {
  const { clusters, assignments } = clusterCases([written("a", "The kettle leaks")], {
    wordVectors,
    seed: 1,
  });
  expect(clusters).toEqual([]);
  expect(assignments.get("a")).toMatchObject({ cluster: -1, unassignedBecause: "few_alike" });
});

test("cases that all say the same are one cluster of that phrase", () => {
  const cases = Array.from({ length: 50 }, (_, i) => written(`c${i}`, "The kettle leaks at the base"));
  const { clusters, assignments } = clusterCases(cases, { wordVectors, seed: 1 });
  expect(clusters).toHaveLength(1);
  expect(clusters[0]).toMatchObject({ size: 50, basis: "text", exemplarCaseId: "c0" });
  expect(clusters[0]?.label).toMatch(/kettle/);
  expect(assignments.get("c49")?.similarity).toBeCloseTo(1, 5);
});

test("copies lie in the cluster of the text they copy, and do not tear it apart", () => {
  const copies = Array.from({ length: 60 }, (_, i) =>
    written(`copy${i}`, "XXXX The kettle leaks at the base, 12/04!"),
  );
  const { assignments } = clusterCases([...planted, ...copies], { wordVectors, seed: 1 });
  const homes = new Set(copies.map(({ caseId }) => assignments.get(caseId)?.cluster));
  const kettles = planted.filter(({ cause, text }) => cause === "kettle leaks" && /base/.test(text ?? ""));
  expect(homes.size).toBe(1);
  expect(kettles.some(({ caseId }) => homes.has(assignments.get(caseId)?.cluster))).toBe(true);
});

test("two cases alike are not recurring yet; three are", () => {
  const alike = ["a", "b", "c"].map((id) => written(id, "The kettle leaks"));
  expect(clusterCases(alike.slice(0, 2), { wordVectors, seed: 1 }).clusters).toEqual([]);
  expect(clusterCases(alike, { wordVectors, seed: 1 }).clusters).toHaveLength(1);
});

test("cases without text form clusters of their contact reason, from three on", () => {
  const cases = [
    ...Array.from({ length: 5 }, (_, i) => written(`d${i}`, null, "Late delivery")),
    ...Array.from({ length: 2 }, (_, i) => written(`f${i}`, "", "Fees")),
    written("n", null),
  ];
  const { clusters, assignments } = clusterCases(cases, { wordVectors, seed: 1 });
  expect(clusters).toHaveLength(1);
  expect(clusters[0]).toMatchObject({
    label: "Late delivery",
    size: 5,
    basis: "contact_reason",
    keyphrases: [],
  });
  expect(assignments.get("d1")).toMatchObject({ cluster: 0, basis: "contact_reason", similarity: null });
  expect(assignments.get("f1")?.unassignedBecause).toBe("few_alike");
  expect(assignments.get("n")?.unassignedBecause).toBe("nothing_known");
});

test("a case without text joins the cluster that holds most texts of its contact reason", () => {
  const kettles = Array.from({ length: 6 }, (_, i) =>
    written(`k${i}`, "The kettle leaks at the base", "Broken goods"),
  );
  const { clusters, assignments } = clusterCases([...kettles, written("silent", null, "Broken goods")], {
    wordVectors,
    seed: 1,
  });
  expect(clusters).toHaveLength(1);
  expect(assignments.get("silent")).toMatchObject({ cluster: 0, basis: "contact_reason", terms: [] });
});

test("a text of redactions and stop words alone counts as no text", () => {
  const cases = [1, 2, 3].map((i) => written(`x${i}`, "XXXX and XX/XX with the XXXX", "Billing"));
  expect(clusterCases(cases, { wordVectors, seed: 1 }).clusters[0]?.basis).toBe("contact_reason");
});

test("labels, keyphrases and terms contain no redaction, link, e-mail, number or company name", () => {
  const cases = planted.map((item) => ({
    ...item,
    text: `${item.text} XXXX sold by Acme Trading, see https://acme.example/XXXX or mail me@acme.example about 4711 for $20.00`,
  }));
  const { clusters, assignments } = clusterCases(cases, {
    wordVectors,
    seed: 1,
    blankNames: ["ACME TRADING, LLC"],
  });
  const shown = [
    ...clusters.flatMap(({ label, keyphrases, categoryReason }) => [label, categoryReason, ...keyphrases]),
    ...[...assignments.values()].flatMap(({ terms }) => terms),
  ];
  expect(shown.join(" | ")).not.toMatch(/xx|http|acme|example|@|\d|llc/i);
});

test("a case is explained by phrases of its cluster that it contains itself", () => {
  const { assignments } = plantedClustering;
  const assigned = planted.filter(({ caseId }) => assignments.get(caseId)?.cluster !== -1);
  for (const { caseId } of assigned) {
    expect(assignments.get(caseId)?.similarity).toBeGreaterThan(0);
    expect(assignments.get(caseId)?.terms.length).toBeLessThanOrEqual(5);
  }
  const explained = assigned.filter(({ caseId }) => assignments.get(caseId)?.terms.length !== 0);
  expect(explained.length / assigned.length).toBeGreaterThan(0.9);
});

test("categories follow the listed words", () => {
  const { clusters, assignments } = plantedClustering;
  const categoryOf = (cause: string) => {
    const first = planted.find(
      (item) => item.cause === cause && assignments.get(item.caseId)?.cluster !== -1,
    );
    return clusters[assignments.get(first?.caseId ?? "")?.cluster ?? -1]?.category;
  };
  expect(categoryOf("kettle leaks")).toBe("product");
  expect(categoryOf("parcel late")).toBe("process");
  expect(categoryOf("agent rude")).toBe("staff_training");
});

test("two clusters never bear the same label", () => {
  const labels = plantedClustering.clusters.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
});

test("texts of any length and language are grouped by what they say", () => {
  const english = ["kitchen", "second week", "new shelf", "refund", "guests", "carpet"];
  const german = ["Küche", "zweite Woche", "Regal", "Erstattung", "Gäste", "Teppich"];
  const japanese = ["台所", "先週", "棚", "交換", "家族", "電話"];
  const texts = [
    english.map(
      (word) => `The kettle leaks at the lid, ${word}. ${"It dripped on the floor again. ".repeat(1_700)}`,
    ),
    german.map((word) => `Der Wasserkocher ist am Deckel undicht und tropft auf den Boden: ${word}.`),
    japanese.map((word) => `返品した荷物の返金がまだ届きません。${word}`),
  ];
  const cases = texts.flatMap((own, language) => own.map((text, i) => written(`${language}-${i}`, text)));
  const { clusters, assignments } = clusterCases(cases, { wordVectors, seed: 1 });
  const homes = texts.map(
    (own, language) => new Set(own.map((_, i) => assignments.get(`${language}-${i}`)?.cluster)),
  );
  expect(homes.map((home) => home.size)).toEqual([1, 1, 1]);
  expect(new Set(homes.flatMap((home) => [...home])).size).toBe(3);
  expect(clusters.map(({ label }) => label).join()).not.toContain("without words");
});

test("a case id given twice is refused by name", () => {
  expect(() => clusterCases([written("a", "x"), written("a", "y")], { wordVectors, seed: 1 })).toThrow(
    'Case id "a" was given twice',
  );
});

const found = new Map(
  [...plantedClustering.assignments].flatMap(([id, { cluster }]) =>
    cluster < 0 ? [] : [[id, cluster] as const],
  ),
);
/** Of the cases that had a cause, by cause: how many of them are together in one cluster at most. */
function together({ assignments }: Clustering): Map<number, number> {
  const shared = rollup(
    [...found],
    (members) => members.length,
    ([, cause]) => cause,
    ([caseId]) => assignments.get(caseId)?.unanchored,
  );
  return new Map([...shared].map(([cause, clusters]) => [cause, Math.max(...clusters.values())]));
}

test("one case that a person has moved tears no cause apart, neither where it came from nor where it went", () => {
  const unmoved = together(clusterCases(planted, { wordVectors, seed: 1, before: found, cold: true }));
  const strangers = [
    { from: 3, to: 0 },
    { from: 5, to: 2 },
    { from: 6, to: 1 },
  ];
  for (const { from, to } of strangers) {
    const [moved = ""] = [...found].find(([, cause]) => cause === from) ?? [];
    const anchors = new Map([[moved, to]]);
    const clustering = clusterCases(planted, { wordVectors, seed: 1, before: found, anchors, cold: true });
    expect(clustering.clusters[clustering.assignments.get(moved)?.cluster ?? -1]?.anchor).toBe(to);
    const counts = together(clustering);
    for (const [cause, count] of unmoved) expect(counts.get(cause)).toBeGreaterThanOrEqual(count - 1);
  }
});

test("the links of one case that was moved part no cause that is held together by few others", () => {
  const cases = plantedCases(12);
  const { assignments } = clusterCases(cases, { wordVectors, seed: 1 });
  const before = new Map([...assignments].map(([id, { cluster }]) => [id, cluster]));
  const moves = [
    ["2a8fd491", 1],
    ["938b1cfa", 6],
    ["3d0df4ce", 0],
  ] as const;
  for (const [moved, to] of moves) {
    const anchors = new Map([[moved, to]]);
    const { clusters } = clusterCases(cases, { wordVectors, seed: 1, before, anchors, cold: true });
    expect(clusters).toHaveLength(7); // 8 where they count in who is whose satellite
  }
});

test("people's words hold where the machine sees no causes, and in a cause of two cases", () => {
  const random = randomFrom(3);
  const words = [...wordVectors.indexOf.keys()].slice(500, 2_500);
  const noise = Array.from({ length: 60 }, (_, i) =>
    written(`n${i}`, Array.from({ length: 12 }, () => words[Math.floor(random() * words.length)]).join(" ")),
  );
  expect(clusterCases(noise, { wordVectors, seed: 1 }).clusters).toEqual([]);
  const anchors = new Map([...[0, 1].map((i) => [`n${i}`, 7] as const), ["n2", 9]]);
  const { clusters, assignments } = clusterCases(noise, { wordVectors, seed: 1, anchors });
  expect(clusters.map(({ anchor, size }) => [anchor, size])).toEqual([
    [7, 2],
    [9, 1],
  ]);
  expect(["n0", "n1", "n2", "n3"].map((id) => assignments.get(id)?.cluster)).toEqual([0, 0, 1, -1]);
});

test("copies of which people say two things say nothing of their text", () => {
  const copies = Array.from({ length: 6 }, (_, i) => written(`c${i}`, "The kettle leaks at the base"));
  const anchors = new Map([
    ["c0", 1],
    ["c1", 2],
  ]);
  const { clusters } = clusterCases(copies, { wordVectors, seed: 1, anchors });
  expect(clusters.map(({ anchor, size }) => [anchor, size])).toEqual([[null, 6]]);
});
