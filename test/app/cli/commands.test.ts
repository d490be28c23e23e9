import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "#app/cli/commands.ts";
import { projectRoot, readSettings, settingTexts } from "#app/settings.ts";
import { acquireLock } from "#db/engine/lock.ts";
import { cfpbCsv, complaint } from "#test/app/imports/sources.ts";
import { temporaryDirectory } from "#test/support/database.ts";
import { fixtwice } from "./command-line.ts";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let at: (name: string) => string;
beforeAll(async () => {
  directory = await temporaryDirectory();
  at = (name) => join(directory.path, name);
});
afterAll(() => directory.remove());

const slow = { timeout: 180_000 };

describe("the command line, as processes", slow, () => {
  test("lists its commands, and tells of each with an example first", async () => {
    const usage = await fixtwice(["help"]);
    expect(usage.code).toBe(0);
    for (const name of Object.keys(commands)) expect(usage.stdout).toContain(`  ${name}`);
    const help = await fixtwice(["import", "--help"]);
    expect([help.code, help.stderr]).toEqual([0, ""]);
    expect(help.stdout).toMatch(/^ {2}fixtwice import complaints\.csv --workspace real\n/);
    expect(help.stdout).toContain("--workspace NAME");
  });

  test("ends with its own code behind an older Node, which runs it as a child with a channel", async () => {
    for (const [name, code] of [
      ["help", 0],
      ["imprt", 64],
    ] as const) {
      const child = fork(join(projectRoot, "app/cli/main.ts"), [name], { silent: true });
      expect(await once(child, "exit")).toEqual([code, null]);
    }
  });

  test("refuses what it does not know with 64 and the way to ask it", async () => {
    const [command, option, noFile] = await Promise.all([
      fixtwice(["imprt"]),
      fixtwice(["import", "x.csv", "--colour", "red"]),
      fixtwice(["import"]),
    ]);
    expect(command).toMatchObject({
      code: 64,
      stdout: "",
      stderr: expect.stringContaining('no command "imprt"'),
    });
    expect(option).toMatchObject({ code: 64, stderr: expect.stringContaining("--colour") });
    expect(noFile).toMatchObject({
      code: 64,
      stderr: expect.stringContaining("Expected: fixtwice import FILE"),
    });
    for (const { stderr } of [command, option, noFile]) expect(stderr).not.toMatch(stack);
  });

  test("says which file is missing (66), or what is wrong with it (65), and stores nothing", async () => {
    await writeFile(at("page.csv"), "<!doctype html><title>Log in</title>");
    await writeFile(at("other.csv"), "when,what\n2026-01-01,rain\n");
    const settings = { FIXTWICE_DATA: at("files/data") };
    const missing = await fixtwice(["import", at("absent.csv")], settings);
    expect(missing).toMatchObject({ code: 66, stderr: expect.stringContaining("There is no file") });
    const html = await fixtwice(["import", at("page.csv"), "--json"], settings);
    expect(html).toMatchObject({
      code: 65,
      stdout: "",
      stderr: expect.stringContaining("is a web page (HTML)"),
    });
    const header = await fixtwice(["import", at("other.csv")], settings);
    expect(header).toMatchObject({ code: 65, stderr: expect.stringContaining("“when”, “what”") });
    for (const { stderr } of [missing, html, header]) expect(stderr).not.toMatch(stack);
    expect((await fixtwice(["doctor"], settings)).stdout).toContain("Workspaces: none yet.");
  });

  test("migrates again without harm, and distributes only where there is Citus (78)", async () => {
    const settings = { FIXTWICE_DATA: at("migrate/data") };
    const again = await fixtwice(["migrate"], settings);
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^The schema \S+ was up to date\.\n$/),
    });
    const { code, stderr } = await fixtwice(["migrate", "--distribute"], settings);
    expect(code).toBe(78);
    expect(stderr).toMatch(/^The database has no Citus, so nothing was distributed\. [^\n]+\n$/);
  });

  test("loads a file, finds its causes, and ends with one line of JSON; again, it changes nothing", async () => {
    await writeFile(at("complaints.csv"), cfpbCsv([complaint(1), complaint(2), complaint("x")]));
    const settings = { FIXTWICE_DATA: at("load/data") };
    const args = ["import", at("complaints.csv"), "--workspace", "real", "--accept-rejected", "--json"];
    const first = await fixtwice(args, settings);
    expect([first.code, first.stdout]).toEqual([
      0,
      '{"read":3,"new":2,"updated":0,"unchanged":0,"rejected":1,"open":0,"folded":0}\n',
    ]);
    const second = await fixtwice(args, settings);
    expect([second.code, second.stdout]).toEqual([
      0,
      '{"read":3,"new":0,"updated":0,"unchanged":2,"rejected":1,"open":0,"folded":0}\n',
    ]);
    expect((await fixtwice(["analyze", "--workspace", "nowhere"], settings)).code).toBe(78);
  });

  test("says what it loaded also where causes can't be found, and why they can't (78)", async () => {
    await writeFile(at("some.csv"), cfpbCsv([complaint(1)]));
    const { code, stdout, stderr } = await fixtwice(
      ["import", at("some.csv"), "--workspace", "real", "--json"],
      { FIXTWICE_DATA: at("no-model"), FIXTWICE_EMBEDDER: at("nowhere") },
    );
    expect(code).toBe(78);
    expect(JSON.parse(stdout)).toMatchObject({ new: 1 });
    expect(stderr).toContain(at("nowhere"));
  });

  test("tries a file that comes by the standard input, and stores nothing, not even the workspace", async () => {
    const settings = { FIXTWICE_DATA: at("tried/data") };
    const csv = cfpbCsv([complaint(1), complaint("x")]);
    const tried = await fixtwice(["import", "-", "--dry-run", "--workspace", "real"], settings, csv);
    expect(tried).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing was stored.") });
    expect(tried.stdout).toContain("2 rows read: 1 new, 0 updated, 0 unchanged, 1 rejected");
    expect(tried.stdout).toMatch(/1 row in “Complaint ID”: line \d+: “x” is not/);
    expect((await fixtwice(["doctor"], settings)).stdout).toContain("Workspaces: none yet.");
  });

  test("pauses with 75 where many rows are rejected, and goes on when it is told to leave them out", async () => {
    const settings = { FIXTWICE_DATA: at("paused/data") };
    await writeFile(at("bad.csv"), cfpbCsv([complaint(1), complaint("x"), complaint("y")]));
    const paused = await fixtwice(["import", at("bad.csv")], settings);
    expect(paused).toMatchObject({
      code: 75,
      stdout: "",
      stderr: expect.stringContaining("--accept-rejected"),
    });
    const accepted = await fixtwice(["import", at("bad.csv"), "--accept-rejected", "--json"], settings);
    expect([accepted.code, accepted.stdout]).toEqual([
      0,
      '{"read":3,"new":1,"updated":0,"unchanged":0,"rejected":2,"open":0,"folded":0}\n',
    ]);
    const { stdout } = await fixtwice(["imports", "--json"], settings);
    expect(JSON.parse(stdout)).toMatchObject([
      { import: 1, name: "bad.csv", kind: "file", state: "finished", rejected: 2 },
    ]);
  });

  test("asks how dates are to be read where they don't tell, and takes the answer", async () => {
    const settings = { FIXTWICE_DATA: at("dates/data") };
    await writeFile(
      at("dates.csv"),
      "Ticket ID;Created at;Subject\n1;03/04/2026;Torn sofa\n2;05/04/2026;Dark lamp\n",
    );
    const asked = await fixtwice(["import", at("dates.csv")], settings);
    expect(asked).toMatchObject({ code: 65, stderr: expect.stringContaining("--dates dmy") });
    const answered = await fixtwice(["import", at("dates.csv"), "--dates", "dmy"], settings);
    expect(answered).toMatchObject({ code: 0, stdout: expect.stringContaining("2 new") });
  });

  test("undoes an import after it has told what that is, and never without being told to", async () => {
    const settings = { FIXTWICE_DATA: at("undo/data") };
    await writeFile(at("two.csv"), cfpbCsv([complaint(1), complaint(2)]));
    await fixtwice(["import", at("two.csv"), "--workspace", "real"], settings);
    const undo = ["undo", "1", "--workspace", "real"];
    const alone = await fixtwice(undo, settings);
    expect(alone).toMatchObject({
      code: 64,
      stderr: expect.stringContaining("Expected --yes, or --dry-run."),
    });
    expect(alone.stdout).toContain("2 cases that it alone brought would be taken away.");
    const done = await fixtwice([...undo, "--yes"], settings);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining("Import 1 is undone.") });
    const { stdout } = await fixtwice(["imports", "--workspace", "real"], settings);
    expect(stdout).toContain("two.csv: undone");
  });

  test("refuses a database of another kind with a sentence, and prints no password", async () => {
    const settings = { FIXTWICE_DATA: at("from/data") };
    const from = (address: string, ...rest: string[]) =>
      fixtwice(["import", "--from", address, ...rest], settings);
    const mysql = await from("mysql://ana:hunter2@desk/tickets", "--preset", "zammad");
    expect(mysql).toMatchObject({
      code: 65,
      stderr: expect.stringContaining("got mysql:, expected postgres://"),
    });
    const absent = await from("postgres://ana:hunter2@127.0.0.1:1/tickets", "--preset", "zammad");
    expect(absent).toMatchObject({ code: 69, stderr: expect.stringContaining("127.0.0.1:1/tickets") });
    const neither = await from("postgres://ana:hunter2@desk/tickets");
    expect(neither).toMatchObject({ code: 64, stderr: expect.stringContaining("--query FILE.sql") });
    for (const { stdout, stderr } of [mysql, absent, neither]) {
      expect(stdout + stderr).not.toContain("hunter2");
      expect(stderr).not.toMatch(stack);
    }
  });

  test("names the process that holds the data directory, and ends with 75", async () => {
    const settings = { FIXTWICE_DATA: at("busy/data") };
    const lock = acquireLock(readSettings(settings).dataDirectory);
    try {
      await writeFile(at("one.csv"), cfpbCsv([complaint(1)]));
      const busy = await fixtwice(["import", at("one.csv")], settings);
      expect(busy).toMatchObject({
        code: 75,
        stderr: expect.stringContaining(`in use by process ${process.pid}`),
      });
      expect((await fixtwice(["doctor"], settings)).stdout).toContain(`in use by process ${process.pid}`);
    } finally {
      lock.release();
    }
  });

  test("says that a database does not answer (69), without its password", async () => {
    const settings = { DATABASE_URL: "postgres://ana:hunter2@127.0.0.1:1/fixtwice" };
    const [load, doctor] = await Promise.all([
      fixtwice(["analyze"], settings),
      fixtwice(["doctor"], settings),
    ]);
    expect([load.code, doctor.code]).toEqual([69, 69]);
    for (const { stdout, stderr } of [load, doctor]) {
      expect(stdout + stderr).toContain("127.0.0.1");
      expect(stdout + stderr).not.toContain("hunter2");
      expect(stdout + stderr).not.toMatch(stack);
    }
  });

  test("prints by `doctor` the four settings in force, and no password however it was written", async () => {
    const { code, stdout } = await fixtwice(["doctor"], { FIXTWICE_DATA: at("doctor/data"), PORT: "8080" });
    expect(code).toBe(0);
    for (const [name, text] of Object.entries(settingTexts)) expect(stdout).toMatch(settingLine(name, text));
    expect(stdout).toContain(`FIXTWICE_DATA = ${at("doctor/data")}`);
    expect(stdout).toContain("PORT = 8080");
    const urls = [
      "postgres://ana@127.0.0.1:1/x?password=hunter2",
      "postgres://ana:hun@hunter2@127.0.0.1:1/x",
      "postgres://ana:hunter2@[broken",
    ];
    for (const DATABASE_URL of urls) {
      const told = await fixtwice(["doctor"], { DATABASE_URL });
      expect(told.stdout + told.stderr).not.toContain("hunter2");
    }
  });

  test("refuses to serve other machines, and settings that are none, with 78", async () => {
    for (const HOST of ["0.0.0.0", "::", "192.168.1.2"]) {
      const open = await fixtwice(["serve"], { HOST, PORT: "0", FIXTWICE_DATA: at("open/data") });
      expect(open).toMatchObject({ code: 78, stderr: expect.stringContaining(`HOST is "${HOST}"`) });
    }
    expect(existsSync(at("open"))).toBe(false);
    const port = await fixtwice(["doctor"], { PORT: "http" });
    expect(port).toMatchObject({
      code: 78,
      stderr: 'PORT is "http": expected a port number from 0 to 65535.\n',
    });
    const day = await fixtwice(["serve", "--as-of", "soon"], { PORT: "0", FIXTWICE_DATA: at("open/data") });
    expect(day).toMatchObject({ code: 78, stderr: expect.stringContaining('--as-of "soon" is not a day.') });
  });
});

const stack = /\n\s+at /;

function settingLine(name: string, text: string): RegExp {
  return new RegExp(`^${name} = .*${text.slice(0, 20).replaceAll(/[.*+?^$()|[\]\\{}]/g, "\\$&")}`, "m");
}
