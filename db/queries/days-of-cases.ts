import { type Kysely, sql } from "kysely";
import type { Schema } from "../schema.ts";
import { type CaseForAnalysis, caseForAnalysis, selectAnalysedFields } from "./analysis.ts";

/** A case as the cause engine reads it, with the local day on which it happened. */
export interface DatedCase {
  item: CaseForAnalysis;
  /** `YYYY-MM-DD`. */
  day: string;
}

const casesInBatch = 2_000;

/** All cases in order of their ids, some at a time. */
export async function* batchesWithDays(db: Kysely<Schema>, workspaceId: number): AsyncGenerator<DatedCase[]> {
  let last: string | undefined;
  do {
    const rows = await selectAnalysedFields(db, workspaceId)
      .select("c.incidence_day as day")
      .$if(last !== undefined, (query) => query.where("c.case_id", ">", last!))
      .limit(casesInBatch)
      .execute();
    yield rows.map(({ day, ...fields }) => ({ item: caseForAnalysis(fields), day }));
    last = rows.length < casesInBatch ? undefined : rows.at(-1)!.caseId;
  } while (last !== undefined);
}

/** How far the data tell, as local days `YYYY-MM-DD`; `null`: there is no case. */
export interface DataReach {
  first: string;
  /** The latest day on which a case happened or was resolved. */
  last: string;
  /** Whether the sources tell of open cases. Where they don't, the newest cases are not there yet. */
  hasOpen: boolean;
  /** The 95th percentile of the whole days from a case to its resolution; `null`: none is resolved. */
  resolutionDays95: number | null;
}

export async function findDataReach(db: Kysely<Schema>, workspaceId: number): Promise<DataReach | null> {
  const cases = db.selectFrom("cases").where("workspace_id", "=", workspaceId);
  const { first, last, resolved, open } = await cases
    .select((eb) => [
      eb.fn.min("incidence_day").as("first"),
      eb.fn.max("incidence_day").as("last"),
      eb.fn.max("outcome_day").as("resolved"),
      eb.fn.countAll<number>().filterWhere("status", "=", "open").as("open"),
    ])
    .executeTakeFirstOrThrow();
  if (first === null || last === null) return null;
  const lengths = await cases
    .where("outcome_day", "is not", null)
    .select((eb) => [sql<number>`outcome_day - incidence_day`.as("days"), eb.fn.countAll<number>().as("n")])
    .groupBy("days")
    .orderBy("days")
    .execute();
  return {
    first,
    last: resolved !== null && resolved > last ? resolved : last,
    hasOpen: open > 0,
    resolutionDays95: percentile95(lengths),
  };
}

function percentile95(lengths: readonly { days: number; n: number }[]): number | null {
  const all = lengths.reduce((sum, { n }) => sum + n, 0);
  let below = 0;
  for (const { days, n } of lengths) {
    below += n;
    if (below >= 0.95 * all) return days;
  }
  return null;
}
