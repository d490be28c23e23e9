import { describe, expect, it } from "vitest";
import { everything } from "#analytics/filter/filter.ts";
import { fixStatement } from "#analytics/findings/fix-statement.ts";
import type { QuarterContext } from "#analytics/findings/quarter-context.ts";
import { quarterFindings } from "#analytics/findings/quarter-findings.ts";
import { mostFindings } from "#analytics/findings/rank-findings.ts";
import type { JudgedFix } from "#analytics/findings/statement.ts";
import type { CauseMovement } from "#analytics/metrics/cause-movements.ts";
import { shareOf } from "#analytics/metrics/share.ts";
import { rateChange } from "#analytics/second-fix/rate-change.ts";
import { rateRatio } from "#analytics/statistics/rate-ratio.ts";
import { findingSentence, findingWords } from "#app/sentences/finding-sentences.ts";
import { makeView, type View } from "#app/tables/view.ts";
import { type CaseSketch, dayOf, factsOf, sketchCauses } from "#test/support/facts.ts";
import { burst, fixOf, plainQuarter, regression, thirdQuarter } from "#test/support/findings.ts";

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
    exposure: null,
  };
  return makeView(snapshot, { ...everything, period: "2026-Q3" }, dayOf("2026-11-22"));
}

function said(sketches: CaseSketch[], limits: Partial<QuarterContext> = {}) {
  const view = viewOf(sketches);
  return quarterFindings(view.facts, { ...plainQuarter, ...limits }).map((finding) =>
    findingSentence(finding, view),
  );
}

describe("what a quarter says", () => {
  it("names what rose with both counts, the ratio, its interval and its q, and leads to its cases", () => {
    const [, first] = said([
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
    const [first] = said([
      ...many(11, "2026-08-01", { causeId: 7 }),
      ...many(12, "2026-08-01", { causeId: 9 }),
    ]);
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
    expect(said(sketches)[0]).toMatchObject({
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
    const context = { ...plainQuarter, period: view.period };
    expect(quarterFindings(view.facts, context)).toEqual([]);
  });
});

const [lateDelivery, brokenLeg, curtAnswers, oddInvoices] = sketchCauses as [
  (typeof sketchCauses)[0],
  (typeof sketchCauses)[0],
  (typeof sketchCauses)[0],
  (typeof sketchCauses)[0],
];

function movementWords(previous: number, cases: number, rest: Partial<CauseMovement> = {}) {
  const ratio = rateRatio(previous, cases, 91, 92);
  const counts = { cases, previous, yearAgo: 0, dispersion: 1, ratio, seen: "lately" as const };
  const entry = {
    cause: lateDelivery,
    ...counts,
    q: 0.2,
    saying: "rate" as const,
    movement: null,
    burst: null,
    ...rest,
  };
  return findingWords({ kind: "movement", entry }, "EUR");
}

describe("the sentence of a movement", () => {
  it("has the verb that the test allowed, whichever way the numbers go", () => {
    expect(movementWords(20, 90).headline).toBe(
      "“Late delivery” did not change beyond chance, from 20 to 90 cases.",
    );
    expect(movementWords(90, 40, { movement: "rose" }).headline).toContain("rose");
    expect(movementWords(90, 40, { movement: "fell", q: 0.00002 })).toEqual({
      headline: "“Late delivery” fell from 90 to 40 cases.",
      evidence:
        "Against the quarter before, per day, ratio 0.44 (0.30–0.64); test over all causes, q = below 0.001.",
    });
  });

  it("counts one case and none in words", () => {
    expect(movementWords(31, 1, { movement: "fell" }).headline).toBe(
      "“Late delivery” fell from 31 to 1 case.",
    );
    expect(movementWords(40, 0, { movement: "fell" }).headline).toBe(
      "“Late delivery” fell from 40 cases to none.",
    );
    expect(movementWords(0, 40, { movement: "rose" }).headline).toBe(
      "“Late delivery” rose from none to 40 cases.",
    );
  });

  it("from zero is the first time, where the data reach back far enough to know, and never a percentage", () => {
    const few = { saying: "count" } as const;
    expect(movementWords(0, 3, { ...few, seen: "never" })).toEqual({
      headline: "“Late delivery” was first seen this quarter (n = 3).",
      evidence: "Too few cases to say more than how many they are.",
    });
    for (const seen of ["lately", "long_ago", null] as const)
      expect(movementWords(0, 1, { ...few, seen }).headline).toBe(
        "“Late delivery” went from none to 1 case.",
      );
    const more = movementWords(0, 6, { seen: "never" });
    expect(more.headline).toBe("“Late delivery” was first seen this quarter (n = 6).");
    expect(more.evidence).toBe(
      "Against the quarter before, per day, ratio 1.2 or more; test over all causes, q = 0.20.",
    );
  });

  it("is new, or back after a year without it", () => {
    expect(movementWords(0, 12, { movement: "new", q: 0.0123 })).toEqual({
      headline: "“Late delivery” is new: 12 cases, none in the year before.",
      evidence: "Test over all causes, q = 0.012.",
    });
    expect(movementWords(0, 12, { movement: "returned" }).headline).toBe(
      "“Late delivery” has returned: 12 cases, none in the year before.",
    );
  });

  it("has no ratio where there is none, and no verb of so few cases that no rate is said", () => {
    expect(movementWords(20, 24, { ratio: null }).evidence).toBe(
      "Against the quarter before, per day; test over all causes, q = 0.20.",
    );
    expect(movementWords(2, 4, { saying: "count" }).headline).toBe("“Late delivery” went from 2 to 4 cases.");
  });
});

describe("the sentence of a second fix", () => {
  const fixWords = (fix: JudgedFix) => findingWords(fixStatement(fix, thirdQuarter)!, null);
  const change = (after: number) => ({
    after: { cases: after, weeks: 10 },
    change: rateChange({ cases: 60, exposure: 10 }, { cases: after, exposure: 10 }, 1),
  });

  it("says since, never because, with cases and weeks of both sides, the ratio and its interval", () => {
    expect(fixWords(fixOf("effective"))).toEqual({
      headline: "“Late delivery” fell since its second fix, and reached the target of 50% fewer cases.",
      evidence:
        "Counted anew: 60 cases in 10 weeks before, 12 cases in 10 weeks since; ratio a week, volume taken out: 0.20 (0.10–0.38).",
    });
    expect(
      fixWords(
        fixOf("partially_effective", { targetCut: 0.9, fixes: 2 }, { comparedWith: "unfixed_causes" }),
      ),
    ).toEqual({
      headline: "“Late delivery” fell since its 2 second fixes, but 90% fewer cases were wanted.",
      evidence:
        "Counted anew: 60 cases in 10 weeks before, 12 cases in 10 weeks since; ratio a week, volume taken out by the causes without a fix: 0.20 (0.10–0.38).",
    });
  });

  it("says of a cause without a case since that it has not come back", () => {
    const { headline, evidence } = fixWords(fixOf("effective", {}, change(0)));
    expect(headline).toBe("“Late delivery” has not come back since its second fix.");
    expect(fixWords(fixOf("partially_effective", {}, change(0))).headline).toContain("fell since");
    expect(evidence).toBe(
      "Counted anew: 60 cases in 10 weeks before, none in 10 weeks since; ratio a week, volume taken out: 0.00 (0.00–0.06).",
    );
  });

  it("says that it rose, or that the target was missed, by the verdict alone", () => {
    expect(fixWords(fixOf("harmful", {}, change(60))).headline).toBe(
      "“Late delivery” rose since its second fix.",
    );
    expect(fixWords(fixOf("not_effective")).headline).toBe(
      "“Late delivery” missed the target since its second fix: 50% fewer cases were wanted.",
    );
    expect(fixWords(fixOf("harmful", {}, { before: { cases: 0, weeks: 1 }, ...change(1) })).evidence).toMatch(
      /^Counted anew: none in 1 week before, 1 case in 10 weeks since/,
    );
  });

  it("says that a verified fix no longer holds, beside what was expected and how often that alarm is false", () => {
    expect(fixWords(fixOf("effective", { regression }))).toEqual({
      headline:
        "“Late delivery” came back after its second fix was verified: 14 cases, where 4.8 were expected.",
      evidence:
        "Its weekly counts gave the alarm on 7 Sep 2026; of fixes that hold, 4.0% give one in a year.",
    });
    const one = { ...regression, cases: 1, expected: 0.02 };
    expect(fixWords(fixOf("effective", { regression: one })).headline).toContain(
      "1 case, where less than 0.1 were expected.",
    );
  });

  it("leads to the cases of the days since, not of the quarter", () => {
    const [sentence] = said([], { judgedFixes: [fixOf("effective")] }).filter(({ headline }) =>
      headline.includes("fell"),
    );
    expect(sentence).toMatchObject({
      href: "/w/shop/cases?period=2026-06-01..2026-08-09&cause=7",
      causeId: 7,
    });
  });
});

describe("the sentence of", () => {
  const share = shareOf(6, 24);
  const ranked = {
    cause: lateDelivery,
    category: null,
    cases: 6,
    countInterval: { low: 2, high: 13 },
    ofAll: share,
    cumulative: 0.25,
  };
  const largest = (...tied: typeof sketchCauses) =>
    findingWords({ kind: "largest_cause", ranked, tied, lead: 0 }, null);

  it("a burst counts customers and names its days, what is usual, and the cases that it could not count", () => {
    expect(findingWords({ kind: "burst", burst, q: 0.004 }, null)).toEqual({
      headline: "“Broken leg” came in a burst: 12 customers, 3 Aug – 1 Sep 2026.",
      evidence:
        "Its usual share of all cases would bring 3.1 in these days; test over all causes, q = 0.0040.",
    });
    const unknown = (unknownCustomers: number) =>
      findingWords({ kind: "burst", burst: { ...burst, unknownCustomers }, q: 0.004 }, null).evidence;
    expect(unknown(1)).toMatch(/ 1 case of customers that nobody knows is not counted\.$/);
    expect(unknown(2)).toMatch(/ 2 cases of customers that nobody knows are not counted\.$/);
  });

  it("the largest cause names those that tie, up to three, and else counts them", () => {
    expect(largest()).toEqual({
      headline: "“Late delivery” is the largest cause.",
      evidence: "6 of 24 cases: 25% (12–45%).",
    });
    expect(largest(brokenLeg)).toEqual({
      headline: "“Late delivery” and “Broken leg” are the largest causes.",
      evidence: "Each has 6 of 24 cases: 25% (12–45%).",
    });
    expect(largest(brokenLeg, curtAnswers).headline).toBe(
      "“Late delivery”, “Broken leg” and “Curt answers” are the largest causes.",
    );
    expect(largest(brokenLeg, curtAnswers, oddInvoices).headline).toBe(
      "“Late delivery” and 3 others are the largest causes.",
    );
  });

  it("causes that tie leads to the cases of all, and draws the quarters of none", () => {
    const tie = [7, 9].flatMap((causeId) => many(6, "2026-08-01", { causeId }));
    expect(said(tie).find(({ headline }) => headline.includes("largest"))).toMatchObject({
      href: "/w/shop/cases?period=2026-Q3&cause=7&cause=9",
      causeId: null,
    });
  });

  it("no change counts the causes compared, of one as of many, and says of bursts only what was looked for", () => {
    const words = (compared: number, burstsSought: boolean) =>
      findingWords({ kind: "no_change", compared, about: 9, burstsSought }, null);
    expect(words(1, true)).toEqual({
      headline: "No cause rose, fell or came in a burst beyond chance.",
      evidence: "1 cause compared with the quarter before by a test of chance.",
    });
    expect(words(12, false)).toEqual({
      headline: "No cause rose or fell beyond chance.",
      evidence: "12 causes compared with the quarter before by a test of chance; bursts can't be looked for.",
    });
  });

  it("the cost says nothing where nothing was paid, and that a currency is unknown", () => {
    const paid = (totalMinor: number, currency: string | null) =>
      findingWords(
        { kind: "unfixed_cost", cost: { totalMinor, known: 1, n: 3 }, causes: 1, paidCases: 1 },
        currency,
      );
    expect(paid(0, "EUR")).toEqual({
      headline: "Nothing was paid in causes without a second fix.",
      evidence: "Compensation in 1 resolved case of 3, over 1 cause.",
    });
    expect(paid(1050, null).headline).toContain("10.50 (currency unknown) was paid");
  });

  it("relationships that ended has both quarters side by side, no verb, and no share of under five cases", () => {
    const parted = (now: typeof share, before: typeof share | null) =>
      findingWords({ kind: "parted", now, before }, null);
    expect(parted(shareOf(1, 25), shareOf(9, 30))).toEqual({
      headline: "1 customer relationship ended.",
      evidence: "1 of 25 cases: 4.0% (1–20%); the quarter before 9 of 30 cases: 30% (17–48%).",
    });
    expect(parted(shareOf(0, 1), null)).toEqual({
      headline: "No customer relationship ended.",
      evidence: "0 of 1 case.",
    });
    expect(parted(shareOf(4, 4), null).evidence).toBe("4 of 4 cases.");
  });
});
