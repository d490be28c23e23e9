import { describe, expect, it } from "vitest";
import { chartsAllowed } from "#app/imports/charts-allowed.ts";
import {
  checkHeadline,
  durationText,
  importHeadline,
  loadButtonText,
  progressText,
  recognisedHeadline,
} from "#app/imports/describe-import.ts";
import { undoButtonText, undoHeadline } from "#app/imports/describe-undo.ts";
import type { UndoPlan } from "#db/imports/store/undo-import.ts";

const counts = { new: 70, updated: 10, unchanged: 0, folded: 0, rejected: 40, open: 3 };
const none = { count: 0, cases: [] };

describe("which charts a coverage allows", () => {
  const verdictOf = (coverage: Record<string, number>, chart: string, accepted = 100) =>
    chartsAllowed(coverage, accepted).find((allowed) => allowed.chart === chart);

  it("takes the best of alternatives, and the rarest of what is needed together", () => {
    const coverage = { received_at: 80, occurred_at: 100, resolved_at: 60, outcome: 90, remedy_types: 7 };
    expect(verdictOf(coverage, "Cases by month")).toMatchObject({ rows: 100, verdict: "possible" });
    expect(verdictOf(coverage, "Times to resolve")).toMatchObject({
      rows: 60,
      share: 0.6,
      verdict: "possible",
    });
    expect(verdictOf(coverage, "Outcome by remedy")).toMatchObject({ rows: 7, verdict: "in_part" });
  });

  it("says no where no row tells, and where no row was accepted", () => {
    expect(verdictOf({}, "Outcomes")).toMatchObject({ rows: 0, share: 0, verdict: "not_possible" });
    expect(verdictOf({}, "Outcomes", 0)).toMatchObject({ share: null, verdict: "not_possible" });
  });
});

describe("the sentences of an import", () => {
  it("claim how much of a file is known", () => {
    const columns = ["a", "b", "c"];
    expect(recognisedHeadline({ title: "Zendesk", known: 2, columns, isGeneric: false })).toBe(
      "Read as Zendesk: 2 of its 3 columns are known",
    );
    expect(recognisedHeadline({ title: "Zendesk", known: 3, columns, isGeneric: false })).toBe(
      "Read as Zendesk: all 3 columns are known",
    );
    expect(recognisedHeadline({ title: "any", known: 0, columns, isGeneric: true })).toBe(
      "Not an export that is known here: its columns must be named",
    );
  });

  it("name on the button what is loaded, and what a person agrees to leave out", () => {
    expect(loadButtonText(counts, true)).toBe("Load 80 rows and leave out 40");
    expect(loadButtonText({ ...counts, new: 6610, rejected: 0 }, false)).toBe("Load 6,620 rows");
  });

  it("claim what a check found", () => {
    expect(checkHeadline(counts)).toBe("80 of 120 rows can be loaded");
    expect(checkHeadline({ ...counts, rejected: 0 })).toBe("All 80 rows can be loaded");
    expect(checkHeadline({ ...counts, new: 0, updated: 0 })).toBe(
      "None of the 40 rows can be loaded as the mapping stands",
    );
  });

  it("claim what became of a load", () => {
    const of = (state: "finished" | "failed", isUndoing = false) =>
      importHeadline({ row: { state, file_name: "a.csv" }, isUndoing }, counts);
    expect(of("finished")).toBe("80 rows of a.csv are loaded, 40 rejected");
    expect(of("failed")).toBe("a.csv stopped after 120 rows");
    expect(of("finished", true)).toBe("a.csv is being undone");
  });

  it("tell how far it is, and about how long it takes", () => {
    const job = { kind: "load", waiting: false, share: 0.42, counts: null, rowsPerSecond: null } as const;
    expect(progressText({ ...job, secondsLeft: 95 })).toBe(
      "The rows are being loaded: 42% done, about 2 minutes left.",
    );
    expect(progressText({ ...job, secondsLeft: null })).toBe("The rows are being loaded: 42% done.");
    expect([3, 31, 70, 3500, 9000].map(durationText)).toEqual([
      "a few seconds",
      "about 40 seconds",
      "about 1 minute",
      "about 58 minutes",
      "about 3 hours",
    ]);
  });

  it("name what an undo does", () => {
    const plan: UndoPlan = {
      removed: {
        count: 120,
        cases: [],
      },
      restored: {
        count: 1,
        cases: [],
      },
      spliced: none,
      kept: none,
      unchangedLater: 0,
    };
    expect(undoHeadline(plan, "a.csv")).toBe(
      "Undoing a.csv removes 120 cases and restores the earlier value of 1 case",
    );
    expect(undoButtonText(plan)).toBe("Undo it: remove 120 cases and restore 1 case");
    expect(undoHeadline({ ...plan, removed: none, restored: none }, "a.csv")).toBe(
      "Undoing a.csv changes no case",
    );
  });
});
