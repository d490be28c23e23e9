import { dirname } from "node:path";
import { type Settings, settingTexts } from "#app/settings.ts";
import { readLock } from "#db/engine/lock.ts";
import { openDatabase } from "#db/open-database.ts";
import { listWorkspaces } from "#db/workspaces.ts";
import type { Command } from "./command.ts";
import { exitCodeOf, sentenceOf } from "./failures.ts";

export const doctorCommand: Command = {
  summary: "prints the settings in force, and whether the database answers",
  positionals: [],
  options: {},
  optionTexts: {},
  examples: ["fixtwice doctor"],
  async run({ settings }) {
    console.log(`Node ${process.versions.node}`);
    for (const [name, text] of Object.entries(settingTexts))
      console.log(`${name} = ${shown(settings, name)}  (${text})`);
    const holder = settings.databaseUrl === undefined ? readLock(settings.dataDirectory) : undefined;
    if (holder !== undefined) {
      console.log(
        `The database is in use by process ${holder.pid}${holder.url === undefined ? "" : `, the server at ${holder.url}`}.`,
      );
      return 0;
    }
    return (await examine(settings)) || (await examineEmbedder(settings.embedder));
  },
};

async function examineEmbedder(folder: string | undefined): Promise<number> {
  if (folder === undefined) return 0;
  const { openEmbedder } = await import("#analytics/causes/embedder/open-embedder.ts"); // only where one is set
  try {
    const { id, dimensions, close } = await openEmbedder(folder);
    await close();
    console.log(`The sentence model ${id} answers: ${dimensions} dimensions.`);
    return 0;
  } catch (error) {
    console.log(sentenceOf(error));
    return exitCodeOf(error);
  }
}

async function examine(settings: Settings): Promise<number> {
  try {
    const database = await openDatabase(settings);
    try {
      console.log(database.durability);
      const workspaces = await listWorkspaces(database.db);
      console.log(`Workspaces: ${workspaces.map(({ name }) => name).join(", ") || "none yet"}.`);
      return 0;
    } finally {
      await database.close();
    }
  } catch (error) {
    console.log(`The database does not answer. ${sentenceOf(error)}`);
    return 69;
  }
}

/** A value as it may be printed: a password never is. */
function shown(settings: Settings, name: string): string {
  switch (name) {
    case "DATABASE_URL":
      return settings.databaseUrl === undefined ? "(empty)" : withoutPassword(settings.databaseUrl);
    case "FIXTWICE_COLUMNS_MB":
      return String(settings.columnsMegabytes ?? "(empty)");
    case "FIXTWICE_DATA":
      return dirname(settings.dataDirectory);
    case "FIXTWICE_EMBEDDER":
      return settings.embedder ?? "(empty)";
    case "HOST":
      return settings.host;
    default:
      return String(settings.port);
  }
}

/** User, host, port and database; not the query, which may hold a password too. */
function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl))
    return "(set, but not an address like postgres://user:password@host:5432/database)";
  const { protocol, username, password, host, pathname } = new URL(databaseUrl);
  const user = username + (password === "" ? "" : ":…");
  return `${protocol}//${user === "" ? "" : `${user}@`}${host}${pathname}`;
}
