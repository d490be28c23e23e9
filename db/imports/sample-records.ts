import type { CaseRecord } from "#analytics/case.ts";
import { compileMapping } from "./map/compile-mapping.ts";
import { interpretRow } from "./map/interpret-rows.ts";
import type { PrepareTask } from "./prepared-batches.ts";
import { readRows } from "./read/read-rows.ts";
import { plainRow, reportColumns } from "./read/rejection-report.ts";

const recordsShown = 20;

/** The first cases of a source as they would be stored. */
export async function sampleRecords({
  path,
  layout,
  mapping,
  timeZone,
}: Pick<PrepareTask, "path" | "layout" | "mapping" | "timeZone">): Promise<CaseRecord[]> {
  const compiled = compileMapping(mapping, reportColumns(layout.columns) ?? layout.columns, timeZone);
  const records: CaseRecord[] = [];
  for await (const rows of readRows(path, layout)) {
    for (const row of rows) {
      const { result } = interpretRow(compiled, plainRow(row, layout.columns));
      if ("record" in result) records.push(result.record);
      if (records.length === recordsShown) return records;
    }
  }
  return records;
}
