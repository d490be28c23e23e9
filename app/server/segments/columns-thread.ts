import { Worker } from "node:worker_threads";
import type { CaseColumns } from "#analytics/facts/case-columns.ts";
import type { Facts } from "#analytics/facts/facts.ts";
import type { Day } from "#analytics/period.ts";
import { receivedFacts, type SentFacts } from "#app/pages/sent-facts.ts";
import type { Segment } from "#db/queries/segments.ts";
import type { Beside, ColumnsMaker, FoundMonth } from "./month-columns.ts";

/** What the thread is told. It answers the second and the fourth. */
export type ToColumnsThread =
  | { kind: "segment"; segment: Segment }
  | { kind: "find" }
  | { kind: "made"; month: Day; columns: Partial<CaseColumns> }
  | ({ kind: "assemble"; file: number } & Omit<Beside, "caseIds">)
  | { kind: "end" };

export type FromColumnsThread = { found: ReadonlyMap<Day, FoundMonth> } | { facts: SentFacts };

/** The thread that made columns has ended before they were there. Another one may do better. */
export class ColumnsLost extends Error {
  override readonly name = "ColumnsLost";
}

/**
 * Makes the columns of one snapshot on a thread of its own, which starts with it and ends with `end`. It takes the bytes of
 * segments as they come, and gives columns in memory that both see. Cost: 0.15 s of a processor to start.
 */
export class ColumnsThread implements ColumnsMaker {
  readonly #worker: Worker;
  /** Rejects when the thread ends, of itself or because it was told to. */
  readonly #ended: Promise<never>;
  #answer: (answer: FromColumnsThread) => void = () => {};

  constructor(file = new URL("./columns-worker.ts", import.meta.url)) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.#ended = promise;
    promise.catch(() => {}); // who waits for an answer is told
    this.#worker = new Worker(file);
    this.#worker.on("message", (answer: FromColumnsThread) => this.#answer(answer));
    this.#worker.on("error", (cause) => reject(new ColumnsLost("Columns could not be made.", { cause })));
    this.#worker.on("exit", (code) => reject(new ColumnsLost(`It ended with code ${code}.`)));
  }

  addSegment(segment: Segment): void {
    const data = Uint8Array.from(segment.data); // what came is of no use after this call
    this.#tell({ kind: "segment", segment: { ...segment, data } }, [data.buffer]);
  }

  async found(): Promise<ReadonlyMap<Day, FoundMonth>> {
    const answer = await this.#ask({ kind: "find" });
    return (answer as Extract<FromColumnsThread, { found: unknown }>).found; // as columns-worker.ts answers this
  }

  addMade(month: Day, columns: Partial<CaseColumns>): void {
    this.#tell({ kind: "made", month, columns });
  }

  async assemble({ names, causes, caseIds }: Beside): Promise<Facts> {
    const answer = await this.#ask({ kind: "assemble", names, causes, file: caseIds.place });
    return receivedFacts((answer as Extract<FromColumnsThread, { facts: unknown }>).facts, caseIds); // as above
  }

  /** By itself: to end a thread by force while it ends may crash Node (nodejs/node#56312). */
  end(): void {
    this.#tell({ kind: "end" });
  }

  #ask(message: ToColumnsThread): Promise<FromColumnsThread> {
    const { promise, resolve } = Promise.withResolvers<FromColumnsThread>();
    this.#answer = resolve;
    this.#tell(message);
    return Promise.race([promise, this.#ended]);
  }

  #tell(message: ToColumnsThread, transferred: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transferred);
  }
}
