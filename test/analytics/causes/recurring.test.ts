import { expect, test } from "vitest";
import { type Edge, graphFromEdges } from "#analytics/causes/graph.ts";
import { recurring } from "#analytics/causes/recurring.ts";

/** Groups of ten nodes, each linked to its next four in the ring of its group at the similarity of the group. */
function rings(similarities: readonly number[]) {
  const edges = similarities.flatMap((similarity, group) =>
    Array.from({ length: 40 }, (_, k): Edge => {
      const from = Math.floor(k / 4);
      return [group * 10 + from, group * 10 + ((from + 1 + (k % 4)) % 10), similarity];
    }),
  );
  const nodes = similarities.length * 10;
  return {
    edges,
    nodes,
    community: Int32Array.from({ length: nodes }, (_, node) => Math.floor(node / 10)),
    cases: new Int32Array(nodes).fill(1),
  };
}

const sixAlike = [0.82, 0.8, 0.78, 0.8, 0.81, 0.79];

test("a community whose cases are far less alike than usual is no cause", () => {
  const { nodes, edges, community, cases } = rings([...sixAlike, 0.5]);
  const kept = recurring(graphFromEdges(nodes, edges), community, cases);
  expect([...kept.subarray(60)]).toEqual(Array(10).fill(-1));
  expect([...kept.subarray(0, 60)]).toEqual([...community.subarray(0, 60)]);
});

test("a community of which less than half is alike enough is no cause, not even that part", () => {
  const { nodes, edges, community, cases } = rings([...sixAlike, 0.5]);
  const alike: Edge[] = [
    [70, 71, 0.8],
    [71, 72, 0.8],
    [70, 72, 0.8],
  ];
  const graph = graphFromEdges(nodes + 3, [...edges, ...alike]);
  const labels = (last: number) => Int32Array.from([...community, last, last, last]);
  const manyCases = Int32Array.from([...cases, 1, 1, 1]);
  expect([...recurring(graph, labels(7), manyCases).subarray(70)]).toEqual([7, 7, 7]);
  expect([...recurring(graph, labels(6), manyCases).subarray(60)]).toEqual(Array(13).fill(-1));
});

test("one case that is unlike its community is left out alone", () => {
  const { nodes, edges, community, cases } = rings(sixAlike);
  const stray: Edge[] = [
    [60, 0, 0.3],
    [61, 60, 0.2],
    [61, 62, 0.2],
    [62, 60, 0.2],
  ];
  const graph = graphFromEdges(nodes + 3, [...edges, ...stray]);
  const kept = recurring(
    graph,
    Int32Array.from([...community, 0, 0, 0]),
    Int32Array.from([...cases, 1, 1, 1]),
  );
  expect([...kept.subarray(60)]).toEqual([-1, -1, -1]);
  expect([...kept.subarray(0, 10)]).toEqual(Array(10).fill(0));
});

test("the level of similarity does not matter, only what is usual", () => {
  const half = rings(sixAlike.map((similarity) => similarity / 2));
  const kept = recurring(graphFromEdges(half.nodes, half.edges), half.community, half.cases);
  expect([...kept]).toEqual([...half.community]);
});

test("a text that several cases say is alike to itself", () => {
  const { nodes, edges, community, cases } = rings([...sixAlike, 0.5]);
  const copies = cases.map((count, node) => (node >= 60 ? 20 : count));
  const kept = recurring(graphFromEdges(nodes, edges), community, copies);
  expect([...kept]).toEqual([...community]);
});

test("among a few texts nothing is usual: none is left out", () => {
  const { nodes, edges, community, cases } = rings([0.8, 0.8, 0.8, 0.3]);
  expect([...recurring(graphFromEdges(nodes, edges), community, cases)]).toEqual([...community]);
});

test("what a person has put into a community is never left out, and its community is a cause", () => {
  const { nodes, edges, community, cases } = rings([...sixAlike, 0.5]);
  const anchor = new Int32Array(nodes).fill(-1);
  anchor[65] = 3;
  const kept = recurring(graphFromEdges(nodes, edges), community, cases, anchor);
  expect([...kept.subarray(60)].map((label) => label >= 0)).toEqual(
    Array.from({ length: 10 }, (_, i) => i === 5),
  );
});
