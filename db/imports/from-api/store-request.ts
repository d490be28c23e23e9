import type { Kysely, Transaction } from "kysely";
import { sql } from "kysely";
import type { OpenDatabase } from "../../open-database.ts";
import type { Schema } from "../../schema.ts";
import type { Workspace } from "../../workspaces.ts";
import { noCounts, rowsRead } from "../store/import-counts.ts";
import { endImport, insertImport } from "../store/import-record.ts";
import { type ImportConnection, takeImportTurn } from "../store/import-turn.ts";
import { LocalDays } from "../store/local-days.ts";
import { loadNameEntries, NameDictionary } from "../store/name-dictionary.ts";
import { type PreparedBatch, prepareBatch } from "../store/prepare-batch.ts";
import { type RowFate, storeBatchIn } from "../store/store-batch.ts";
import type { InterpretedRequest, RequestRow } from "./interpret-request.ts";

/** A request with cases. */
export interface ApiRequest {
  /** Its Idempotency-Key. */
  key: string | null;
  /** Of the body and of what else decides what it does. */
  sha256: string;
  sizeBytes: number;
}

/** What became of each case of a request; as it is sent, and as it is kept for the same request again. */
export interface ApiAnswer {
  import: number;
  read: number;
  new: number;
  updated: number;
  unchanged: number;
  rejected: number;
  rows: ApiRow[];
}

export interface ApiRow {
  /** Of the request's cases, from 1. */
  row: number;
  source_case_id: string | null;
  /** `null`: rejected. */
  case_id: string | null;
  status: RowFate | "rejected";
  /** Why it is rejected; `null` where it isn't. */
  code: string | null;
  field: string | null;
  reason: string | null;
}

/** The key was used before, for another request. */
export class KeyReused extends Error {
  override readonly name = "KeyReused";
}

/** Answers are kept so long; then a key may be used again. */
const daysKept = 7;

/**
 * Stores the cases of a request in one transaction: all that can be stored, the rejected ones with their reasons, the
 * import that they can be undone by, and the answer. The same request with the same key again gets the same answer and
 * changes nothing. Waits until no other load of the workspace is under way.
 * @param interpret called where the answer is not known yet
 * @throws KeyReused, and what `interpret` throws: then nothing is stored
 */
export async function storeRequest(
  database: Pick<OpenDatabase, "db" | "pool" | "engine">,
  workspace: Workspace,
  request: ApiRequest,
  interpret: () => InterpretedRequest,
): Promise<{ answer: ApiAnswer; replayed: boolean }> {
  const answer = (connection: ImportConnection) => answerOn(connection, workspace, request, interpret);
  return takeImportTurn(database, workspace.id, (turn) => turn(answer));
}

async function answerOn(
  { client, db }: ImportConnection,
  workspace: Workspace,
  request: ApiRequest,
  interpret: () => InterpretedRequest,
): Promise<{ answer: ApiAnswer; replayed: boolean }> {
  const known = await findAnswer(db, workspace.id, request);
  if (known !== null) return { answer: known, replayed: true };
  const interpreted = interpret();
  const answer = await db.transaction().execute(async (trx) => {
    const stored = await storeCases({ client, db: trx }, workspace, { request, interpreted });
    await keepAnswer(trx, workspace.id, { request, answer: stored });
    return stored;
  });
  return { answer, replayed: false };
}

async function findAnswer(
  db: Kysely<Schema>,
  workspaceId: number,
  { key, sha256 }: ApiRequest,
): Promise<ApiAnswer | null> {
  if (key === null) return null;
  const known = await db
    .selectFrom("api_requests")
    .select(["body_sha256", "response"])
    .where("workspace_id", "=", workspaceId)
    .where("idempotency_key", "=", key)
    .executeTakeFirst();
  if (known === undefined) return null;
  if (known.body_sha256 !== sha256)
    throw new KeyReused(
      `The Idempotency-Key “${key}” was used before for another request; expected the same request, or a new key.`,
    );
  return inOrder(known.response as ApiAnswer); // written by keepAnswer
}

/** PostgreSQL's jsonb gives members back in an order of its own; the answer is to be the same to the letter. */
function inOrder({
  import: importId,
  read,
  new: fresh,
  updated,
  unchanged,
  rejected,
  rows,
}: ApiAnswer): ApiAnswer {
  return { import: importId, read, new: fresh, updated, unchanged, rejected, rows: rows.map(rowInOrder) };
}

function rowInOrder({ row, source_case_id, case_id, status, code, field, reason }: ApiRow): ApiRow {
  return { row, source_case_id, case_id, status, code, field, reason };
}

async function keepAnswer(
  trx: Transaction<Schema>,
  workspaceId: number,
  { request: { key, sha256 }, answer }: { request: ApiRequest; answer: ApiAnswer },
): Promise<void> {
  if (key === null) return;
  await trx
    .deleteFrom("api_requests")
    .where("workspace_id", "=", workspaceId)
    .where("made_at", "<", sql<string>`now() - make_interval(days => ${daysKept}::int)`)
    .execute();
  await trx
    .insertInto("api_requests")
    .values({
      workspace_id: workspaceId,
      idempotency_key: key,
      body_sha256: sha256,
      response: JSON.stringify(answer),
    })
    .execute();
}

async function storeCases(
  { client, db: trx }: ImportConnection & { db: Transaction<Schema> },
  workspace: Workspace,
  { request, interpreted }: { request: ApiRequest; interpreted: InterpretedRequest },
): Promise<ApiAnswer> {
  const { columns, mapping, rows } = interpreted;
  const row = await insertImport(trx, workspace.id, {
    state: "running",
    source: {
      kind: "api",
      name: request.key === null ? "API request" : `API request ${request.key}`,
      sizeBytes: request.sizeBytes,
      sha256: request.sha256,
      preset: mapping.preset,
      columns,
      mapping,
      layout: null,
      upload: null,
      encoding: null,
    },
  });
  const names = new NameDictionary(workspace.id, await loadNameEntries(trx, workspace.id));
  const home = {
    workspaceId: workspace.id,
    importId: row.import_id,
    days: new LocalDays(workspace.time_zone),
  };
  const batch = prepareBatch(rows, home, names);
  const { running, fates } = await storeBatchIn(client, trx, {
    running: {
      workspaceId: workspace.id,
      importId: row.import_id,
      cursorRow: 0,
      counts: noCounts,
      expectsNew: false, // a request often brings news of cases that are there
    },
    batch,
  });
  await endImport(trx, row, { state: "finished" });
  const { counts } = running;
  return {
    import: row.import_id,
    read: rowsRead(counts),
    new: counts.new,
    updated: counts.updated,
    unchanged: counts.unchanged,
    rejected: counts.rejected,
    rows: rowsOf(rows, { batch, fates }),
  };
}

function rowsOf(
  rows: readonly RequestRow[],
  { batch, fates }: { batch: PreparedBatch; fates: readonly RowFate[] },
): ApiRow[] {
  let accepted = 0;
  return rows.map(({ result, sourceCaseId }, i) => {
    const about = { row: i + 1, source_case_id: sourceCaseId };
    if ("rejection" in result) {
      const { code, column: field, reason } = result.rejection;
      return { ...about, case_id: null, status: "rejected", code, field, reason };
    }
    const at = accepted++;
    const [caseId, status] = [batch.ids[at] ?? null, fates[at] ?? "unchanged"];
    return { ...about, case_id: caseId, status, code: null, field: null, reason: null };
  });
}
