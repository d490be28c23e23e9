import type { Kysely } from "kysely";
import type { NameField } from "#analytics/case.ts";
import type { Schema } from "../../schema.ts";

/**
 * The ids of names of one workspace, dense from 1 per field. Whoever holds the workspace's import turn is the only
 * one who gives new ids, so what was read once stays true.
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
  #unsaved: { workspace_id: number; field: NameField; id: number; name: string }[] = [];

  private constructor(workspaceId: number) {
    this.#workspaceId = workspaceId;
  }

  static async load(db: Kysely<Schema>, workspaceId: number): Promise<NameDictionary> {
    const dictionary = new NameDictionary(workspaceId);
    const names = await db.selectFrom("names").selectAll().where("workspace_id", "=", workspaceId).execute();
    for (const { field, id, name } of names) dictionary.#ids[field].set(name, id);
    return dictionary;
  }

  /** The id of a name; a name that is new gets the next one, which `save` then has to store. */
  idOf(field: NameField, name: string | null): number | null {
    if (name === null) return null;
    const ids = this.#ids[field];
    let id = ids.get(name);
    if (id === undefined) {
      id = ids.size + 1;
      ids.set(name, id);
      this.#unsaved.push({ workspace_id: this.#workspaceId, field, id, name });
    }
    return id;
  }

  /** Stores the names that are new, in the transaction that stores the cases that bear them. */
  async save(db: Kysely<Schema>): Promise<void> {
    const unsaved = this.#unsaved;
    this.#unsaved = [];
    if (unsaved.length > 0) await db.insertInto("names").values(unsaved).execute();
  }
}
