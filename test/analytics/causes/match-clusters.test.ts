import { expect, test } from "vitest";
import { matchClusters } from "#analytics/causes/match-clusters.ts";

/** `assign({ 1: "abc" })`: cases a, b and c lie in cluster 1. */
function assign(clusters: Readonly<Record<number, string>>): Map<string, number> {
  return new Map(
    Object.entries(clusters).flatMap(([id, cases]) => Array.from(cases, (one) => [one, Number(id)] as const)),
  );
}

test("clusters of the same cases go on under any number", () => {
  const { continues, events } = matchClusters(
    assign({ 10: "abcd", 11: "efgh" }),
    assign({ 0: "efgh", 1: "abcd" }),
  );
  expect(continues).toEqual(
    new Map([
      [0, 11],
      [1, 10],
    ]),
  );
  expect(events).toEqual([]);
});

test("a cluster that gained cases has grown", () => {
  const { events } = matchClusters(assign({ 10: "abcd" }), assign({ 0: "abcdxy" }));
  expect(events).toEqual([{ kind: "grown", old: 10, cluster: 0, from: 4, to: 6 }]);
});

test("new cases alone make a new cluster", () => {
  const { continues, events } = matchClusters(assign({ 10: "abc" }), assign({ 0: "abc", 1: "xyz" }));
  expect(continues.has(1)).toBe(false);
  expect(events).toEqual([{ kind: "new", cluster: 1, cases: 3 }]);
});

test("a part of 30 % that left for a new cluster is a split; a part of 20 % is not", () => {
  const before = assign({ 10: "abcdefghij" });
  const split = matchClusters(before, assign({ 0: "abcdefg", 1: "hij" })).events;
  expect(split).toContainEqual({ kind: "split", old: 10, cluster: 1, share: 0.3, cases: 3 });
  const kinds = matchClusters(before, assign({ 0: "abcdefgh", 1: "ij" })).events.map(({ kind }) => kind);
  expect(kinds).toEqual(["new"]);
});

test("a cluster that went over into another by half or more is merged, and vanishes", () => {
  const { continues, events } = matchClusters(
    assign({ 10: "abcdefgh", 11: "wxyz" }),
    assign({ 0: "abcdefghwx" }),
  );
  expect(continues).toEqual(new Map([[0, 10]]));
  expect(events).toEqual([
    { kind: "grown", old: 10, cluster: 0, from: 8, to: 10 },
    { kind: "merged", old: 11, cluster: 0, share: 0.5, cases: 2 },
    { kind: "vanished", old: 11, cases: 4 },
  ]);
});

test("a Jaccard similarity of .3 is the same cluster; one of .25 is another", () => {
  const enough = matchClusters(
    assign({ 10: "abcdefghij" }),
    assign({ 0: "abc", 1: "de", 2: "fg", 3: "hi", 4: "j" }),
  );
  expect(enough.continues).toEqual(new Map([[0, 10]]));
  const thin = matchClusters(
    assign({ 10: "abcdefghijkl" }),
    assign({ 0: "abc", 1: "def", 2: "ghi", 3: "jkl" }),
  );
  expect(thin.continues.size).toBe(0);
});

test("each old cluster goes on once, in the best of its heirs", () => {
  const { continues } = matchClusters(assign({ 10: "abcdefgh" }), assign({ 0: "abc", 1: "defgh" }));
  expect(continues).toEqual(new Map([[1, 10]]));
});

test("before the first run everything is new; after the last case everything has vanished", () => {
  expect(matchClusters(new Map(), assign({ 0: "abc" })).events).toEqual([
    { kind: "new", cluster: 0, cases: 3 },
  ]);
  expect(matchClusters(assign({ 10: "abc" }), new Map()).events).toEqual([
    { kind: "vanished", old: 10, cases: 3 },
  ]);
});
