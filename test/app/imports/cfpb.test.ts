import { stringify } from "csv-stringify/sync";
import { describe, expect, test } from "vitest";
import type { CaseRecord } from "#analytics/case.ts";
import type { Rejection } from "#db/imports/map/presets/preset.ts";
import {
  cfpbCsv,
  cfpbHeader,
  complaint,
  readCases,
  temporaryFile,
  withoutConsentAndDispute,
} from "./sources.ts";

async function readOne(
  cells: Record<string, string>,
): Promise<{ record?: CaseRecord; rejection?: Rejection }> {
  const [row] = await readCases(await temporaryFile(cfpbCsv([complaint(77, cells)])));
  return { ...row?.result };
}

describe("the CFPB preset", () => {
  test("reads a complaint, and keeps what it has no field for", async () => {
    const { record } = await readOne({ Tags: "Older American", "ZIP code": "330XX", "Sub-issue": "None" });
    expect(record).toMatchObject({
      source_system: "cfpb",
      source_case_id: "77",
      status: "resolved",
      received_at: "2019-03-29",
      resolved_at: null,
      product: "Mortgage",
      contact_reason: "Fees or interest",
      region: "NY",
      channel: "Web",
      team: null,
      narrative: "I was charged twice, complaint 77.",
      outcome: null,
    });
    expect(record?.attributes).toEqual({
      Tags: "Older American",
      "ZIP code": "330XX",
      Company: "Example Bank",
      "Company response to consumer": "Closed with explanation",
      "Timely response?": "Yes",
    });
  });

  test.each([
    ["Closed with explanation", "resolved", ["explanation"]],
    ["Closed with non-monetary relief", "resolved", ["correction"]],
    ["Closed with monetary relief", "resolved", ["refund"]],
    ["Closed without relief", "resolved", ["none"]],
    ["Closed with relief", "resolved", null],
    ["Closed", "resolved", null],
    ["Untimely response", "resolved", null],
    ["In progress", "open", null],
  ])("reads “%s” as %s with the remedy %j", async (response, status, remedies) => {
    const { record } = await readOne({ "Company response to consumer": response });
    expect(record).toMatchObject({ status, remedy_types: remedies, resolved_at: null });
  });

  test("reads a dispute as outcome, and never one of an open case", async () => {
    expect((await readOne({ "Consumer disputed?": "Yes" })).record?.outcome).toBe("disputed");
    expect((await readOne({ "Consumer disputed?": "No" })).record?.outcome).toBeNull();
    const open = { "Consumer disputed?": "Yes", "Company response to consumer": "In progress" };
    expect((await readOne(open)).record?.outcome).toBeNull();
  });

  test.each([
    ["2019/3/29", "2019-03-29"],
    ["2019-03-29", "2019-03-29"],
    ["2019-03-29T12:00:00-05:00", "2019-03-29T17:00:00.000Z"],
    ["2026-06-17T17:51:31.000Z", "2026-06-17T17:51:31.000Z"],
  ])("reads the date %s as %s", async (date, moment) => {
    expect((await readOne({ "Date received": date })).record?.received_at).toBe(moment);
  });

  test.each([
    ["Date received", "soon", "not_a_date", /“soon” is not a date; expected a date such as/],
    ["Date received", "2019-02-30", "not_a_date", /“2019-02-30”/],
    ["Date received", "0219-02-03", "not_a_date", /The year is 219; expected 1900 to 2199/],
    ["Date received", "", "missing", /no time; expected one of/],
    ["Complaint ID", "3.2E+06", "not_a_number", /digits only/],
    ["Complaint ID", "", "missing", /no Complaint ID/],
    [
      "Company response to consumer",
      "Ignored",
      "not_allowed",
      /“Ignored” is not known .* expected one of: Closed with explanation, .*In progress/,
    ],
    ["Company response to consumer", "", "missing", /no Company response to consumer/],
    ["Issue", "x".repeat(501), "too_long", /501 characters; expected at most 500/],
    [
      "Consumer complaint narrative",
      "é".repeat(131_073),
      "too_long",
      /262146 bytes; expected at most 262144/,
    ],
    ["Company", "Exam\0ple", "nul_character", /NUL/],
  ])(
    "rejects a row whose %s is wrong (%#), with column, value and reason",
    async (column, value, code, reason) => {
      const { rejection } = await readOne({ [column]: value });
      expect(rejection).toMatchObject({ column, value: value === "" ? null : value, code });
      expect(rejection?.reason).toMatch(reason);
    },
  );

  test("reads the layout of 16 columns like that of 18", async () => {
    const rows = [cfpbHeader, complaint(1), complaint(2, { "Company response to consumer": "In progress" })];
    const [first, second] = await readCases(await withoutConsentAndDispute(rows));
    expect(first?.result).toMatchObject({ record: { source_case_id: "1", status: "resolved" } });
    expect(second?.result).toMatchObject({ record: { source_case_id: "2", status: "open" } });
  });

  test("goes by the names of columns, not by their order", async () => {
    const file = await temporaryFile(stringify([cfpbHeader.toReversed(), complaint(5).toReversed()]));
    const [row] = await readCases(file);
    const [same] = await readCases(await temporaryFile(cfpbCsv([complaint(5)])));
    expect(row?.result).toEqual(same?.result);
  });
});
