import { tmpdir } from "node:os";
import {
  listImportsHere,
  planUndoHere,
  sourceCursorHere,
  undoHere,
} from "#app/server/command-line/imports-here.ts";
import { loadHere, tryHere } from "#app/server/command-line/load-here.ts";
import type { DoorWorks, OnLoadProgress } from "#app/server/command-line/messages.ts";
import { settleLoad } from "#app/server/settle-load.ts";
import type { Settings } from "#app/settings.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import type { DataPlace } from "./data-place.ts";
import { terminalProgress } from "./terminal-progress.ts";

interface Beside {
  path: string;
  onProgress: OnLoadProgress;
}

type HereWorks = {
  [Name in keyof DoorWorks]: (
    question: DoorWorks[Name]["asks"],
    beside: Beside,
  ) => Promise<DoorWorks[Name]["answers"]>;
};

/** A database that this process has opened. */
export class DataHere implements DataPlace {
  readonly #database: OpenDatabase;
  readonly #works: HereWorks;
  readonly #embedder: string | undefined;

  constructor(database: OpenDatabase, settings: Pick<Settings, "uploadsDirectory" | "embedder">) {
    const { db } = database;
    this.#embedder = settings.embedder;
    const stageIn = tmpdir();
    this.#database = database;
    this.#works = {
      load: (request, { path, onProgress }) => loadHere(database, { path, stageIn }, request, onProgress),
      try: (request, { path, onProgress }) => tryHere(database, { path, stageIn }, request, onProgress),
      "plan-undo": (question) => planUndoHere(db, question),
      undo: (question, { onProgress }) => undoHere(database, settings.uploadsDirectory, question, onProgress),
      imports: (question) => listImportsHere(db, question),
      "source-cursor": (question) => sourceCursorHere(db, question),
    };
  }

  do<Name extends keyof DoorWorks>(
    work: Name,
    question: DoorWorks[Name]["asks"],
    { path = "", onProgress = () => {} }: Partial<Beside> = {},
  ): Promise<DoorWorks[Name]["answers"]> {
    return this.#works[work](question, { path, onProgress });
  }

  async settle(workspace: string): Promise<void> {
    const progress = terminalProgress();
    const show = (stage: string, share: number) =>
      progress.show(`After the load (${stage}): ${Math.round(share * 100)} %`);
    const beside = { onProgress: show, embedder: this.#embedder };
    await settleLoad(this.#database, workspace, beside).finally(() => progress.end());
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
