import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFile } from "#db/imports/import-cases.ts";
import { listRejectedRows } from "#db/imports/store/queries.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import {
  cfpbFile,
  hasSharedData,
  nastyFile,
  readText,
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

  test.each([
    ["04-nhs-header-with-leading-trailing-spaces-and-blank-first-col.csv", /Got: “COL1”, “Comment ID”/],
    ["05-nyc311-cr-only-line-endings.csv", /Got: “Unique Key”, “Agency”/],
    ["08-jira-bom-crlf-dup-headers-wide-row.csv", /Got: “Summary”, “Issue key”/],
  ])("%s: a header that no preset knows is named, with what was expected", async (name, got) => {
    await expect(load(name)).rejects.toThrow(got);
    await expect(load(name)).rejects.toThrow(/Expected the columns of: CFPB Consumer Complaint Database/);
  });
});
