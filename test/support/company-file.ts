import { writeFile } from "node:fs/promises";
import { stringify } from "csv-stringify/sync";
import type { Simulation } from "#app/demo/simulate-company.ts";

/** Writes the cases of a simulated company as a source would export them: a CSV of our own columns. */
export async function writeCompanyFile(path: string, { cases }: Simulation): Promise<void> {
  const rows = cases.map(({ attributes, remedy_types: remedies, ...record }) => ({
    ...record,
    remedy_types: remedies?.join("|") ?? null,
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`attribute:${name}`, value])),
  }));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  await writeFile(path, stringify(rows, { header: true, columns, cast: { boolean: String } }));
}
