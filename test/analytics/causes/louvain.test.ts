import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { communities } from "#analytics/causes/communities.ts";
import { type Edge, graphFromEdges } from "#analytics/causes/graph.ts";
import { louvain, modularity } from "#analytics/causes/louvain.ts";
import { randomFrom } from "#analytics/causes/random.ts";

/** Zachary's karate club (1977): 34 members, 78 friendships, numbered from 1. */
const friends = `1-2 1-3 2-3 1-4 2-4 3-4 1-5 1-6 1-7 5-7 6-7 1-8 2-8 3-8 4-8 1-9 3-9 3-10 1-11 5-11 6-11 1-12 1-13 4-13
  1-14 2-14 3-14 4-14 6-17 7-17 1-18 2-18 1-20 2-20 1-22 2-22 24-26 25-26 3-28 24-28 25-28 3-29 24-30 27-30 2-31 9-31
  1-32 25-32 26-32 29-32 3-33 9-33 15-33 16-33 19-33 21-33 23-33 24-33 30-33 31-33 32-33 9-34 10-34 14-34 15-34 16-34
  19-34 20-34 21-34 23-34 24-34 27-34 28-34 29-34 30-34 31-34 32-34 33-34`;
const club = graphFromEdges(
  34,
  friends.split(/\s+/).map((pair): Edge => {
    const [one = 0, two = 0] = pair.split("-").map(Number);
    return [one - 1, two - 1, 1];
  }),
);

const triangles: Edge[] = [
  [0, 1, 1],
  [1, 2, 1],
  [0, 2, 1],
  [3, 4, 1],
  [4, 5, 1],
  [3, 5, 1],
  [2, 3, 1],
];

test("modularity of two joined triangles is 5/14", () => {
  // 6 of 7 edges within; each triangle has half of the degrees: 6/7 - 2 · (1/2)² = 5/14.
  expect(modularity(graphFromEdges(6, triangles), Int32Array.of(0, 0, 0, 1, 1, 1))).toBeCloseTo(5 / 14, 12);
});

test("a graph without edges has no modularity, and each node is its own community", () => {
  const graph = graphFromEdges(3, []);
  expect(modularity(graph, Int32Array.of(0, 1, 2))).toBeNull();
  expect([...louvain(graph, 1, randomFrom(1))]).toEqual([0, 1, 2]);
  expect([...louvain(graphFromEdges(0, []), 1, randomFrom(1))]).toEqual([]);
});

test("two joined triangles are two communities, numbered by appearance", () => {
  expect([...louvain(graphFromEdges(6, triangles), 1, randomFrom(1))]).toEqual([0, 0, 0, 1, 1, 1]);
});

test("an edge listed twice counts as one of twice the weight", () => {
  const once = graphFromEdges(
    6,
    triangles.map(([one, two, weight]): Edge => [one, two, 2 * weight]),
  );
  const twice = graphFromEdges(6, [...triangles, ...triangles]);
  const halves = Int32Array.of(0, 0, 0, 1, 1, 1);
  expect(modularity(twice, halves)).toBe(modularity(once, halves));
});

test("the karate club is parted as well as can be", () => {
  // The optimum is .41979 (Brandes et al. 2008, "On modularity clustering", table 1: .4198).
  const found = Array.from(
    { length: 20 },
    (_, seed) => modularity(club, louvain(club, 1, randomFrom(seed))) ?? 0,
  );
  expect(Math.max(...found)).toBeCloseTo(0.41979, 4);
  expect(Math.min(...found)).toBeGreaterThan(0.39);
});

test("a ring of cliques falls into its cliques, whatever the order of visits", () => {
  const edges = Array.from({ length: 60 }, (_, clique) => clique * 6).flatMap((first): Edge[] => [
    ...[0, 1, 2, 3, 4, 5].flatMap((i) =>
      [0, 1, 2, 3, 4, 5].slice(i + 1).map((j): Edge => [first + i, first + j, 1]),
    ),
    [first, (first + 7) % 360, 1],
  ]);
  const graph = graphFromEdges(360, edges);
  const cliques = Array.from({ length: 360 }, (_, node) => Math.floor(node / 6));
  for (let seed = 0; seed < 20; seed++) expect([...louvain(graph, 4, randomFrom(seed))]).toEqual(cliques);
});

test("a higher resolution gives more communities", () => {
  const [broad = 0, middle = 0, fine = 0] = [0.1, 1, 4].map(
    (gamma) => new Set(louvain(club, gamma, randomFrom(1))).size,
  );
  expect(broad).toBeLessThan(middle);
  expect(middle).toBeLessThan(fine);
});

test("the agreement of several runs is one partition of all nodes", () => {
  const membership = communities(club, randomFrom(1));
  expect(membership).toHaveLength(34);
  expect(new Set(membership).size).toBe(Math.max(...membership) + 1);
  expect(communities(club, randomFrom(1))).toEqual(membership);
});

describe("a run that begins from communities", () => {
  const free = new Int32Array(club.nodes).fill(-1);

  test("is no worse than they are", () => {
    for (let seed = 0; seed < 20; seed++) {
      const found = louvain(club, 1, randomFrom(seed));
      const again = louvain(club, 1, randomFrom(seed + 100), { community: found, anchor: free });
      expect(modularity(club, again)).toBeGreaterThanOrEqual((modularity(club, found) ?? 0) - 1e-12);
    }
  });

  test("moves a node that began in the wrong one, and takes in nodes that began alone", () => {
    const graph = graphFromEdges(6, triangles);
    const start = { community: Int32Array.of(7, 7, 9, 9, 9, -1), anchor: new Int32Array(6).fill(-1) };
    expect([...louvain(graph, 1, randomFrom(1), start)]).toEqual([0, 0, 0, 1, 1, 1]);
  });

  test("what a person has said holds in any graph: 1,000 random scripts", () => {
    const random = fc.record({
      edges: fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.integer({ min: 1, max: 9 })), { maxLength: 40 }),
      community: fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 12, maxLength: 12 }),
      anchor: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 12, maxLength: 12 }),
      seed: fc.nat(),
    });
    const checked = fc.check(
      fc.property(random, ({ edges, community, anchor, seed }) => {
        const graph = graphFromEdges(
          12,
          edges.filter(([one, two]) => one !== two),
        );
        const start = { community: Int32Array.from(community), anchor: Int32Array.from(anchor) };
        const found = communities(graph, randomFrom(seed), { start });
        const said = anchor.flatMap((home, node) => (home < 0 ? [] : [{ home, community: found[node] }]));
        return said.every((one) =>
          said.every((two) => (one.community === two.community) === (one.home === two.home)),
        );
      }),
      { numRuns: 1_000, seed: 5 },
    );
    expect(checked).toMatchObject({ failed: false, numRuns: 1_000 });
  });
});
