import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { projectRoot } from "#app/settings.ts";
import { saveMapping } from "#db/imports/store/saved-mappings.ts";
import { openDatabase } from "#db/open-database.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { cfpbCsv, complaint } from "#test/app/imports/sources.ts";
import { temporaryDirectory } from "#test/support/database.ts";
import { fixtwice, serve } from "./command-line.ts";

const text = readFileSync(join(projectRoot, "docs/api.md"), "utf8");
const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, code = ""]) => ({
  language,
  code,
}));
const examples = blocks.flatMap(({ language, code }) => (language === "sh" ? [code] : []));

/** Where there is no curl, the examples can't be run as they stand. */
function hasCurl(): boolean {
  try {
    execFileSync("curl", ["--version"]);
    return true;
  } catch {
    return false;
  }
}

describe("docs/api.md", { timeout: 120_000 }, () => {
  test.skipIf(!hasCurl())("has examples that give what it says", async () => {
    const directory = await temporaryDirectory();
    const settings = { FIXTWICE_DATA: join(directory.path, "data") };
    await writeFile(join(directory.path, "first.csv"), cfpbCsv([complaint(1)]));
    await fixtwice(["import", join(directory.path, "first.csv"), "--workspace", "real"], settings);
    await keepMapping(join(directory.path, "data/database"));
    const server = await serve(["--no-demo"], settings);
    const run = async (example: string) => {
      const command = example.replaceAll("http://127.0.0.1:3000", server.url);
      const { stdout } = await promisify(execFile)("sh", ["-c", command]);
      return JSON.parse(stdout) as object; // what the API answers
    };
    const [own = "", mapped = ""] = examples;
    const shown = JSON.parse(blocks.find(({ language }) => language === "json")?.code ?? "") as object; // as the document shows it
    const answer = await run(own);
    expect(withoutDetails(answer)).toEqual({ ...withoutDetails(shown), import: 2 });
    expect(await run(own)).toEqual(answer);
    expect(await run(mapped)).toMatchObject({ import: 3, new: 1, rejected: 0 });
    await server.stop();
    await directory.remove();
  });
});

/** Ids and sentences are shortened in the document. */
function withoutDetails(answer: object): object {
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) =>
      key === "case_id" || key === "reason" ? value !== null : value,
    ),
  ) as object; // of the same shape
}

async function keepMapping(dataDirectory: string): Promise<void> {
  const { db, close } = await openDatabase({ dataDirectory });
  const workspace = await findWorkspace(db, "real");
  await saveMapping(db, workspace?.id ?? 0, {
    name: "our desk",
    mapping: {
      preset: "generic",
      rules: [
        { field: "source_system", as: "constant", value: "desk" },
        { field: "source_case_id", column: "ticket.id", as: "text" },
        {
          field: "received_at",
          column: "created",
          as: "time",
          order: "ymd",
          midnight: "instant",
          timeZone: null,
        },
        { field: "title", column: "subject", as: "text" },
        { field: "status", as: "constant", value: "resolved" },
      ],
      dropped: [],
      nulls: [],
      events: null,
      dialect: "plain",
    },
  });
  await close();
}
