import type { Kysely, Selectable } from "kysely";
import type { Schema, Workspaces } from "./schema.ts";

export type Workspace = Selectable<Workspaces>;

export interface NewWorkspace {
  name: string;
  /** IANA name; local days are read in it. */
  timeZone: string;
  /** Month in which its fiscal year starts, 1 to 12; January unless said otherwise. */
  fiscalYearStartMonth?: number;
  /** Its cases are made up, and every page says so. */
  simulated?: boolean;
}

export async function findWorkspace(db: Kysely<Schema>, name: string): Promise<Workspace | undefined> {
  return db.selectFrom("workspaces").selectAll().where("name", "=", name).executeTakeFirst();
}

export async function findWorkspaceById(db: Kysely<Schema>, id: number): Promise<Workspace | undefined> {
  return db.selectFrom("workspaces").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function listWorkspaces(db: Kysely<Schema>): Promise<Workspace[]> {
  return db.selectFrom("workspaces").selectAll().orderBy("id").execute();
}

/** The workspace of that name; made if there is none. Two who make it at once get the same one. */
export async function findOrCreateWorkspace(db: Kysely<Schema>, workspace: NewWorkspace): Promise<Workspace> {
  refuseUnknownTimeZone(workspace.timeZone);
  for (;;) {
    const found = await findWorkspace(db, workspace.name);
    if (found) return found;
    await db
      .insertInto("workspaces")
      .columns(["id", "name", "time_zone", "fiscal_year_start_month", "simulated"])
      .expression((insert) =>
        insert
          .selectFrom("workspaces")
          .select((eb) => [
            eb(eb.fn.coalesce(eb.fn.max("id"), eb.lit(0)), "+", eb.lit(1)).as("id"),
            eb.val(workspace.name).as("name"),
            eb.val(workspace.timeZone).as("time_zone"),
            eb.val(workspace.fiscalYearStartMonth ?? 1).as("fiscal_year_start_month"),
            eb.val(workspace.simulated ?? false).as("simulated"),
          ]),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

function refuseUnknownTimeZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw new RangeError(
      `Got the time zone “${timeZone}”; expected an IANA name such as Europe/Berlin or UTC.`,
    );
  }
}
