import { type Kysely, sql } from "kysely";
import type { NameField } from "#analytics/case.ts";
import type { Names, Schema } from "../../schema.ts";

/** A name with its id, as the table holds it. */
export type NameEntry = Names;

/**
 * The ids of names of one workspace, dense from 1 per field. Whoever holds the workspace's import turn is the only
 * one who gives new ids, so what was read once stays true. It knows no database: it may live in another thread.
 */
export class NameDictionary {
  readonly #workspaceId: number;
  readonly #ids: Record<NameField, Map<string, number>> = {
    contact_reason: new Map(),
    product: new Map(),
    team: new Map(),
    channel: new Map(),
    region: new Map(),
  };
  #fresh: NameEntry[] = [];

  constructor(workspaceId: number, known: readonly NameEntry[]) {
    this.#workspaceId = workspaceId;
    for (const { field, id, name } of known) this.#ids[field].set(name, id);
  }

  /** The id of a name; a name that is new gets the next one, which the batch then has to store. */
  idOf(field: NameField, name: string | null): number | null {
    if (name === null) return null;
    const ids = this.#ids[field];
    let id = ids.get(name);
    if (id === undefined) {
      id = ids.size + 1;
      ids.set(name, id);
      this.#fresh.push({ workspace_id: this.#workspaceId, field, id, name });
    }
    return id;
  }

  /** The names that got their id since this was last asked. */
  takeFresh(): NameEntry[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

/** The names that a workspace has. */
export async function loadNameEntries(db: Kysely<Schema>, workspaceId: number): Promise<NameEntry[]> {
  return db.selectFrom("names").selectAll().where("workspace_id", "=", workspaceId).execute();
}

/** Stores new names, in the transaction that stores the cases that bear them. */
export async function insertNames(db: Kysely<Schema>, names: readonly NameEntry[]): Promise<void> {
  if (names.length === 0) return;
  await sql`insert into names (workspace_id, field, id, name)
    select workspace_id, field, id, name
    from json_populate_recordset(null::names, ${JSON.stringify(names)}::json)`.execute(db);
}
