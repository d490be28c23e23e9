import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CaseRecord, emptyCase, remedyTypes } from "#analytics/case.ts";
import { caseFields } from "#db/imports/map/case-fields.ts";
import { guardFormula } from "#db/imports/map/formula-guard.ts";
import { validateCase } from "#db/imports/map/validate-case.ts";
import { nameBasedUuid } from "#db/imports/store/case-id.ts";
import { LocalDays } from "#db/imports/store/local-days.ts";
import { prepareCase } from "#db/imports/store/prepare-case.ts";
import { cfpbCsv, complaint, readCases, temporaryFile } from "./sources.ts";

const valid: CaseRecord = { ...emptyCase("helpdesk", "1"), received_at: "2026-03-29" };

test("a name-based UUID is that of RFC 9562, appendix A.4", () => {
  const dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  expect(nameBasedUuid(Buffer.from(dns.replaceAll("-", ""), "hex"), "www.example.com")).toBe(
    "2ed6657d-e927-568b-95e1-2665a8aea6a2",
  );
});

describe("a record may be stored", () => {
  test("with a key and one time", () => {
    expect(validateCase(valid)).toBeNull();
  });

  test.each<[string, Partial<CaseRecord>, string | null]>([
    ["without its key", { source_case_id: " " }, "source_case_id"],
    ["without any time", { received_at: null }, "received_at"],
    ["with a day that does not exist", { received_at: "2026-02-29" }, "received_at"],
    ["with a time that is no UTC instant", { closed_at: "2026-02-27T10:00:00+01:00" }, "closed_at"],
    ["with an outcome while it is open", { status: "open", outcome: "settled" }, "outcome"],
    ["with a count below zero", { transfer_count: -1 }, "transfer_count"],
    ["with half a minute", { handling_minutes: 0.5 }, "handling_minutes"],
    ["with a score of six", { csat_score: 6 }, "csat_score"],
    ["with a compensation without currency", { compensation_minor: 500 }, "compensation_currency"],
    [
      "with a currency that is none",
      { compensation_minor: 5, compensation_currency: "$" },
      "compensation_currency",
    ],
    [
      "with texts that are too long together",
      { title: "x".repeat(200_000), narrative: "y".repeat(100_000) },
      "title",
    ],
    ["with NUL in an attribute", { attributes: { Colour: "re\0d" } }, "attribute:Colour"],
    ["with half of a character in a text", { narrative: "It hurts \uD83D" }, "narrative"],
    [
      "with half of a character in a name",
      { attributes: { "Colour \uDE00": "red" } },
      "attribute:Colour \uDE00",
    ],
  ])("not %s", (_, fields, column) => {
    expect(validateCase({ ...valid, ...fields })).toMatchObject({ column });
  });

  test("not with a word that is none, whatever types it came through", () => {
    const foreign: Partial<CaseRecord> = JSON.parse(
      '{"severity": "urgent", "remedy_types": ["apology", "cake"]}',
    );
    expect(validateCase({ ...valid, ...foreign })).toMatchObject({ column: "severity", value: "urgent" });
    expect(validateCase({ ...valid, ...foreign, severity: null })).toMatchObject({
      column: "remedy_types",
      value: "cake",
    });
  });
});

describe("local days", () => {
  test("begin at midnight of the zone, also where the clock was changed at midnight", () => {
    expect(new LocalDays("America/New_York").instantOf("2026-03-29")).toBe("2026-03-29T04:00:00.000Z");
    expect(new LocalDays("America/Sao_Paulo").instantOf("2018-11-04")).toBe("2018-11-04T03:00:00.000Z"); // at 01:00
  });

  test("are the same as the zone's calendar gives for any instant", () => {
    const zones = [
      "UTC",
      "America/New_York",
      "Europe/Berlin",
      "Asia/Kathmandu",
      "Pacific/Kiritimati",
      "America/Sao_Paulo",
    ];
    const instants = fc.date({
      min: new Date("2015-01-01"),
      max: new Date("2027-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (timeZone, instant) => {
        const calendar = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
        expect(new LocalDays(timeZone).dayOf(instant.toISOString())).toBe(calendar.format(instant));
      }),
    );
  });

  test("of a case: a day stays that day, and an instant falls on the zone's", () => {
    const home = { workspaceId: 1, days: new LocalDays("America/New_York") };
    const { row } = prepareCase(home, { ...valid, resolved_at: "2026-03-31T03:30:00.000Z" });
    expect(row).toMatchObject({ incidence_day: "2026-03-29", outcome_day: "2026-03-30" });
    expect(row).toMatchObject({ received_at: "2026-03-29T04:00:00.000Z", date_only_fields: 0b100 });
  });

  test("give an open case no day of outcome, and a resolved one without date its incidence day", () => {
    const home = { workspaceId: 1, days: new LocalDays("UTC") };
    expect(prepareCase(home, { ...valid, status: "open" }).row.outcome_day).toBeNull();
    expect(prepareCase(home, valid).row.outcome_day).toBe("2026-03-29");
  });
});

describe("our own export", () => {
  const full: CaseRecord = {
    ...valid,
    narrative: "=1+1 was on the bill,\r\n“twice”",
    title: "'=quoted",
    contact_reason: "Fees",
    remedy_types: ["apology", "refund"],
    compensation_minor: 1250,
    compensation_currency: "EUR",
    is_public: false,
    csat_score: 1,
    transfer_count: 0,
    resolved_at: "2026-03-30T08:00:00.000Z",
    attributes: { "Sub-issue": "-5 %", "Timely response?": "Yes" },
  };

  test("is read back as the record that it was", async () => {
    const names = Object.keys(full.attributes);
    const cells = caseFields.map((field) => full[field]);
    const texts = [...cells, ...names.map((name) => full.attributes[name])].map((value) =>
      guardFormula(Array.isArray(value) ? value.join("|") : String(value ?? "")),
    );
    const csv = stringify([[...caseFields, ...names.map((name) => `attribute:${name}`)], texts]);
    const [row] = await readCases(await temporaryFile(`\uFEFF${csv}`));
    expect(row?.result).toEqual({ record: full });
  });

  test.each([
    ["status", "closed", /expected one of: open, resolved/],
    ["remedy_types", "apology|cake", new RegExp(remedyTypes.join(", "))],
    ["is_public", "yes", /expected one of: true, false/],
    ["transfer_count", "few", /expected a whole number/],
    ["received_at", "", /no time/],
  ])("rejects a row whose %s is “%s”", async (field, text, reason) => {
    const cells = {
      source_system: "helpdesk",
      source_case_id: "1",
      status: "resolved",
      received_at: "2026-03-29",
    };
    const row = { ...cells, [field]: text };
    const [read] = await readCases(await temporaryFile(stringify([Object.keys(row), Object.values(row)])));
    expect(read?.result).toMatchObject({
      rejection: { column: field, reason: expect.stringMatching(reason) },
    });
  });
});

test("every row of any file is either accepted or rejected, and none is lost or doubled", async () => {
  const cell = fc.string({ unit: "grapheme", maxLength: 20 });
  const id = fc.oneof({ weight: 4, arbitrary: fc.nat().map(String) }, cell);
  const date = fc.oneof({ weight: 4, arbitrary: fc.constantFrom("2019-03-29", "2019/3/9") }, cell);
  const row = fc
    .tuple(id, date, cell)
    .map(([a, b, text]) =>
      complaint(a, { "Date received": b, "Consumer complaint narrative": text, Company: text }),
    );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), fc.boolean(), async (rows, widen) => {
      const written = rows.map((cells, index) => (widen && index % 3 === 1 ? [...cells, "more"] : cells));
      const read = await readCases(await temporaryFile(cfpbCsv(written)));
      expect(read).toHaveLength(rows.length);
      expect(new Set(read.map(({ line }) => line)).size).toBe(rows.length);
    }),
    { numRuns: 60 },
  );
});
