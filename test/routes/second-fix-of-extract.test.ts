import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDay } from "#analytics/period.ts";
import { judgeFixes } from "#app/server/judge-fixes.ts";
import { importFile } from "#db/imports/import-file.ts";
import { listVerdicts } from "#db/queries/fix-verdicts.ts";
import { cfpbCsv, complaint, temporaryFile } from "#test/app/imports/sources.ts";
import { openDemoApp, type TestApp } from "#test/support/app.ts";
import { addSecondFix } from "#test/support/second-fix.ts";
import { mainText } from "./html-tables.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openDemoApp();
});
afterAll(() => app.close());

const why = "How many cases a week holds depends on how this extract was cut";

async function textOf(path: string): Promise<string> {
  return mainText(await app.page(`${app.workspace.base}/${path}`));
}

describe("where how many cases a week holds depends on how an extract was cut", () => {
  test("no second fix is judged, and its pages say why", async () => {
    const { id, name } = app.workspace;
    const { db } = app.services.database;
    const causes = (await app.snapshot()).facts.causes.flatMap((cause) => (cause ? [cause.causeId] : []));
    const causeId = causes[0]!;
    const fixId = await addSecondFix(
      db,
      id,
      {
        causeId,
        openedOn: "2025-09-01",
        check: {
          exposure: null,
          washInDays: 14,
          targetCut: 0.5,
          checkOn: "2026-01-01",
          windowEnd: "2026-04-01",
        },
      },
      { to: "implemented", from: "2025-10-01", till: "2025-10-01", baseline: null },
    );
    const file = await temporaryFile(cfpbCsv([complaint(1), complaint(2)]));
    await importFile(app.services.database, { path: file, workspace: name });
    await rm(file);

    await judgeFixes(db, id, { today: parseDay("2026-11-22")! });
    expect((await listVerdicts(db, id)).filter((verdict) => verdict.fix_id === fixId)).toEqual([]);
    expect(await textOf(`fixes/${fixId}`)).toContain(why);
    expect(await textOf(`fixes/new?cause=${causeId}`)).toContain(why);
  });
});
