import { expect, test } from "vitest";
import { type CaseWithReason, joinByContactReason } from "#analytics/causes/join-by-contact-reason.ts";

const told = (cluster: number, contactReason: string | null): CaseWithReason => ({
  hasText: true,
  cluster,
  contactReason,
});
const silent = (contactReason: string | null): CaseWithReason => ({
  hasText: false,
  cluster: -1,
  contactReason,
});

test("half of the texts of a reason in one cluster are enough for the silent ones to join it", () => {
  const cases = [told(4, "fees"), told(4, "fees"), told(1, "fees"), told(-1, "fees"), silent("fees")];
  expect(joinByContactReason(cases, 5, 3)).toEqual({
    clusterOf: Int32Array.of(4, 4, 1, -1, 4),
    added: [],
    clusterOfReason: new Map([["fees", 4]]),
  });
});

test("less than half is not enough: three silent ones form a cluster of the reason", () => {
  const cases = [
    told(0, "fees"),
    told(1, "fees"),
    told(2, "fees"),
    silent("fees"),
    silent("fees"),
    silent("fees"),
  ];
  expect(joinByContactReason(cases, 3, 3)).toEqual({
    clusterOf: Int32Array.of(0, 1, 2, 3, 3, 3),
    added: ["fees"],
    clusterOfReason: new Map([["fees", 3]]),
  });
});

test("texts that lie in no cluster count against joining", () => {
  const cases = [told(0, "fees"), told(-1, "fees"), told(-1, "fees"), silent("fees")];
  expect([...joinByContactReason(cases, 1, 3).clusterOf]).toEqual([0, -1, -1, -1]);
});

test("one or two texts do not decide for the silent ones", () => {
  const cases = [told(0, "fees"), told(0, "fees"), silent("fees")];
  expect([...joinByContactReason(cases, 1, 3).clusterOf]).toEqual([0, 0, -1]);
});

test("a case with neither text nor reason stays unassigned", () => {
  expect([...joinByContactReason([silent(null), silent(null), silent(null)], 0, 3).clusterOf]).toEqual([
    -1, -1, -1,
  ]);
});

test("added clusters are numbered in order of their reasons, not of the cases", () => {
  const cases = ["b", "a", "b", "a", "b", "a"].map(silent);
  expect(joinByContactReason(cases, 7, 3)).toEqual({
    clusterOf: Int32Array.of(8, 7, 8, 7, 8, 7),
    added: ["a", "b"],
    clusterOfReason: new Map([
      ["a", 7],
      ["b", 8],
    ]),
  });
});
