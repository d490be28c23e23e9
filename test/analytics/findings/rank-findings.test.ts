import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostFindings, rankFindings } from "#analytics/findings/rank-findings.ts";
import { findingOf } from "#test/support/findings.ts";

describe("the ranking of findings", () => {
  it("is by size x certainty, and what is counted is certain", () => {
    const ranked = rankFindings([
      findingOf("parted", 30),
      findingOf("movement", 50, 0.96), // 48
      findingOf("burst", 70, 0.5), // 35
      findingOf("fix_worked", 40, 0.95), // 38
    ]);
    expect(ranked.map(({ kind }) => kind)).toEqual(["movement", "fix_worked", "burst", "parted"]);
  });

  it("keeps the weightiest of each kind before the second of any, and then the weightier ones", () => {
    const rises = [90, 80, 70, 60, 50].map((cases) => findingOf("movement", cases, 1));
    const ranked = rankFindings([...rises, findingOf("parted", 2), findingOf("fix_worked", 55, 1)]);
    expect(ranked.map(({ kind, inQuestion }) => [kind, inQuestion])).toEqual([
      ["movement", 90],
      ["movement", 80],
      ["movement", 70],
      ["movement", 60],
      ["fix_worked", 55],
      ["parted", 2],
    ]);
  });

  it("leaves out the lightest kind where there are more kinds than findings on a page", () => {
    const kinds = ["fix_worked", "fix_failed", "movement", "burst", "largest_cause", "unfixed_cost"] as const;
    const ranked = rankFindings([findingOf("parted", 1), ...kinds.map((kind, i) => findingOf(kind, 9 - i))]);
    expect(ranked.map(({ kind }) => kind)).toEqual(kinds);
  });

  it("leaves findings of equal weight in their order", () => {
    const ranked = rankFindings([findingOf("not_covered", 7), findingOf("unfixed_cost", 7)]);
    expect(ranked.map(({ kind }) => kind)).toEqual(["not_covered", "unfixed_cost"]);
  });

  it("falls in weight, adds nothing, and has no order of the input in it", () => {
    const kind = fc.constantFrom("movement", "burst", "parted", "fix_worked", "unfixed_cost" as const);
    const findings = fc.uniqueArray(fc.tuple(kind, fc.integer({ min: 0, max: 999 })), {
      selector: ([, cases]) => cases,
    });
    fc.assert(
      fc.property(findings, (sketches) => {
        const all = sketches.map(([of, cases]) => findingOf(of, cases));
        const ranked = rankFindings(all);
        expect(ranked).toHaveLength(Math.min(mostFindings, all.length));
        const sizes = ranked.map(({ inQuestion }) => inQuestion);
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        expect(rankFindings(all.toReversed())).toEqual(ranked);
        const kindsOf = (list: typeof all) => new Set(list.map((finding) => finding.kind));
        expect(kindsOf(ranked)).toEqual(kindsOf(all));
      }),
    );
  });
});
