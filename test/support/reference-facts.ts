import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { CaseColumnsBuilder } from "#analytics/facts/case-columns.ts";
import type { Facts } from "#analytics/facts/facts.ts";
import { loadMoves } from "#db/queries/case-moves.ts";
import { listCauseFacts } from "#db/queries/causes.ts";
import { countCases } from "#db/queries/count-cases.ts";
import { loadNames } from "#db/queries/names.ts";
import type { Database } from "#db/schema.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { streamFactRows } from "./fact-rows.ts";

/** The columns as they must be, whatever is kept of them: row by row from the cases, by another query than the product's. */
export async function referenceFacts(db: Database, workspaceName: string): Promise<Facts> {
  const workspace = await findWorkspace(db, workspaceName);
  if (workspace === undefined) throw new Error(`There is no workspace ${workspaceName}.`);
  const { id, current_run_id: runId } = workspace;
  const causes = await listCauseFacts(db, id);
  const names = await loadNames(db, id);
  const moves = await loadMoves(db, id);
  const builder = new CaseColumnsBuilder(await countCases(db, id));
  for await (const row of streamFactRows(db, id, runId)) {
    const movedTo = moves.get(row.caseId);
    builder.add(
      movedTo === undefined
        ? row
        : { ...row, causeId: movedTo, causeBasis: "person", unassignedBecause: null },
    );
  }
  return assembleFacts([builder.finish()], names, causes);
}

/** Everything but the ids, which a function gives. */
export function comparable({ caseIds, ...facts }: Facts) {
  return { ...facts, ids: Array.from({ length: facts.size }, (_, row) => caseIds.at(row)) };
}
