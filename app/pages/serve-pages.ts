import { parentPort } from "node:worker_threads";
import { FilterError } from "#analytics/filter/filter.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { receivedFacts, type SentFacts, sentFacts } from "./sent-facts.ts";
import { sharedWeight } from "./shared-weight.ts";

/** What a thread is told. It computes one page at a time. */
export type ToPageThread =
  | { kind: "take"; snapshotId: number; snapshot: SentSnapshot }
  | { kind: "drop"; snapshotId: number }
  | { kind: "compute"; name: string; snapshotId: number; asked: unknown }
  | { kind: "end" };

/** A snapshot as plain data. */
export type SentSnapshot = Omit<Snapshot, "facts"> & { facts: SentFacts };

export function asPlainData({ facts, ...rest }: Snapshot): SentSnapshot {
  return { ...rest, facts: sentFacts(facts) };
}

/** What it answers to "compute": the page, a sentence that says why what was asked for can't be, or its error. */
export type FromPageThread = { shown: unknown } | { refused: string } | { failed: unknown };

/** Any pages: each is called with what was asked of it and no other. */
export type AnyPages = Readonly<Record<string, (snapshot: Snapshot, asked: never) => unknown>>;

/** Makes this thread compute the pages that it is asked for, until it is told to end. */
export function servePages(pages: AnyPages): void {
  const port = parentPort;
  if (port === null) throw new Error("Pages are computed on a thread of their own: this is the first one.");
  const snapshots = new Map<number, { snapshot: Snapshot; weight: ArrayBuffer }>();
  port.on("message", (message: ToPageThread) => {
    if (message.kind === "take") take(message);
    else if (message.kind === "drop") snapshots.delete(message.snapshotId);
    else if (message.kind === "end") port.close();
    else answer(message);
  });

  function take({ snapshotId, snapshot: sent }: Extract<ToPageThread, { kind: "take" }>): void {
    const snapshot = { ...sent, facts: receivedFacts(sent.facts) };
    snapshots.set(snapshotId, { snapshot, weight: sharedWeight(snapshot) });
  }

  function answer({ name, snapshotId, asked }: Extract<ToPageThread, { kind: "compute" }>): void {
    try {
      const [page, snapshot] = [pages[name], snapshots.get(snapshotId)?.snapshot];
      if (page === undefined || snapshot === undefined)
        throw new RangeError(`Expected a page and a snapshot, got “${name}” and ${snapshotId}.`);
      port?.postMessage({ shown: page(snapshot, asked as never) } satisfies FromPageThread); // typed where it was asked
    } catch (error) {
      const refused = error instanceof FilterError;
      port?.postMessage((refused ? { refused: error.message } : { failed: error }) satisfies FromPageThread);
    }
  }
}
