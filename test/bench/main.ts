import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientBytes } from "./client-bytes.ts";
import type { Measurement } from "./measurement.ts";
import { measureWholePath } from "./whole-path.ts";

// Prints a table of medians on this machine. A time is never an assertion: compare two runs, quote the ratio.
const directory = await mkdtemp(join(tmpdir(), "fixtwice-bench-"));
try {
  const rows: Measurement[] = [...(await measureWholePath(directory)), ...(await clientBytes())];
  const width = Math.max(...rows.map((row) => row.what.length));
  for (const { what, value } of rows) console.log(`${what.padEnd(width)}  ${value}`);
} finally {
  await rm(directory, { recursive: true, force: true });
}
