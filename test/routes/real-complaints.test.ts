import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everything } from "#analytics/filter/filter.ts";
import { makeServices } from "#app/cli/serve.ts";
import { projectRoot } from "#app/settings.ts";
import { tables } from "#app/tables/tables.ts";
import { makeView, type View } from "#app/tables/view.ts";
import { importFile } from "#db/imports/import-file.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { openTestDatabase } from "#test/support/database.ts";

const folder = join(projectRoot, "../shared/data/cfpb-2019");

describe.skipIf(!existsSync(folder))("6,623 real complaints (needs ../shared/data/cfpb-2019)", () => {
  let database: OpenDatabase;
  let view: View;

  beforeAll(async () => {
    database = await openTestDatabase();
    await importFile(database, { path: join(folder, "complaints-2019.csv"), workspace: "real" });
    const services = makeServices(database, { asOf: "2026-11-22", uploads: tmpdir() });
    const snapshot = await services.snapshot("real");
    if (snapshot === undefined) throw new Error("The workspace real was not made.");
    view = makeView(snapshot, { ...everything, period: "all" }, services.today("UTC"));
  });
  afterAll(() => database.close());

  const cellsOf = (name: string) => tables[name]?.(view).rows.map((row) => row.cells) ?? [];

  it("are all loaded, and the open ones are absent from outcomes", () => {
    const cases = new Map(cellsOf("headline").map((cells) => [cells.measure, cells.cases]));
    expect([cases.get("cases"), cases.get("resolved"), cases.get("open")]).toEqual([6623, 6588, 35]);
  });

  it("got the remedies that were counted in the file by other means, for every contact reason", () => {
    const counted: Record<string, Record<string, number>> = JSON.parse(
      readFileSync(join(folder, "expected-answers.json"), "utf8"),
    ).response_by_issue;
    const expected = Object.entries(counted).map(([issue, responses]) => remediesOf(issue, responses));
    const got = cellsOf("remedies-by-contact-reason").map((cells) => [
      cells.contact_reason,
      cells.resolved,
      cells.refund_cases,
      cells.correction_cases,
      cells.explanation_cases,
    ]);
    const byReason = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
    expect(got.toSorted(byReason)).toEqual(
      expected.filter(([, resolved]) => resolved !== 0).toSorted(byReason),
    );
    expect(got.find(([reason]) => reason === "Fees or interest")).toEqual([
      "Fees or interest",
      56,
      23,
      1,
      31,
    ]);
  });

  it("show no share of outcomes, since the source tells of disputes only", () => {
    expect(cellsOf("outcomes-by-remedy").map((cells) => cells.restored)).toEqual([null, null, null, null]);
  });
});

function remediesOf(issue: string, responses: Record<string, number>) {
  const { "In progress": open = 0 } = responses;
  const all = Object.values(responses).reduce((sum, n) => sum + n, 0);
  return [
    issue,
    all - open,
    responses["Closed with monetary relief"] ?? 0,
    responses["Closed with non-monetary relief"] ?? 0,
    responses["Closed with explanation"] ?? 0,
  ];
}
