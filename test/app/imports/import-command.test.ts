import { describe, expect, test } from "vitest";
import { jsonLine, progressText, resultInWords, trialInWords } from "#app/cli/import-sentences.ts";
import { asJson, linesOf } from "#app/cli/imports.ts";
import { planInWords } from "#app/cli/undo.ts";
import type { ImportSummary } from "#app/server/command-line/messages.ts";
import type { ImportResult } from "#db/imports/import-file.ts";

const loaded = { name: "complaints.csv", workspace: "real" };
const result: ImportResult = {
  workspaceId: 1,
  importId: 3,
  preset: "cfpb",
  read: 6_625,
  counts: {
    new: 6_000,
    updated: 3,
    unchanged: 620,
    folded: 0,
    rejected: 2,
    open: 35,
    coverage: { narrative: 1_532, received_at: 6_623 },
  },
  resumedAfter: 0,
  warnings: [],
};

test("--json is one line with the seven counts, in an order that scripts may rely on", () => {
  expect(jsonLine(result.counts)).toBe(
    '{"read":6625,"new":6000,"updated":3,"unchanged":620,"rejected":2,"open":35,"folded":0}',
  );
});

describe("the result in words", () => {
  test("names the file, the workspace and the source, counts every row, and says what the rows tell", () => {
    expect(resultInWords(result, loaded)).toBe(
      "complaints.csv is loaded into the workspace real (CFPB Consumer Complaint Database), as import 3.\n" +
        "6,625 rows read: 6,000 new, 3 updated, 620 unchanged, 2 rejected; 35 open.\n" +
        "Rows that tell: received_at 100%, resolved_at 0%, narrative 23%, contact_reason 0%, outcome 0%, " +
        "remedy_types 0%, team 0% and customer_ref 0%.\n" +
        "The rejected rows, with their reasons, are on the page /w/real/imports/3, to mend and load again.",
    );
  });

  test("passes on what is doubtful about the file", () => {
    const text = resultInWords({ ...result, warnings: ["Ids were shortened."] }, loaded);
    expect(text).toContain("\nCareful: Ids were shortened.");
  });

  test("says where an earlier load had stopped, and how many rows were further events", () => {
    const counts = { ...result.counts, rejected: 0, folded: 1_200 };
    const text = resultInWords({ ...result, counts, resumedAfter: 4_000 }, loaded);
    expect(text).toContain("\nIt went on after row 4,000, where an earlier load had stopped.");
    expect(text).toContain("1,200 further events of a case");
    expect(text).not.toContain("rejected rows");
  });
});

test("a dry run says that nothing was stored, and why rows would be rejected", () => {
  const example = { line: 7, value: "new", reason: "“new” is not allowed." };
  const rejections = [{ column: "status", code: "not_allowed", count: 2, example }];
  const text = trialInWords({ preset: "zammad", counts: result.counts, rejections, warnings: [] }, loaded);
  expect(text).toContain(
    "Nothing was stored. Loading complaints.csv into the workspace real (Zammad (its database))",
  );
  expect(text).toContain("\n  2 rows in “status”: line 7: “new” is not allowed.");
});

test("progress tells rows, what became of them, how fast it is, and how long it takes", () => {
  const speed = { rowsPerSecond: 12_345.6, secondsLeft: 120 };
  expect(progressText("a.csv", { stage: "loading", share: 0.34, counts: result.counts }, speed)).toBe(
    "Loading a.csv: 34 %, 6,625 rows (6,623 accepted, of them 3 updated and 620 unchanged; 2 rejected), " +
      "12,346 rows/s, about 2 minutes left",
  );
  const unknown = { rowsPerSecond: null, secondsLeft: null };
  expect(progressText("a.csv", { stage: "waiting", share: 0, counts: null }, unknown)).toBe(
    "a.csv waits for an earlier load of the workspace",
  );
});

test("the plan of an undo counts what would become of the cases, and names those that stay", () => {
  const one = { caseId: "x", sourceCaseId: "A-1", title: null };
  const plan = {
    removed: { count: 6_000, cases: [] },
    restored: { count: 1, cases: [] },
    spliced: { count: 0, cases: [] },
    kept: { count: 1, cases: [{ ...one, why: "retrospective" as const }] },
    unchangedLater: 620,
  };
  expect(planInWords("3", { fileName: "a.csv", plan })).toBe(
    "Undoing import 3 (a.csv):\n" +
      "  6,000 cases that it alone brought would be taken away.\n" +
      "  1 case would get the value back that they had before it.\n" +
      "  1 case would stay, since a person has worked with them:\n" +
      "    A-1\n" +
      "  Later imports found 620 rows unchanged; what this one brought of them goes too.",
  );
});

test("an import is listed in two lines, or as an object for scripts", () => {
  const { coverage: _, ...counts } = result.counts;
  const summary: ImportSummary = {
    importId: 3,
    name: "a.csv",
    kind: "file",
    state: "finished",
    stateText: "finished",
    startedAt: "2026-11-25T02:47:00.000Z",
    counts,
  };
  expect(linesOf(summary)[0]).toMatch(/^3 {2}a\.csv: finished; begun 25 Nov 2026/);
  expect(linesOf(summary)[1]).toContain("6,625 rows read");
  expect(asJson(summary)).toMatchObject({ import: 3, kind: "file", read: 6_625, new: 6_000, folded: 0 });
});
