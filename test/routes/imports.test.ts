import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { Snapshots } from "#app/server/snapshots.ts";
import { raiseDataVersion } from "#db/imports/store/case-stack.ts";
import { findImport } from "#db/imports/store/queries.ts";
import { openTestApp, type TestApp } from "#test/support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ nth: 64 });
});
afterAll(() => app.close());

/** Every third row has no date that can be read. */
const doubtful = [
  "Ticket ID,Created at,Status,Subject",
  ...Array.from({ length: 30 }, (_, i) => `T-${i},${i % 3 === 0 ? "soon" : "2026-02-20"},Solved,Lamp ${i}`),
].join("\n");

/** Sends a file as the form of the imports page does, and waits until it was looked at. Gives its page's address. */
async function send(content: string, name = "tickets.csv"): Promise<string> {
  const form = new FormData();
  form.set("file", new File([content], name, { type: "text/csv" }));
  const origin = "http://127.0.0.1:3000";
  const response = await app.request(`${app.workspace.base}/imports`, {
    method: "POST",
    headers: { origin },
    body: form,
  });
  await app.services.imports.idle();
  return (response.headers.get("location") ?? "").replace(/\/format$/, "");
}

function keyOf(href: string) {
  return { workspaceId: app.workspace.id, importId: Number(href.split("/").at(-1)) };
}

/** What a page says, without its tags and its scripts. */
async function said(path: string): Promise<string> {
  const [, main = ""] = /<main[^>]*>(.*)<\/main>/s.exec(await app.page(path)) ?? [];
  return main.replaceAll(/<!--.*?-->/gs, "").replaceAll(/<[^>]*>/g, " ");
}

describe("a load in which more than a fifth of the rows are rejected", () => {
  test("waits, and goes on without them when a person says so", async () => {
    const href = await send(doubtful);
    await app.services.imports.load(keyOf(href), { rejectedAccepted: false });
    await app.services.imports.idle();
    const waiting = await said(href);
    expect(waiting).toContain("10 of the first 30 rows would be rejected");
    expect(waiting).toContain("Go on and leave them out");
    await app.post(href, { do: "go_on", leaveOut: "yes" });
    await app.services.imports.idle();
    const loaded = await said(href);
    expect(loaded).toContain("20 rows of tickets.csv are loaded, 10 rejected");
    expect(loaded).not.toContain("Go on");
  });

  test("is stopped by hand, and can go on later", async () => {
    const href = await send(doubtful.replaceAll("T-", "U-"));
    await app.services.imports.load(keyOf(href), { rejectedAccepted: false });
    await app.services.imports.idle();
    await app.post(href, { do: "stop" });
    const stopped = await said(href);
    expect(stopped).toContain("It was stopped here by hand.");
    expect(stopped).not.toContain("leave them out");
    await app.post(href, { do: "go_on" });
    await app.services.imports.idle();
    expect(await said(href)).toContain("Go on and leave them out");
  });
});

test("a check that breaks off says why, keeps what was found in the file, and can be repeated", async () => {
  const href = await send(doubtful.replaceAll("T-", "V-"));
  const { uploads } = app.services;
  for (const file of await readdir(uploads)) await rm(join(uploads, file));
  await said(`${href}/check`);
  await app.services.imports.idle();
  const broken = await said(`${href}/check`);
  expect(broken).toContain("The check of tickets.csv broke off");
  expect(broken).toContain("The file tickets.csv is no longer here; send it again.");
  expect(await said(`${href}/format`)).toContain("Lamp 1");
  expect((await app.post(`${href}/check`, { do: "check_again" })).status).toBe(303);
  const { workspaceId, importId } = keyOf(href);
  const row = await findImport(app.services.database.db, workspaceId, importId);
  expect(row).toMatchObject({ state: "draft", failure: null, dry_run: null });
  await said(`${href}/check`); // coming there starts the check
  await app.services.imports.idle();
  expect(await said(`${href}/check`)).toContain("broke off");
});

describe("while a load is under way", () => {
  test("every page says so and leads to it, but for the pages of imports", async () => {
    const { services, workspace } = app;
    const job = {
      kind: "load",
      waiting: false,
      share: 0.41,
      counts: null,
      rowsPerSecond: null,
      secondsLeft: null,
    } as const;
    vi.spyOn(services.imports, "changing").mockReturnValue({ workspaceId: workspace.id, importId: 7, job });
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const overview = await said(workspace.base);
    expect(overview).toContain("Cases are being loaded (41%).");
    expect(overview).toContain("See how far it is");
    expect(await said(`${workspace.base}/imports`)).not.toContain("Cases are being loaded");
  });

  test("pages share one snapshot, until its time is over or a person changes something", async () => {
    const { services, workspace } = app;
    let loading = true;
    const snapshots = new Snapshots(services.database, { isLoading: () => loading });
    const commit = () =>
      services.database.db.transaction().execute((trx) => raiseDataVersion(trx, workspace.id, "no column"));
    const first = await snapshots.get(workspace.name);
    await commit();
    expect(await snapshots.get(workspace.name)).toBe(first);
    snapshots.forget(workspace.name);
    const second = await snapshots.get(workspace.name);
    expect(second).not.toBe(first);
    await commit();
    const clock = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 3_600_000);
    const third = await snapshots.get(workspace.name);
    clock.mockRestore();
    expect(third).not.toBe(second);
    await commit();
    loading = false;
    expect(await snapshots.get(workspace.name)).not.toBe(third);
  });
});
