import { type Kysely, type Selectable, sql } from "kysely";
import type { CaseFlow } from "#analytics/causes/compare-runs.ts";
import type { Schema } from "../schema.ts";
import type { AnalysisRuns, Clusters, HumanEdits } from "../schema-causes.ts";
import { loadMoves } from "./case-moves.ts";
import { loadRoots } from "./cause-roots.ts";

export type Run = Selectable<AnalysisRuns>;
export type Cluster = Selectable<Clusters>;

export async function findRun(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
): Promise<Run | undefined> {
  return db
    .selectFrom("analysis_runs")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("run_id", "=", runId)
    .executeTakeFirst();
}

/** The run whose causes the pages show. */
export async function findCurrentRun(db: Kysely<Schema>, workspaceId: number): Promise<Run | undefined> {
  return db
    .selectFrom("analysis_runs as r")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.id", "=", "r.workspace_id").onRef("w.current_run_id", "=", "r.run_id"),
    )
    .selectAll("r")
    .where("r.workspace_id", "=", workspaceId)
    .executeTakeFirst();
}

/** The latest runs with the number of causes that the machine found in each, newest first. */
export async function listRuns(
  db: Kysely<Schema>,
  workspaceId: number,
  most: number,
): Promise<(Run & { causes: number })[]> {
  return db
    .selectFrom("analysis_runs as r")
    .selectAll("r")
    .select((eb) =>
      eb
        .selectFrom("clusters as c")
        .select((count) => count.fn.countAll<number>().as("causes"))
        .whereRef("c.workspace_id", "=", "r.workspace_id")
        .whereRef("c.run_id", "=", "r.run_id")
        .$asScalar()
        .$notNull()
        .as("causes"),
    )
    .where("r.workspace_id", "=", workspaceId)
    .orderBy("r.run_id", "desc")
    .limit(most)
    .execute();
}

/** Proposals that wait for a person, newest first. */
export async function listProposals(db: Kysely<Schema>, workspaceId: number): Promise<Run[]> {
  return db
    .selectFrom("analysis_runs")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "proposed")
    .orderBy("run_id", "desc")
    .execute();
}

/** What the machine found in a run, the largest first. */
export async function listClusters(
  db: Kysely<Schema>,
  workspaceId: number,
  runId: number,
): Promise<Cluster[]> {
  return db
    .selectFrom("clusters")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("run_id", "=", runId)
    .orderBy("cluster_id")
    .execute();
}

/** A run and the one that it was compared with. */
export interface RunPair {
  run: number;
  base: number;
}

/**
 * How many cases lie in which cause in the one run and in the other, as people see causes: a merged cause counts as the
 * one that stands for it, a cause that is none as none, and a case that a person has moved stays where it was put.
 */
export async function loadFlows(db: Kysely<Schema>, workspaceId: number, pair: RunPair): Promise<CaseFlow[]> {
  const rows = await db
    .selectFrom(unmovedPairs(db, workspaceId, pair).as("p"))
    .select((eb) => ["p.from", "p.to", eb.fn.countAll<number>().as("cases")])
    .groupBy(["p.from", "p.to"])
    .execute();
  const shown = await loadShownCauses(db, workspaceId);
  const moved = (await countMoved(db, workspaceId)).map(({ to, cases }) => ({ from: to, to, cases }));
  const flows = new Map<string, CaseFlow>();
  for (const { cases, ...row } of [...rows, ...moved]) {
    const [from, to] = [shown(row.from), shown(row.to)];
    const flow = flows.get(`${from} ${to}`) ?? { from, to, cases: 0 };
    flow.cases += cases;
    flows.set(`${from} ${to}`, flow);
  }
  return [...flows.values()];
}

/** The cases of a flow of `loadFlows` that no person has put where they are; a side that is `undefined` is any. The latest first. */
export async function listFlowCaseIds(
  db: Kysely<Schema>,
  workspaceId: number,
  { from, to, ...pair }: RunPair & { [Side in "from" | "to"]: number | null | undefined },
): Promise<string[]> {
  const shown = await loadShownCauses(db, workspaceId);
  const rows = await db
    .selectFrom(unmovedPairs(db, workspaceId, pair).as("p"))
    .innerJoin("cases as c", "c.case_id", "p.case_id")
    .select(["p.case_id", "p.from", "p.to"])
    .where("c.workspace_id", "=", workspaceId)
    .orderBy("c.incidence_day", "desc")
    .orderBy("p.case_id")
    .execute();
  const isAt = (asked: number | null | undefined, cause: number | null) =>
    asked === undefined || shown(cause) === asked;
  return rows.filter((row) => isAt(from, row.from) && isAt(to, row.to)).map((row) => row.case_id);
}

/** Each case that has a cause in either run and of which no person has said where it belongs, with its causes. */
function unmovedPairs(db: Kysely<Schema>, workspaceId: number, { run, base }: RunPair) {
  const causesIn = (runId: number) =>
    db
      .selectFrom("case_causes")
      .select(["case_id", "cause_id"])
      .where("workspace_id", "=", workspaceId)
      .where("run_id", "=", runId);
  return db
    .selectFrom(causesIn(base).as("b"))
    .fullJoin(causesIn(run).as("a"), "a.case_id", "b.case_id")
    .select((eb) => [
      eb.fn.coalesce("a.case_id", "b.case_id").$castTo<string>().as("case_id"),
      "b.cause_id as from",
      "a.cause_id as to",
    ])
    .where(sql<boolean>`coalesce(a.case_id, b.case_id) not in (
      select coalesce(e.case_id, s.case_id)
      from human_edits e
      left join split_cases s on s.workspace_id = e.workspace_id and s.edit_id = e.edit_id
      where e.workspace_id = ${workspaceId} and e.kind in ('move', 'pin', 'split', 'promote') and e.undone_at is null
        and coalesce(e.case_id, s.case_id) is not null)`);
}

/** By cause of the machine: the cause that people see in its place, `null` where it is set aside. */
export async function loadShownCauses(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<(cause: number | null) => number | null> {
  const roots = await loadRoots(db, workspaceId);
  const rows = await db
    .selectFrom("causes")
    .select("cause_id")
    .where("workspace_id", "=", workspaceId)
    .where("set_aside", "=", true)
    .execute();
  const setAside = new Set(rows.map((row) => row.cause_id));
  return (cause) => {
    const root = cause === null ? null : (roots.get(cause) ?? cause);
    return root !== null && setAside.has(root) ? null : root;
  };
}

/** Cases by the cause that a person has moved them to. */
async function countMoved(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<{ to: number | null; cases: number }[]> {
  const counts = new Map<number | null, number>();
  for (const to of (await loadMoves(db, workspaceId)).values()) counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts].map(([to, cases]) => ({ to, cases }));
}

/**
 * Why a run says nothing of the cases as they are now: another run was published, a load or an undo changed them, or a
 * person has said of some where they belong.
 */
export type Staleness = { because: "published"; runId: number } | { because: "cases" };

/** `null`: it can be published, since it knows the cases as they are. */
export async function findStaleness(
  db: Kysely<Schema>,
  workspaceId: number,
  { base_run_id: base, started_at: started }: Pick<Run, "base_run_id" | "started_at">,
): Promise<Staleness | null> {
  const { current_run_id: current } = await db
    .selectFrom("workspaces")
    .select("current_run_id")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  if (current !== null && current !== base) return { because: "published", runId: current };
  return (await changedSince(db, workspaceId, started, ["move", "pin", "split", "promote"]))
    ? { because: "cases" }
    : null;
}

/**
 * Whether a load or an undo has changed cases since an instant, or a person's word of one of these kinds, also one that
 * was taken back since, has changed where they belong.
 */
export async function changedSince(
  db: Kysely<Schema>,
  workspaceId: number,
  instant: string,
  kinds: readonly HumanEdits["kind"][],
): Promise<boolean> {
  const spoken = await db
    .selectFrom("human_edits")
    .select("edit_id")
    .where("workspace_id", "=", workspaceId)
    .where("kind", "in", kinds)
    .where((eb) => eb.or([eb("made_at", ">=", instant), eb("undone_at", ">=", instant)]))
    .limit(1)
    .executeTakeFirst();
  if (spoken !== undefined) return true;
  const changed = await db
    .selectFrom("imports")
    .select("import_id")
    .where("workspace_id", "=", workspaceId)
    .where((eb) =>
      eb.or([
        eb("undone_at", ">=", instant),
        eb.and([
          eb("state", "=", "finished"),
          eb("finished_at", ">=", instant),
          eb(eb("new_rows", "+", eb.ref("updated_rows")), ">", 0),
        ]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return changed !== undefined;
}
