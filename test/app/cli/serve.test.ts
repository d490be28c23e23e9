import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LoadRequest } from "#app/server/command-line/messages.ts";
import { doorPath } from "#app/server/command-line-door.ts";
import { readSettings } from "#app/settings.ts";
import { readLock } from "#db/engine/lock.ts";
import { cfpbCsv, complaint } from "#test/app/imports/sources.ts";
import { temporaryDirectory } from "#test/support/database.ts";
import { fixtwice, type ServingProcess, serve } from "./command-line.ts";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let settings: Record<string, string>;
let server: ServingProcess;
beforeAll(async () => {
  directory = await temporaryDirectory();
  settings = { FIXTWICE_DATA: join(directory.path, "data") };
  await writeFile(join(directory.path, "spring.csv"), cfpbCsv(spring));
  server = await serve(["--no-demo", "--as-of", "2019-05-15"], settings);
}, 60_000);
afterAll(async () => {
  await server.stop();
  await directory.remove();
});

const spring = ["2019-03-03", "2019-03-29", "2019-04-01", "2019-05-14", "2019-06-30"].map((day, i) =>
  complaint(i + 1, { "Date received": day }),
);
const load = ["import", "spring.csv", "--workspace", "real", "--json"];

/** What the command line asks for with it. */
const question: LoadRequest = {
  name: "late.csv",
  kind: "file",
  workspace: "real",
  timeZone: null,
  preset: null,
  mapping: null,
  encoding: null,
  delimiter: null,
  dateOrder: null,
  rejectedAccepted: false,
  cursor: null,
};

async function newestImport(workspace: string): Promise<unknown> {
  const { stdout } = await fixtwice(["imports", "--json", "--workspace", workspace], settings);
  return stdout === "" ? undefined : (JSON.parse(stdout) as unknown[])[0]; // as the command prints it
}

function inDirectory(args: readonly string[]): string[] {
  return args.map((arg) => (arg.endsWith(".csv") ? join(directory.path, arg) : arg));
}

describe("a running server", { timeout: 180_000 }, () => {
  test("leads from its start page to a new workspace, where there is none", async () => {
    const response = await fetch(server.url);
    expect(response.url).toBe(`${server.url}/workspaces/new`);
    expect(await response.text()).toContain("A new workspace");
  });

  test("takes what the command line loads, which prints what it would have printed alone", async () => {
    const through = await fixtwice(inDirectory(load), settings);
    expect(through).toMatchObject({
      code: 0,
      stdout: '{"read":5,"new":5,"updated":0,"unchanged":0,"rejected":0,"open":0,"folded":0}\n',
    });
    const alone = await fixtwice(inDirectory(load), { FIXTWICE_DATA: join(directory.path, "alone/data") });
    expect(alone.stdout).toBe(through.stdout);
    expect(await (await fetch(`${server.url}/w/real/cases?period=all`)).text()).toContain("complaint 3");
  });

  test("hands the command line its own reasons: what is no table ends with 65 there too", async () => {
    await writeFile(join(directory.path, "other.csv"), "when,what\n2026-01-01,rain\n");
    const { code, stderr } = await fixtwice(inDirectory(["import", "other.csv"]), settings);
    expect(code).toBe(65);
    expect(stderr).toContain("other.csv");
    expect(stderr).not.toContain("upload");
  });

  test("takes the day of --as-of for today: the last complete month is the one before it", async () => {
    const csv = await (await fetch(`${server.url}/w/real/tables/trend.csv`)).text();
    const months = parse(csv, { bom: true, columns: true }) as { month: string; cases: string }[]; // by the header
    expect(months.map(({ month, cases }) => [month, cases])).toEqual([
      ["2019-03", "2"],
      ["2019-04", "1"],
    ]);
  });

  test("opens the command line's door to who knows its secret alone", async () => {
    const door = `${server.url}${doorPath}load`;
    const body = `${JSON.stringify(question)}\n${cfpbCsv([complaint(99)])}`;
    for (const authorization of [undefined, "Bearer ", "Bearer 0000", `Bearer ${"0".repeat(64)}`]) {
      const headers = authorization === undefined ? {} : { authorization };
      expect((await fetch(door, { method: "POST", headers, body })).status).toBe(403);
    }
    const { token } = readLock(readSettings(settings).dataDirectory) ?? {};
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(door, { headers })).status).toBe(403);
    for (const name of ["", "constructor", "load/", "LOAD", "loads"])
      expect((await fetch(`${server.url}${doorPath}${name}`, { method: "POST", headers, body })).status).toBe(
        403,
      );
    expect(await (await fetch(`${server.url}/w/real/cases?period=all`)).text()).not.toContain("complaint 99");
  });

  test("tries, lists and undoes for the command line as that would alone", async () => {
    await writeFile(join(directory.path, "more.csv"), cfpbCsv([complaint(50), complaint(51)]));
    const real = ["--workspace", "real"];
    const tried = await fixtwice(
      inDirectory(["import", "more.csv", "--dry-run", "--json", ...real]),
      settings,
    );
    expect(tried).toMatchObject({ code: 0, stdout: expect.stringContaining('"new":2') });
    await fixtwice(inDirectory(["import", "more.csv", ...real]), settings);
    const { stdout } = await fixtwice(["imports", "--json", ...real], settings);
    const [latest] = JSON.parse(stdout) as { import: number; name: string; new: number }[]; // as the command prints it
    expect(latest).toMatchObject({ name: "more.csv", state: "finished", new: 2 });
    const undo = ["undo", String(latest?.import), ...real];
    expect((await fixtwice([...undo, "--dry-run"], settings)).stdout).toContain(
      "2 cases that it alone brought",
    );
    expect((await fixtwice([...undo, "--yes"], settings)).stdout).toContain("is undone.");
    expect(await (await fetch(`${server.url}/w/real/cases?period=all`)).text()).not.toContain("complaint 50");
    const nowhere = await fixtwice(["imports", "--workspace", "nowhere"], settings);
    expect(nowhere).toMatchObject({ code: 78, stderr: 'There is no workspace named "nowhere".\n' });
  });

  test("goes on with a load when the command line that sent the file is gone", async () => {
    const { token } = readLock(readSettings(settings).dataDirectory) ?? {};
    const many = cfpbCsv(Array.from({ length: 3_000 }, (_, i) => complaint(10_000 + i)));
    const gone = new AbortController();
    const response = await fetch(`${server.url}${doorPath}load`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: `${JSON.stringify({ ...question, workspace: "gone" })}\n${many}`,
      signal: gone.signal,
    });
    const lines = response.body?.getReader();
    await lines?.read(); // the first progress: the file has arrived
    gone.abort();
    await expect
      .poll(() => newestImport("gone"), { timeout: 30_000 })
      .toMatchObject({ state: "finished", new: 3_000 });
  });

  test("lets a load that paused go on, when the same file comes again with the decision", async () => {
    await writeFile(
      join(directory.path, "bad.csv"),
      cfpbCsv([complaint(60), complaint("x"), complaint("y")]),
    );
    const bad = inDirectory(["import", "bad.csv", "--workspace", "paused"]);
    expect((await fixtwice(bad, settings)).code).toBe(75);
    expect(await newestImport("paused")).toMatchObject({ import: 1, state: "paused" });
    expect((await fixtwice([...bad, "--accept-rejected"], settings)).code).toBe(0);
    expect(await newestImport("paused")).toMatchObject({ import: 1, state: "finished", rejected: 2 });
  });

  test("answers to its own names only, so that no other site can give itself this address", async () => {
    const { port } = new URL(server.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, "[::1]"])
      expect([host, await statusUnder(host)]).toEqual([host, 200]);
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1.evil.example",
      "0.0.0.0",
      "192.168.1.2",
    ])
      expect([host, await statusUnder(host)]).toEqual([host, 421]);
  });

  test("gives its static files with a type that browsers may not guess at, and nothing beside them", async () => {
    const html = await (await fetch(`${server.url}/w/real`)).text();
    const [style = ""] = /\/assets\/[^"]+\.css/.exec(html) ?? [];
    const { status, headers } = await fetch(server.url + style);
    expect([status, headers.get("x-content-type-options")]).toEqual([200, "nosniff"]);
    expect(headers.get("cache-control")).toContain("immutable");
    for (const path of [
      "/..%2f..%2fpackage.json",
      "/assets/..%2f..%2f..%2fpackage.json",
      "/package.json",
      "/server/index.js",
    ])
      expect([path, (await fetch(server.url + path)).status]).toEqual([path, 404]);
  });

  test("stops in order when it is asked to, and leaves the data directory free", async () => {
    expect(await server.stop()).toBe(0);
    const { code, stdout } = await fixtwice(inDirectory(load), settings);
    expect([code, stdout]).toEqual([
      0,
      '{"read":5,"new":0,"updated":0,"unchanged":5,"rejected":0,"open":0,"folded":0}\n',
    ]);
  });
});

/** The status of a page asked for under another Host, which `fetch` does not allow to set. */
function statusUnder(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${server.url}/w/real/summary`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}
