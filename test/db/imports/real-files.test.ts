import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseRecord } from "#analytics/case.ts";
import { importFile } from "#db/imports/import-file.ts";
import { ColumnExaminer } from "#db/imports/map/examine-columns.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";
import { proposeMapping } from "#db/imports/map/propose-mapping.ts";
import { listRejectedRows } from "#db/imports/store/queries.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { readCaseRecords } from "#db/queries/case-records.ts";
import {
  cfpbFile,
  hasSharedData,
  nastyFile,
  readText,
  sharedFile,
  temporaryFile,
  withoutConsentAndDispute,
} from "#test/app/imports/sources.ts";
import { openTestDatabase } from "#test/support/database.ts";

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe.skipIf(!hasSharedData)("the real CFPB extract (needs ../shared/data)", () => {
  test("loads whole, and changes nothing when it is loaded again", async () => {
    const first = await importFile(database, { path: cfpbFile, workspace: "real" });
    expect(first.read).toBe(6_623);
    expect(first.counts).toMatchObject({ new: 6_623, updated: 0, unchanged: 0, rejected: 0, open: 35 });
    const again = await importFile(database, { path: cfpbFile, workspace: "real" });
    expect(again.counts).toMatchObject({ new: 0, updated: 0, unchanged: 6_623, rejected: 0, open: 35 });
  });

  test("gives monetary relief to 23 of the 56 resolved cases of “Fees or interest”", async () => {
    const { workspaceId } = await importFile(database, { path: cfpbFile, workspace: "real" });
    const rows = await database.db
      .selectFrom("cases as c")
      .innerJoin("names as n", (join) =>
        join
          .onRef("n.workspace_id", "=", "c.workspace_id")
          .onRef("n.id", "=", "c.contact_reason_id")
          .on("n.field", "=", "contact_reason"),
      )
      .select("c.remedy_types")
      .where("c.workspace_id", "=", workspaceId)
      .where("c.status", "=", "resolved")
      .where("n.name", "=", "Fees or interest")
      .execute();
    expect(rows).toHaveLength(56);
    expect(rows.filter(({ remedy_types }) => remedy_types?.includes("refund"))).toHaveLength(23);
  });

  test("loads in the layout of 16 columns, without any dispute", async () => {
    const rows: string[][] = parse(await readText(cfpbFile));
    const path = await withoutConsentAndDispute(rows);
    const { counts } = await importFile(database, { path, workspace: "sixteen columns" });
    expect(counts).toMatchObject({ new: 6_623, rejected: 0, open: 35, coverage: { outcome: 0 } });
  });
});

function load(name: string) {
  return importFile(database, { path: nastyFile(name), workspace: name });
}

describe.skipIf(!hasSharedData)("damaged files (needs ../shared/data)", () => {
  test("01: the banner of unzip above the header is passed over", async () => {
    const { counts } = await load("01-cfpb-unzip-banner-before-header.csv");
    expect(counts).toMatchObject({ new: 6_623, rejected: 0, open: 35 });
  });

  test("02: mixed line ends and dates such as 2019/3/29 load", async () => {
    const { counts } = await load("02-cfpb-excel-resaved-mixed-eol-yyyy-m-d.csv");
    expect(counts).toMatchObject({ new: 6_623, rejected: 0, open: 35 });
  });

  test("03: a file cut inside a quoted cell keeps its whole rows, and rejects the torn one by its line", async () => {
    const { counts, workspaceId, importId } = await load("03-cfpb-truncated-at-1MiB-unclosed-quote.csv");
    expect(counts).toMatchObject({ new: 1_755, rejected: 1 }); // Python's csv module counts the same
    const of = { workspace_id: workspaceId, import_id: importId };
    const [torn] = await listRejectedRows(database.db, of, { limit: 2 });
    const lines = (await readText(nastyFile("03-cfpb-truncated-at-1MiB-unclosed-quote.csv"))).split("\n");
    expect(torn).toMatchObject({ line: lines.length, code: "csv_syntax", cells: [lines.at(-1)] });
  });

  test("04: header cells with blanks around them and an empty first column load", async () => {
    const { counts, preset } = await load(
      "04-nhs-header-with-leading-trailing-spaces-and-blank-first-col.csv",
    );
    expect(preset).toBe("nhs_fft");
    expect(counts).toMatchObject({
      new: 999,
      rejected: 0,
      coverage: { narrative: expect.any(Number), received_at: 999 },
    });
  });

  test("05: bare CR line ends are read; without any date the file is refused with a sentence, and loads with a day", async () => {
    const name = "05-nyc311-cr-only-line-endings.csv";
    await expect(load(name)).rejects.toThrow(
      /No column is known that tells when a case happened; its columns are “Unique Key”, “Agency”.*without a day/,
    );
    const christmas = async (columns: readonly string[]): Promise<Mapping> => {
      const { mapping } = proposeMapping(columns, new ColumnExaminer(columns).finish({ whole: true }));
      return {
        ...mapping,
        rules: [...mapping.rules, { field: "received_at", as: "constant", value: "2013-12-25" }],
      };
    };
    const wish = { mappingOf: christmas };
    const { counts } = await importFile(database, { path: nastyFile(name), workspace: name, wish });
    expect(counts).toMatchObject({ new: 2_386, rejected: 0, coverage: { contact_reason: 2_386 } });
  });

  test("08: a Jira export with repeated headers pauses at its wide row, and loads the others when told to", async () => {
    const name = "08-jira-bom-crlf-dup-headers-wide-row.csv";
    await expect(load(name)).rejects.toMatchObject({
      name: "ImportPaused",
      message: expect.stringMatching(
        /1 of the first 3 rows would be rejected.*in line 5: The row has 18 cells/,
      ),
    });
    const again = { path: nastyFile(name), workspace: name, rejectedAccepted: true };
    const { counts, preset, workspaceId, importId } = await importFile(database, again);
    expect(preset).toBe("jira");
    expect(counts).toMatchObject({ new: 2, rejected: 1 });
    const of = { workspace_id: workspaceId, import_id: importId };
    expect(await listRejectedRows(database.db, of, { limit: 2 })).toMatchObject([
      { line: 5, code: "row_width" },
    ]);
    const [first] = await records(workspaceId);
    expect(first).toMatchObject({
      source_case_id: "SUP-101",
      received_at: "2024-05-11T15:26:00.000Z",
      resolved_at: "2024-05-12T07:00:00.000Z",
      narrative: 'Gateway timed out.\r\nSee "5xx" graph, then the log.',
      attributes: { Labels: "checkout", "Labels 2": "gateway", "Custom field (Root cause)": "Config change" },
    });
  });

  test("gzip of a real file loads as the file does", async () => {
    const path = await temporaryFile(gzipSync(await readText(cfpbFile)), "complaints.csv.gz");
    const { counts } = await importFile(database, { path, workspace: "packed" });
    expect(counts).toMatchObject({ new: 6_623, rejected: 0, open: 35 });
  });
});

describe.skipIf(!hasSharedData)("other real sources (need ../shared/data)", () => {
  test("268 complaints load whole, also the one of 21,928 characters", async () => {
    const { counts, workspaceId } = await importFile(database, {
      path: sharedFile("cfpb-smoke-268/complaints-268.csv"),
      workspace: "smoke",
    });
    expect(counts).toMatchObject({ new: 268, rejected: 0, coverage: { narrative: 101 } });
    const longest = Math.max(...(await records(workspaceId)).map(({ narrative }) => narrative?.length ?? 0));
    expect(longest).toBe(21_928);
  });

  test("a day of New York's service requests has its times to resolve", async () => {
    const path = sharedFile("nyc311-2013/311-2013-12-25.csv");
    const { counts, workspaceId } = await importFile(database, {
      path,
      workspace: "nyc",
      timeZone: "America/New_York",
    });
    expect(counts).toMatchObject({ new: 2_386, rejected: 0, open: 84 });
    const loaded = await records(workspaceId);
    // As the file's own facts say: 1,467 were created at exactly midnight, which is a day without a time.
    expect(loaded.filter(({ received_at: at }) => at?.length === 10)).toHaveLength(1_467);
    const resolved = loaded.filter(({ status, resolved_at: at }) => status === "resolved" && at !== null);
    expect(resolved).toHaveLength(2_302);
    expect(loaded.find(({ source_case_id: id }) => id === "26984072")).toMatchObject({
      received_at: "2013-12-26T04:59:08.000Z",
      resolved_at: "2013-12-26T06:15:00.000Z",
      contact_reason: "Blocked Driveway",
      team: "NYPD",
      region: "BROOKLYN",
    });
  });

  test("a log of 5,998 events becomes the 890 incidents that its final states are", async () => {
    const log = sharedFile("uci-incident-log/incident_event_log-5998.csv");
    const states = sharedFile("uci-incident-log/incidents-final-state.csv");
    const folded = await importFile(database, { path: log, workspace: "log" });
    expect(folded.counts).toMatchObject({ new: 890, folded: 5_108, updated: 0, unchanged: 0, rejected: 0 });
    expect(folded.read).toBe(5_998);
    const fromLog = await records(folded.workspaceId);
    const rows: string[][] = parse(await readText(states), { bom: true });
    const [header = [], ...finals] = rows;
    const byId = new Map(fromLog.map((record) => [record.source_case_id, record]));
    for (const cells of finals) {
      const final = Object.fromEntries(
        header.map((column, i) => [column, cells[i] === "?" ? null : (cells[i] ?? null)]),
      );
      const record = byId.get(final["number"] ?? "");
      expect(record).toMatchObject({
        status: "resolved",
        transfer_count: Number(final["reassignment_count"]),
        reopen_count: Number(final["reopen_count"]),
        team: final["assignment_group"],
        handled_by_ref: final["assigned_to"],
        customer_ref: final["caller_id"],
        contact_reason: final["category"],
        region: final["location"],
        channel: final["contact_type"],
        received_at: isoOf(final["opened_at"]),
        closed_at: isoOf(final["closed_at"]),
        resolved_at: isoOf(final["resolved_at"] ?? final["closed_at"]),
      });
      for (const kept of [
        "closed_code",
        "u_symptom",
        "subcategory",
        "made_sla",
        "incident_state",
        "priority",
      ])
        expect(record?.attributes[kept] ?? null).toBe(final[kept] ?? null);
    }
    expect(fromLog.filter(({ reopen_count: count }) => (count ?? 0) > 0)).toHaveLength(10);
    expect(fromLog.filter(({ transfer_count: count }) => (count ?? 0) > 0)).toHaveLength(391);
  });

  test("nearly 8,000 comments of patients load, those without a day apart", async () => {
    const path = sharedFile("nhs-fft/v6framework_230831.csv");
    const { counts } = await importFile(database, { path, workspace: "nhs", rejectedAccepted: true });
    expect(counts.new + counts.updated + counts.unchanged + counts.rejected).toBe(7_908);
    expect(counts.rejected).toBeLessThan(300);
  });
});

/** 29-02-2016 01:16 */
function isoOf(text: string | null | undefined): string | null {
  const [, day, month, year, clock] = /^(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d)$/.exec(text ?? "") ?? [];
  return day === undefined ? null : `${year}-${month}-${day}T${clock}:00.000Z`;
}

async function records(workspaceId: number): Promise<CaseRecord[]> {
  const ids = await database.db
    .selectFrom("cases")
    .select("case_id")
    .where("workspace_id", "=", workspaceId)
    .execute();
  const { time_zone: timeZone } = await database.db
    .selectFrom("workspaces")
    .select("time_zone")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const found: CaseRecord[] = [];
  const caseIds = ids.map(({ case_id: id }) => id);
  for await (const { record } of readCaseRecords(database.db, { id: workspaceId, timeZone }, caseIds))
    found.push(record);
  return found.sort((a, b) => (a.source_case_id < b.source_case_id ? -1 : 1));
}
