import { expect, test } from "vitest";
import { type ImportRequest, jsonLine, resultInWords } from "#app/cli/import.ts";
import type { ImportResult } from "#db/imports/import-cases.ts";

const request: ImportRequest = { file: "downloads/complaints.csv", workspace: "real", preset: undefined };
const result: ImportResult = {
  workspaceId: 1,
  importId: 1,
  preset: "cfpb",
  read: 6_625,
  counts: { new: 6_000, updated: 3, unchanged: 620, rejected: 2, open: 35, coverage: { narrative: 1_532 } },
  resumedAfter: 0,
};

test("--json is one line with the six counts, in an order that scripts may rely on", () => {
  expect(jsonLine(result)).toBe(
    '{"read":6625,"new":6000,"updated":3,"unchanged":620,"rejected":2,"open":35}',
  );
});

test("the result in words names the file, the workspace and the source, and counts every row", () => {
  expect(resultInWords(result, request)).toBe(
    "complaints.csv is loaded into the workspace real (CFPB Consumer Complaint Database).\n" +
      "6,625 rows read: 6,000 new, 3 updated, 620 unchanged, 2 rejected; 35 open.\n" +
      "The rejected rows, with their reasons, are on the page Imports.",
  );
});

test("a load that went on says where the earlier one had stopped", () => {
  const resumed = { ...result, counts: { ...result.counts, rejected: 0 }, resumedAfter: 4_000 };
  expect(resultInWords(resumed, request)).toMatch(
    /\nIt went on after row 4,000, where an earlier load had stopped\.$/,
  );
});
