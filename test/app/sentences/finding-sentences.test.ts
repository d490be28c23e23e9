import { describe, expect, it } from "vitest";
import { everything } from "#analytics/filter/filter.ts";
import { mostFindings, quarterFindings } from "#analytics/findings/quarter-findings.ts";
import { findingSentence } from "#app/sentences/finding-sentences.ts";
import { makeView, type View } from "#app/tables/view.ts";
import { type CaseSketch, dayOf, factsOf } from "#test/support/facts.ts";

const many = (n: number, on: string, rest: Partial<CaseSketch>): CaseSketch[] =>
  Array.from({ length: n }, () => ({ on, ...rest }));
const history: CaseSketch = { on: "2024-01-01", causeId: 15 };
const lastDay: CaseSketch = { on: "2026-09-30", causeId: 15 };

function viewOf(sketches: CaseSketch[]): View {
  const snapshot = {
    workspace: { id: 1, name: "shop", timeZone: "UTC", fiscalYearStartMonth: 1, simulated: false },
    facts: factsOf([history, ...sketches, lastDay]),
    notes: [],
    volumeIsArtefact: false,
    outcomesArePartial: false,
  };
  return makeView(snapshot, { ...everything, period: "2026-Q3" }, dayOf("2026-11-22"));
}

function said(
  sketches: CaseSketch[],
  limits: { volumeIsArtefact?: boolean; outcomesArePartial?: boolean } = {},
) {
  const view = viewOf(sketches);
  const context = {
    period: view.period,
    clauses: [],
    covered: true,
    fixedCauseIds: new Set([9]),
    volumeIsArtefact: false,
    outcomesArePartial: false,
    ...limits,
  };
  return quarterFindings(view.facts, context).map((finding) => findingSentence(finding, view));
}

describe("what a quarter says", () => {
  it("names what rose with both counts, the ratio, its interval and its q, and leads to its cases", () => {
    const [first] = said([
      ...many(40, "2026-05-01", { causeId: 7 }),
      ...many(90, "2026-08-01", { causeId: 7 }),
    ]);
    expect(first?.headline).toBe("“Late delivery” rose from 40 to 90 cases.");
    expect(first?.evidence).toMatch(
      /per day, ratio 2\.2 \(1\.5–3\.3\); test over all causes, q = below 0\.001\.$/,
    );
    expect(first?.href).toBe("/w/shop/cases?period=2026-Q3&cause=7");
  });

  it("calls new what is new, and never says +100 %", () => {
    const [first] = said(many(12, "2026-08-01", { causeId: 9 }));
    expect(first?.headline).toBe("“Broken leg” is new: 12 cases, none in the year before.");
  });

  it("says so when nothing moved beyond chance", () => {
    const [first] = said([
      ...many(20, "2026-05-01", { causeId: 7 }),
      ...many(24, "2026-08-01", { causeId: 7 }),
    ]);
    expect(first?.headline).toBe("No cause rose or fell beyond chance.");
  });

  it("compares nothing where month counts are an artefact", () => {
    const sketches = [...many(40, "2026-05-01", { causeId: 7 }), ...many(90, "2026-08-01", { causeId: 7 })];
    const sentences = said(sketches, { volumeIsArtefact: true });
    expect(sentences.map(({ headline }) => headline).join(" ")).not.toMatch(/rose|fell|new/);
    expect(sentences[0]?.headline).toBe("Quarters of this source can't be compared.");
  });

  it("counts relationships that ended with their share, and not where outcomes are told in part", () => {
    const sketches = [
      ...many(3, "2026-08-01", { outcome: "parted" }),
      ...many(17, "2026-08-01", { outcome: "restored" }),
    ];
    expect(said(sketches).at(-1)).toMatchObject({
      headline: "3 customer relationships ended.",
      evidence: "3 of 20 cases: 15% (5–36%).",
    });
    expect(
      said(sketches, { outcomesArePartial: true })
        .map(({ headline }) => headline)
        .join(" "),
    ).not.toContain("ended");
  });

  it("adds what was paid only in causes without a second fix, and says in how many cases that is known", () => {
    const paid = { compensationMinor: 1050, compensationCurrency: "EUR" };
    const sentences = said([
      ...many(6, "2026-08-01", { causeId: 7, ...paid }),
      ...many(4, "2026-08-01", { causeId: 7 }),
      ...many(5, "2026-08-01", { causeId: 9, ...paid }), // has a fix
    ]);
    expect(sentences.find(({ headline }) => headline.includes("paid"))).toMatchObject({
      headline: "€63.00 was paid in causes without a second fix.",
      evidence: "Compensation in 6 resolved cases of 11, over 2 causes.",
    });
  });

  it("has at most six findings, and none of an empty quarter", () => {
    const sketches = [7, 9, 12].flatMap((causeId) => [
      ...many(40, "2026-05-01", { causeId }),
      ...many(120 + causeId, "2026-08-01", { causeId, outcome: "parted" }),
    ]);
    expect(said(sketches).length).toBeLessThanOrEqual(mostFindings);
    const view = makeView(viewOf([]), { ...everything, period: "2025-Q1" }, dayOf("2026-11-22"));
    const context = {
      period: view.period,
      clauses: [],
      covered: true,
      volumeIsArtefact: false,
      outcomesArePartial: false,
      fixedCauseIds: new Set<number>(),
    };
    expect(quarterFindings(view.facts, context)).toEqual([]);
  });
});
