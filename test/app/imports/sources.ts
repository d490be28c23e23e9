import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "csv-stringify/sync";
import { onTestFinished } from "vitest";
import { type ExaminedFile, type ExamineWish, examineFile } from "#db/imports/examine-file.ts";
import { compileMapping } from "#db/imports/map/compile-mapping.ts";
import { type InterpretedRow, interpretRow } from "#db/imports/map/interpret-rows.ts";
import { readRows } from "#db/imports/read/read-rows.ts";

const sharedData = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
export const cfpbFile = join(sharedData, "cfpb-2019/complaints-2019.csv");
export const hasSharedData = existsSync(cfpbFile);

export function sharedFile(path: string): string {
  return join(sharedData, path);
}

export function nastyFile(name: string): string {
  return sharedFile(`nasty-imports/${name}`);
}

export const cfpbHeader = [
  "Date received",
  "Product",
  "Sub-product",
  "Issue",
  "Sub-issue",
  "Consumer complaint narrative",
  "Company public response",
  "Company",
  "State",
  "ZIP code",
  "Tags",
  "Consumer consent provided?",
  "Submitted via",
  "Date sent to company",
  "Company response to consumer",
  "Timely response?",
  "Consumer disputed?",
  "Complaint ID",
];

/** One complaint of an invented customer; what is given replaces the cells of that name. */
export function complaint(id: number | string, cells: Record<string, string> = {}): string[] {
  const row: Record<string, string> = {
    "Date received": "2019-03-29",
    Product: "Mortgage",
    Issue: "Fees or interest",
    "Consumer complaint narrative": `I was charged twice, complaint ${id}.`,
    Company: "Example Bank",
    State: "NY",
    "Submitted via": "Web",
    "Company response to consumer": "Closed with explanation",
    "Timely response?": "Yes",
    "Consumer disputed?": "N/A",
    "Complaint ID": String(id),
    ...cells,
  };
  return cfpbHeader.map((column) => row[column] ?? "");
}

export function cfpbCsv(rows: readonly string[][]): string {
  return stringify([cfpbHeader, ...rows]);
}

/** A file that is gone after the test. */
export async function temporaryFile(content: string | Uint8Array, name = "cases.csv"): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "fixtwice-import-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

export async function examine(path: string, wish: ExamineWish = {}): Promise<ExaminedFile> {
  const stageIn = await mkdtemp(join(tmpdir(), "fixtwice-staged-"));
  onTestFinished(() => rm(stageIn, { recursive: true, force: true }));
  return examineFile({ path, stageIn, wish });
}

/** Everything up to the database: the file as it is read, its open questions apart. */
export async function readCases(path: string, wish: ExamineWish = {}): Promise<InterpretedRow[]> {
  const { file, layout, proposal } = await examine(path, wish);
  const mapping = compileMapping(proposal.mapping, layout.columns, "UTC");
  const rows: InterpretedRow[] = [];
  for await (const block of readRows(file.path, layout))
    rows.push(...block.map((row) => interpretRow(mapping, row)));
  return rows;
}

/** The 16-column layout of a file in the 18-column one: without the two columns that the API does not export. */
export async function withoutConsentAndDispute(rows: readonly (readonly string[])[]): Promise<string> {
  const dropped = new Set(
    ["Consumer consent provided?", "Consumer disputed?"].map((name) => cfpbHeader.indexOf(name)),
  );
  return temporaryFile(stringify(rows.map((row) => row.filter((_, index) => !dropped.has(index)))));
}

export async function readText(path: string): Promise<string> {
  return readFile(path, "utf8");
}
