import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseRecord, emptyCase } from "#analytics/case.ts";
import { importFile } from "#db/imports/import-file.ts";
import { caseIdOf } from "#db/imports/store/case-id.ts";
import { readCaseRecords } from "#db/queries/case-records.ts";
import { cfpbCsv, complaint } from "#test/app/imports/sources.ts";
import { loadCases, openTestApp, type TestApp } from "#test/support/app.ts";
import { temporaryDirectory } from "#test/support/database.ts";
import { parseCsv } from "./csv-tables.ts";

let app: TestApp;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
  app = await openTestApp({ nth: 16 });
});
afterAll(async () => {
  await app.close();
  await directory.remove();
});

const timeZone = "Europe/Berlin";

async function download(path: string): Promise<Buffer> {
  const response = await app.request(path);
  expect([path, response.status]).toEqual([path, 200]);
  return Buffer.from(await response.arrayBuffer());
}

async function load(workspace: string, file: Buffer, name = "cases.csv") {
  const path = join(directory.path, name);
  await writeFile(path, file);
  return importFile(app.services.database, { path, workspace, timeZone, rejectedAccepted: true });
}

/** The columns of the export that a source gave: not our own ids, days and causes. */
function sourceCells(file: Buffer): string[][] {
  const [heads = [], ...rows] = parseCsv(file);
  const own = new Set(["case_id", "incidence_day", "outcome_day", "cause_id", "cause", "category"]);
  const kept = heads.flatMap((head, i) => (own.has(head) ? [] : [i]));
  return [heads, ...rows].map((cells) => kept.map((i) => cells[i] ?? "")).sort(byText);
}

function byText(a: readonly string[], b: readonly string[]): number {
  return a.join() < b.join() ? -1 : 1;
}

describe("the CSV of the cases", () => {
  test("loads into another workspace as the same cases, and reading it again changes nothing", async () => {
    const file = await download(`${app.workspace.base}/cases.csv?period=all`);
    const { counts, read } = await load("copy", file);
    const all = (await app.snapshot()).facts.size;
    expect([read, counts.new, counts.rejected]).toEqual([all, all, 0]);
    const again = await download("/w/copy/cases.csv?period=all");
    expect(sourceCells(again)).toEqual(sourceCells(file));
    expect((await load("copy", again)).counts).toMatchObject({ new: 0, updated: 0, unchanged: all });
  });

  test("keeps every field of the nastiest cases", async () => {
    const { id } = await loadCases(app.services, "nasty", { cases: nastyCases, timeZone });
    const file = await download("/w/nasty/cases.csv?period=all");
    const { workspaceId, counts } = await load("nasty copy", file);
    expect(counts).toMatchObject({ new: nastyCases.length, rejected: 0 });
    const ids = (workspace: number) =>
      nastyCases.map((record) => caseIdOf(workspace, record.source_system, record.source_case_id));
    expect(await recordsOf(id, ids(id))).toEqual(nastyCases);
    expect(await recordsOf(workspaceId, ids(workspaceId))).toEqual(nastyCases);
  });

  test("begins with a byte order mark, ends its lines with CRLF, and holds no cell that a spreadsheet would run", async () => {
    const file = await download("/w/nasty/cases.csv?period=all");
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(file.toString().endsWith("\r\n")).toBe(true);
    const cells = parseCsv(file).flat();
    expect(cells.filter((cell) => cell.startsWith("'")).length).toBeGreaterThan(5);
    for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
  });
});

describe("the CSV of the rejected rows", () => {
  test("holds them as they stood in the file; mended, it loads, and the accepted rows stay as they are", async () => {
    const file = cfpbCsv([
      complaint(1),
      complaint(2, { "Date received": "yesterday", "Consumer complaint narrative": "=cmd|' /C calc'!A1" }),
      complaint("three", { "Consumer complaint narrative": '-1 star,\r\n"never" again' }),
    ]);
    const { importId, counts } = await load("real", Buffer.from(file), "complaints.csv");
    expect(counts).toMatchObject({ new: 1, rejected: 2 });

    const rejected = await download(`/w/real/imports/${importId}/rejected.csv`);
    const [heads = [], ...rows] = parseCsv(rejected);
    expect(rows.map((cells) => cells[heads.indexOf("Complaint ID")])).toEqual(["2", "three"]);
    expect(rows.map((cells) => cells[heads.indexOf("_line")])).toEqual(["3", "4"]);

    const mended = rejected.toString().replace("yesterday", "2019-04-01").replace(",three,", ",3,");
    expect((await load("real", Buffer.from(mended), "rejected.csv")).counts).toMatchObject({
      new: 2,
      rejected: 0,
    });
    expect((await load("real", Buffer.from(file), "complaints.csv")).counts).toMatchObject({
      unchanged: 1,
      rejected: 2,
    });
    const { id } = (await app.snapshot("real")).workspace;
    const records = await recordsOf(id, [caseIdOf(id, "cfpb", "2"), caseIdOf(id, "cfpb", "3")]);
    expect(records.map((record) => record.narrative)).toEqual([
      "=cmd|' /C calc'!A1",
      '-1 star,\r\n"never" again',
    ]);
    expect(Object.keys(records[0]?.attributes ?? {})).not.toContain("_line");
  });

  test("is named on the page of its import, with each row's line and reason", async () => {
    const page = await app.page("/w/real/imports/1");
    expect(page).toContain("/w/real/imports/1/rejected.csv");
    expect(page).toContain("“yesterday” is not a date");
    expect(page).toContain("“three” is not a Complaint ID");
  });
});

describe("a file sent by the form of the page Imports", () => {
  test("is loaded, and the answer leads to its report", async () => {
    const form = new FormData();
    form.set("file", new File([cfpbCsv([complaint(9)])], "june.csv", { type: "text/csv" }));
    const headers = { origin: "http://127.0.0.1:3000" };
    const response = await app.request("/w/real/imports", { method: "POST", headers, body: form });
    expect(response.status).toBe(303);
    await app.services.analysis.idle();
    expect(await app.page(response.headers.get("location") ?? "")).toContain("june.csv");
  });

  test("that is no table is refused with the reason, and nothing is stored", async () => {
    const form = new FormData();
    form.set("file", new File(["<!doctype html><p>Log in"], "page.csv", { type: "text/csv" }));
    const headers = { origin: "http://127.0.0.1:3000" };
    const cases = (await app.snapshot("real")).facts.size;
    const response = await app.request("/w/real/imports", { method: "POST", headers, body: form });
    expect(response.status).toBe(303);
    await app.services.imports.idle();
    const page = await app.page(response.headers.get("location") ?? "");
    expect(page).toContain("page.csv is a web page (HTML); expected a CSV, JSON or NDJSON file of cases.");
    expect((await app.snapshot("real")).facts.size).toBe(cases);
  });
});

async function recordsOf(workspaceId: number, ids: readonly string[]): Promise<CaseRecord[]> {
  const records: CaseRecord[] = [];
  for await (const { record } of readCaseRecords(
    app.services.database.db,
    { id: workspaceId, timeZone },
    ids,
  ))
    records.push(record);
  return records;
}

const base: CaseRecord = { ...emptyCase("crm", ""), occurred_at: "2026-03-29", contact_reason: "=1+1" };
const nastyCases: CaseRecord[] = [
  {
    ...base,
    source_case_id: "1",
    narrative: '=HYPERLINK("http://evil.example")',
    title: "'=already guarded",
  },
  {
    ...base,
    source_case_id: "2",
    narrative: "''''-four",
    title: "'tis only an apostrophe",
    product: "@home",
  },
  {
    ...base,
    source_case_id: "3",
    narrative: 'two\r\nlines, and a "quote"',
    title: "\ttab\nand line",
    team: "+ plus",
  },
  {
    ...base,
    source_case_id: "4",
    narrative: " spaces around ",
    title: "－full width",
    region: "Ærø; \u{1F600}",
  },
  {
    ...base,
    source_case_id: "-5",
    occurred_at: "2026-03-29T01:30:00.123Z",
    resolved_at: "2026-10-25",
    closed_at: "2026-10-25T00:30:00.000Z",
    compensation_minor: 123_456_789_012_345,
    compensation_currency: "JPY",
    handling_minutes: 2_147_483_647,
    audience: 0,
    remedy_types: ["refund", "policy_change"],
    apology_visibility: "none",
    outcome: "parted",
    parted_by: "us",
    finding: "partly_upheld",
    severity: "critical",
    csat_score: 1,
    retained: false,
    is_public: true,
    attributes: { "=name": "=value", "a,b": "'", plain: "0012" },
  },
  { ...base, source_case_id: "6", status: "open", customer_ref: "+49 30 123", attributes: { plain: "-" } },
];
