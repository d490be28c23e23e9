import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FixEvidence, WindowEvidence } from "#analytics/second-fix/fix-evidence.ts";
import { judgeSecondFix } from "#analytics/second-fix/judge-second-fix.ts";

const dates = {
  decidedOn: 7 * 96,
  implementedFrom: 7 * 104,
  implementedTo: 7 * 104,
  washInDays: 14,
  checkOn: 7 * 119,
  windowEnd: 7 * 132,
  targetCut: 0.5,
};

describe("the verdict on a second fix", () => {
  it("is not due before the wash-in ends, and too early before the check date", () => {
    expect(verdictAt(dates.implementedTo + 13).verdict).toBe("not_due");
    expect(verdictAt(dates.implementedTo + 14).verdict).toBe("too_early");
    expect(verdictAt(dates.checkOn - 1).verdict).toBe("too_early");
  });

  it("waits for the window's end with a success, though the check date has passed", () => {
    const waiting = verdictAt(dates.windowEnd - 1);
    expect(waiting).toMatchObject({ verdict: "too_early", closedAt: null });
    expect(waiting.measured?.after.weeks).toBe(25);
    expect(verdictAt(dates.windowEnd)).toMatchObject({ verdict: "effective", closedAt: "window_end" });
  });

  it("closes harm at the check date, and no later week can undo it", () => {
    const risen = [...weeks(13, 8), ...weeks(13, 0)];
    expect(verdictAt(dates.checkOn, risen)).toMatchObject({ verdict: "harmful", closedAt: "check" });
    expect(verdictAt(dates.windowEnd, risen)).toMatchObject({ verdict: "harmful", closedAt: "check" });
  });

  it("says the same at any load between the check date and the window's end", () => {
    const later = [...weeks(13, 4), ...weeks(13, 40)];
    for (const day of [dates.checkOn, dates.checkOn + 40, dates.windowEnd - 1])
      expect(verdictAt(day, later).verdict).toBe("too_early");
  });

  it("tells by the target a full success from a partial one and from none", () => {
    expect(verdictAt(dates.windowEnd, weeks(26, 2)).verdict).toBe("effective");
    expect(verdictAt(dates.windowEnd, cycle(26, [3, 2])).verdict).toBe("partially_effective");
    expect(verdictAt(dates.windowEnd, weeks(26, 4)).verdict).toBe("not_effective");
  });

  it("leaves 20 cases before and 10 after open", () => {
    const evidence = { before: windowOf(cycle(104, [1, 0, 0, 0, 0]).map((n, i) => (i < 100 ? n : 0))) };
    const judged = judgeSecondFix(dates, { ...evidenceWith(cycle(26, [0, 0, 0, 0, 1])), ...evidence });
    expect(judged).toMatchObject({ verdict: "inconclusive", reasons: ["wide_interval"] });
  });

  it("takes the volume out: half the orders explain half the cases", () => {
    const evidence = evidenceWith(weeks(26, 2));
    const halved = { ...evidence, after: { ...evidence.after, exposures: weeks(26, 50) } };
    const judged = judgeSecondFix(dates, halved);
    expect(judged.verdict).toBe("not_effective");
    expect(judged.measured?.rawRatio).toBe(0.5);
    expect(judged.measured?.change?.ratio).toBe(1);
  });

  it("takes the volume out by the unfixed causes where no exposure is known", () => {
    expect(withoutExposure([weeks(26, 5), weeks(26, 5), weeks(26, 5)]).verdict).toBe("not_effective");
    expect(withoutExposure([weeks(26, 10), weeks(26, 10), weeks(26, 10)]).verdict).toBe("effective");
  });

  it("is open where the largest of the unfixed causes alone makes it", () => {
    const judged = withoutExposure(
      [weeks(26, 400), weeks(26, 4), weeks(26, 4)],
      [weeks(104, 200), weeks(104, 10), weeks(104, 10)],
    );
    expect(judged).toMatchObject({ verdict: "inconclusive", reasons: ["largest_comparator"] });
  });

  it("is open with neither exposure nor unfixed causes: the volume cannot be taken out", () => {
    expect(withoutExposure([], [])).toMatchObject({
      verdict: "inconclusive",
      reasons: ["nothing_to_compare_with"],
    });
  });

  it("counts what the assigner no longer captures: half the capture is no success", () => {
    const evidence = evidenceWith(weeks(26, 2));
    const captured = { ...evidence.after, captureRate: 0.5, emerging: weeks(26, 2) };
    expect(judgeSecondFix(dates, { ...evidence, after: captured }).verdict).toBe("not_effective");
  });

  it("is open where the emerging cases nearest to the cause would change the verdict", () => {
    const evidence = evidenceWith(weeks(26, 2));
    const emerging = { ...evidence.after, emerging: weeks(26, 2) };
    expect(judgeSecondFix(dates, { ...evidence, after: emerging })).toMatchObject({
      verdict: "inconclusive",
      reasons: ["emerging_cases"],
    });
  });

  it("is the weaker verdict where the emerging cases leave only the size of the fall in doubt", () => {
    const evidence = evidenceWith(weeks(26, 2));
    const emerging = { ...evidence.after, emerging: cycle(26, [1, 0, 0]) };
    expect(judgeSecondFix(dates, { ...evidence, after: emerging }).verdict).toBe("partially_effective");
  });

  it("is open where a short history begins at a peak, and judged where 20 cases came since the call", () => {
    const peak = (before: number[]) =>
      judgeSecondFix(dates, { ...evidenceWith(weeks(26, 2)), before: windowOf(before) });
    expect(peak(weeks(25, 2))).toMatchObject({ reasons: ["chosen_at_a_peak"], measured: null });
    expect(peak(cycle(25, [4, 6])).measured?.baseline).toMatchObject({
      basis: "since_decision",
      firstWeek: 17,
    });
  });

  it("compares with the weeks since the last step, so that a doubling that was undone is seen", () => {
    const before = [...weeks(60, 2), ...weeks(44, 4)];
    const judged = judgeSecondFix(dates, { ...evidenceWith(weeks(26, 2)), before: windowOf(before) });
    expect(judged.measured?.baseline).toMatchObject({ basis: "long", firstWeek: 60 });
    expect(judged.verdict).toBe("effective");
  });

  it("does not depend on what the exposure is counted in, nor on the calendar", () => {
    const counts = fc.array(fc.nat(9), { minLength: 26, maxLength: 26 });
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -99, max: 99 }),
        (after, k, shift) => {
          const evidence = evidenceWith(after);
          const plain = judgeSecondFix(dates, evidence);
          const scaled = (window: WindowEvidence) => ({
            ...window,
            exposures: window.exposures!.map((e) => e * k),
          });
          const moved = Object.fromEntries(
            Object.entries(dates).map(([key, day]) => [
              key,
              key === "washInDays" || key === "targetCut" ? day : day + 7 * shift,
            ]),
          ) as typeof dates; // the same keys
          const judged = judgeSecondFix(moved, {
            ...evidence,
            before: scaled(evidence.before),
            after: scaled(evidence.after),
            dataEnd: evidence.dataEnd + 7 * shift,
          });
          expect(judged.verdict).toBe(plain.verdict);
          expect(judged.measured?.change?.interval.low).toBeCloseTo(plain.measured!.change!.interval.low, 9);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("refuses evidence that is not that of its weeks", () => {
    const evidence = evidenceWith(weeks(26, 2));
    expect(() => judgeSecondFix(dates, { ...evidence, after: windowOf(weeks(25, 2)) })).toThrow("got 25");
    expect(() => judgeSecondFix({ ...dates, checkOn: 7 }, evidence)).toThrow("check");
    const silent = { ...evidence.after, captureRate: 0 };
    expect(() => judgeSecondFix(dates, { ...evidence, after: silent })).toThrow("got 0");
  });
});

function weeks(count: number, cases: number): number[] {
  return Array.from({ length: count }, () => cases);
}

function cycle(count: number, cases: number[]): number[] {
  return Array.from({ length: count }, (_, week) => cases[week % cases.length]!);
}

function windowOf(counts: number[]): WindowEvidence {
  return {
    counts,
    emerging: counts.map(() => 0),
    captureRate: 1,
    exposures: counts.map(() => 100),
    unfixed: [],
  };
}

function evidenceWith(after: number[], dataEnd = dates.windowEnd): FixEvidence {
  return { before: windowOf(weeks(104, 4)), after: windowOf(after), dataEnd, prior: null };
}

function verdictAt(dataEnd: number, after = weeks(26, 2)) {
  const seen = Math.max(0, Math.floor((dataEnd - dates.implementedTo - 14) / 7));
  return judgeSecondFix(dates, evidenceWith(after.slice(0, seen), dataEnd));
}

function withoutExposure(after: number[][], before = after.map(() => weeks(104, 10))) {
  const evidence = evidenceWith(weeks(26, 2));
  return judgeSecondFix(dates, {
    ...evidence,
    before: { ...evidence.before, exposures: null, unfixed: before },
    after: { ...evidence.after, exposures: null, unfixed: after },
  });
}
