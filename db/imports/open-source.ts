import type { CaseField } from "./map/case-fields.ts";
import { compileTimeOrder } from "./map/compile-mapping.ts";
import type { Mapping } from "./map/mapping.ts";
import { foldEvents, foldedColumns } from "./read/fold-events.ts";
import type { Layout } from "./read/layout.ts";
import type { ReadyFile } from "./read/ready-file.ts";

/** A file as rows of which each is a case. */
export interface OpenedSource {
  path: string;
  layout: Layout;
  /** Of the text at `path`. */
  textBytes: number;
  /** Rows that are further events of a case. */
  folded: number;
}

/** Folds an event log into one row a case, where the mapping says that it is one; else the file as it is. */
export async function openSource(
  file: Pick<ReadyFile, "path" | "textBytes">,
  {
    layout,
    mapping,
    timeZone,
    stageIn,
  }: { layout: Layout; mapping: Mapping; timeZone: string; stageIn: string },
): Promise<OpenedSource> {
  const { path, textBytes } = file;
  if (mapping.events === null || layout.columns.includes(foldedColumns[0]))
    return { path, layout, textBytes, folded: 0 };
  const order = compileTimeOrder(mapping, timeZone);
  const way = { folding: mapping.events, order, opening: openingColumns(mapping) };
  const folded = await foldEvents({ path, layout }, way, stageIn);
  return {
    path: folded.path,
    layout: folded.layout,
    textBytes: folded.textBytes,
    folded: folded.rows - folded.cases,
  };
}

/** What a case is about, and whose it is, stands in its first message. */
const openingFields: ReadonlySet<CaseField> = new Set(["title", "narrative", "customer_ref"]);

function openingColumns({ rules }: Mapping): string[] {
  return rules.flatMap((rule) => ("column" in rule && openingFields.has(rule.field) ? [rule.column] : []));
}
