import type { DoorWorks, OnLoadProgress } from "#app/server/command-line/messages.ts";
import type { Settings } from "#app/settings.ts";
import { DataDirectoryBusy } from "#db/engine/lock.ts";
import { openDatabase } from "#db/open-database.ts";
import { DataBehindServer } from "./data-behind-server.ts";
import { DataHere } from "./data-here.ts";

/**
 * Where the data are: in a database that this process opens, or, since embedded data belong to one process, behind the
 * server that has them. Either does the same works.
 */
export interface DataPlace {
  /**
   * @param path of the file that belongs to the question
   * @returns what the work answers; it fails alike on either side
   */
  do<Name extends keyof DoorWorks>(
    work: Name,
    question: DoorWorks[Name]["asks"],
    options?: { path?: string; onProgress?: OnLoadProgress },
  ): Promise<DoorWorks[Name]["answers"]>;
  /** Does what a load or an undo leaves to do, where no server does it by itself. */
  settle(workspace: string): Promise<void>;
  close(): Promise<void>;
}

export async function openDataPlace(settings: Settings): Promise<DataPlace> {
  try {
    return new DataHere(await openDatabase(settings), settings);
  } catch (error) {
    const { url, token } = (error instanceof DataDirectoryBusy && error.holder) || {};
    if (url === undefined || token === undefined) throw error;
    return new DataBehindServer({ url, token });
  }
}

/** Opens it for some work, and closes it after. */
export async function withDataPlace<T>(
  settings: Settings,
  work: (place: DataPlace) => Promise<T>,
): Promise<T> {
  const place = await openDataPlace(settings);
  try {
    return await work(place);
  } finally {
    await place.close();
  }
}
