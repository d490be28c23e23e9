import { importFile } from "#db/imports/import-file.ts";
import { openDatabase } from "#db/open-database.ts";
import { rowsPerTransaction } from "./killed-import.ts";

// A process to be killed: loads a file, and says on stdout how many rows are new so far.
const [databaseUrl, dataDirectory = "", template = "", path = "", workspace = ""] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl, dataDirectory, template });
process.stdout.write("open\n");
await importFile(database, {
  path,
  workspace,
  rowsPerTransaction,
  onProgress: ({ counts }) => process.stdout.write(`${counts.new}\n`),
});
await database.close();
