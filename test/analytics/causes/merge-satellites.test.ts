import { expect, test } from "vitest";
import { type Edge, graphFromEdges } from "#analytics/causes/graph.ts";
import { mergeSatellites } from "#analytics/causes/merge-satellites.ts";

/** The links among three nodes that are close to one another. */
function triangle(first: number): Edge[] {
  return [
    [first, first + 1, 1],
    [first + 1, first + 2, 1],
    [first, first + 2, 1],
  ];
}

const square: Edge[] = [...triangle(0), [3, 0, 1], [3, 1, 1], [3, 2, 1]]; // nodes 0-3
const threeGroups = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];
const others = [3, 4, 5, 6, 7, 8, 9]; // seven triangles that have nothing to do with them
const groups = [
  ...square,
  ...triangle(4),
  ...triangle(7),
  ...others.flatMap((_, index) => triangle(10 + 3 * index)),
];
const community = Int32Array.from([...threeGroups, ...others.flatMap((other) => [other, other, other])]);

/** Where the first three communities end up once `links` are there. */
function merged(links: readonly Edge[]): number[] {
  const found = mergeSatellites(graphFromEdges(31, [...groups, ...links]), community);
  expect([...found.subarray(10)]).toEqual([...community.subarray(10)]);
  return [found[0]!, found[4]!, found[7]!];
}

test("a community whose leaving links all go to one larger one joins it", () => {
  expect(
    merged([
      [4, 0, 1],
      [5, 1, 1],
    ]),
  ).toEqual([0, 0, 2]);
});

test("a community that is linked to several stays by itself", () => {
  expect(
    merged([
      [4, 0, 1],
      [7, 1, 1],
      [5, 8, 1],
    ]),
  ).toEqual([0, 1, 2]);
});

test("a stray link does not join what is apart", () => {
  expect(merged([[4, 0, 0.1]])).toEqual([0, 1, 2]);
});

test("what is linked to two parts of one cause joins once they are one", () => {
  expect(
    merged([
      [4, 0, 1],
      [5, 1, 1],
      [6, 2, 1],
      [7, 3, 1],
      [8, 4, 1],
    ]),
  ).toEqual([0, 0, 0]);
});

test("no nodes and no links are no trouble", () => {
  expect([...mergeSatellites(graphFromEdges(0, []), Int32Array.of())]).toEqual([]);
  expect([...mergeSatellites(graphFromEdges(2, []), Int32Array.of(0, 1))]).toEqual([0, 1]);
});
