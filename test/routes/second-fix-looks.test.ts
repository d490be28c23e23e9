import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDay } from "#analytics/period.ts";
import { judgeFixes } from "#app/server/judge-fixes.ts";
import { revokeVerdictsOf } from "#db/queries/fix-verdicts.ts";
import { listSecondFixes } from "#db/queries/second-fixes.ts";
import { openDemoApp, type TestApp } from "#test/support/app.ts";
import { addSecondFix, inPlace } from "#test/support/second-fix.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openDemoApp();
});
afterAll(() => app.close());

/** Whether the fixes were looked at on a day: then all cases were counted anew. */
async function isLookedAt(day: string): Promise<boolean> {
  let counts = 0;
  const today = parseDay(day)!;
  await judgeFixes(app.services.database.db, app.workspace.id, { today, onProgress: () => counts++ });
  return counts > 0;
}

describe("a second fix whose check date is past and whose window is open", () => {
  test("is looked at once a week of the data, and at once where its cause has become another one", async () => {
    const { db } = app.services.database;
    const taken = new Set((await listSecondFixes(db, app.workspace.id)).map((fix) => fix.root_cause_id));
    const causes = (await app.snapshot()).facts.causes.flatMap((cause) => (cause ? [cause.causeId] : []));
    const causeId = causes.find((id) => !taken.has(id))!;
    await addSecondFix(db, app.workspace.id, { causeId }, inPlace); // its check date is 1 September
    expect(await isLookedAt("2026-08-31")).toBe(false);
    expect(await isLookedAt("2026-09-02")).toBe(true);
    expect(await isLookedAt("2026-09-02")).toBe(false);
    expect(await isLookedAt("2026-09-08")).toBe(false);
    await db
      .transaction()
      .execute((tx) =>
        revokeVerdictsOf(tx, app.workspace.id, { causeIds: [causeId], because: "merged", actor: "Ann" }),
      );
    expect(await isLookedAt("2026-09-08")).toBe(true);
    expect(await isLookedAt("2026-09-14")).toBe(false);
    expect(await isLookedAt("2026-09-15")).toBe(true);
  });
});
