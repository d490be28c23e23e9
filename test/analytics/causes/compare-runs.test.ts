import fc from "fast-check";
import { expect, test } from "vitest";
import { type CaseFlow, type ChangeKind, compareRuns } from "#analytics/causes/compare-runs.ts";
import { matchClusters } from "#analytics/causes/match-clusters.ts";

/** `flows("1>1:7 1>9:3 ->2:4")`: seven cases stay in cause 1, three go from it to 9, four get cause 2. */
function flows(text: string): CaseFlow[] {
  return text.split(" ").map((part) => {
    const [, from = "", to = "", cases = ""] = /^(\d+|-)>(\d+|-):(\d+)$/.exec(part) ?? [];
    const cause = (side: string) => (side === "-" ? null : Number(side));
    return { from: cause(from), to: cause(to), cases: Number(cases) };
  });
}

/** Kind, cases before, after and in both, the other cause and how many go there. */
type Row = [
  cause: number,
  kind: ChangeKind,
  before: number,
  after: number,
  stayed: number,
  ...other: number[],
];

function rowsOf(text: string): Row[] {
  return compareRuns(flows(text)).changes.map(({ cause, kind, before, after, stayed, other, toOther }) => [
    cause,
    kind,
    before,
    after,
    stayed,
    ...(other === null ? [] : [other, toOther]),
  ]);
}

test("a history worked out by hand: each cause has one kind, and its numbers", () => {
  // Cause:           1    2     3     4     5     6     7     8    9 (new)
  // Cases before:   10    8     6    20    12     5     5     9    0
  // Cause 1 gives 3 of 10 to the new 9 (30 %: split). Of 2, gone, 4 of 8 go to 4 (50 %: merged). Of 3, gone, 2 each go
  // to 4, 5 and none (33 %: gone). 6 and 7 exchange one case each. 8 stays whole.
  const table = rowsOf(
    "1>1:7 1>9:3 2>4:4 2>-:4 3>4:2 3>5:2 3>-:2 4>4:20 5>5:10 5>-:2 6>6:4 6>7:1 7>7:4 7>6:1 8>8:9 ->9:2",
  );
  expect(table).toEqual([
    [1, "split", 10, 7, 7, 9, 3],
    [2, "merged", 8, 0, 0, 4, 4],
    [3, "vanished", 6, 0, 0],
    [9, "new", 0, 5, 0],
    [4, "grown", 20, 26, 20],
    [5, "exchanged", 12, 12, 10],
    [6, "exchanged", 5, 5, 4],
    [7, "exchanged", 5, 5, 4],
    [8, "unchanged", 9, 9, 9],
  ]);
});

test("the cases that move are counted by whether they had a cause, and have one", () => {
  const compared = compareRuns(flows("1>1:7 1>9:3 ->9:2 1>-:4 ->1:1"));
  expect(compared).toMatchObject({ between: 3, gained: 3, lost: 4 });
  expect(compared).toMatchObject({
    causesBefore: 1,
    causesAfter: 2,
    withCauseBefore: 14,
    withCauseAfter: 13,
  });
  expect(compared.moves.map(({ from, to, cases }) => [from, to, cases])).toEqual([
    [1, null, 4],
    [1, 9, 3],
    [null, 9, 2],
    [null, 1, 1],
  ]);
});

test("29 % that leave for a new cause are no split, and 49 % that go into one that goes on no merge", () => {
  expect(rowsOf("1>1:71 1>9:29").map(([cause, kind]) => [cause, kind])).toEqual([
    [9, "new"],
    [1, "shrunk"],
  ]);
  expect(rowsOf("1>2:49 1>-:51 2>2:10").map(([cause, kind]) => [cause, kind])).toEqual([
    [1, "vanished"],
    [2, "grown"],
  ]);
});

test("a part that goes to a cause that was there is no split, and what goes into a new one no merge", () => {
  expect(rowsOf("1>1:5 1>2:5 2>2:5").map(([cause, kind]) => [cause, kind])).toEqual([
    [2, "grown"],
    [1, "shrunk"],
  ]);
  expect(rowsOf("1>9:10").map(([cause, kind]) => [cause, kind])).toEqual([
    [1, "vanished"],
    [9, "new"],
  ]);
});

test("nothing before, and nothing after", () => {
  expect(rowsOf("->1:3")).toEqual([[1, "new", 0, 3, 0]]);
  expect(rowsOf("1>-:3")).toEqual([[1, "vanished", 3, 0, 0]]);
  expect(compareRuns([])).toMatchObject({ changes: [], moves: [], causesBefore: 0, causesAfter: 0 });
});

const sides = fc.option(fc.integer({ min: 1, max: 6 }), { nil: null });
const randomFlows = fc.uniqueArray(
  fc.record({ from: sides, to: sides, cases: fc.integer({ min: 1, max: 40 }) }),
  { selector: ({ from, to }) => `${from} ${to}`, maxLength: 30 },
);

test("the sums hold for any history: causes, cases, and what moves", () => {
  fc.assert(
    fc.property(randomFlows, (given) => {
      const found = compareRuns(given);
      const gone = found.changes.filter(({ kind }) => kind === "merged" || kind === "vanished").length;
      const fresh = found.changes.filter(({ kind }) => kind === "new").length;
      expect(found.changes.length).toBe(found.causesBefore + fresh);
      expect(found.causesAfter).toBe(found.causesBefore + fresh - gone);
      expect(found.withCauseAfter).toBe(found.withCauseBefore + found.gained - found.lost);
      const sum = (key: "before" | "after" | "stayed") =>
        found.changes.reduce((total, change) => total + change[key], 0);
      expect(sum("before")).toBe(found.withCauseBefore);
      expect(sum("after")).toBe(found.withCauseAfter);
      expect(sum("before") - sum("stayed")).toBe(found.between + found.lost);
    }),
  );
});

test("splits and merges are the ones that matching the clusters of the two runs tells of", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(sides, sides), { maxLength: 60 }), (cases) => {
      const mapOf = (side: 0 | 1) =>
        new Map(cases.flatMap((one, id) => (one[side] === null ? [] : [[String(id), one[side]] as const])));
      const [before, after] = [mapOf(0), mapOf(1)];
      const { continues, events } = matchClusters(before, after);
      const causeOf = (cluster: number) => continues.get(cluster) ?? 100 + cluster;
      const counts = new Map<string, CaseFlow>();
      for (const [from, cluster] of cases) {
        const to = cluster === null ? null : causeOf(cluster);
        const flow = counts.get(`${from} ${to}`) ?? { from, to, cases: 0 };
        counts.set(`${from} ${to}`, { ...flow, cases: flow.cases + 1 });
      }
      const found = compareRuns([...counts.values()].filter(({ from, to }) => from !== null || to !== null));
      for (const kind of ["split", "merged"] as const) {
        const told = events.flatMap((event) => (event.kind === kind ? [event.old] : []));
        const shown = found.changes.filter((change) => change.kind === kind).map(({ cause }) => cause);
        expect(new Set(shown)).toEqual(new Set(told));
      }
    }),
  );
});
