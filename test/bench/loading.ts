import { measureLoadAndExport } from "./scale/load-and-export.ts";

// `npm run bench:load`; TEST_DATABASE_URL names the server, ROWS another number of rows there.
const rows = await measureLoadAndExport({
  rows: Number(process.env["ROWS"] ?? 1_000_000),
  databaseUrl: process.env["TEST_DATABASE_URL"],
});
const width = Math.max(...rows.map((row) => row.what.length));
for (const { what, value } of rows) console.log(`${what.padEnd(width)}  ${value}`);
