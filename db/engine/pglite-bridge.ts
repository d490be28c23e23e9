import { createRequire } from "node:module";
import type { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { type Batch, ClientStream, type SessionEngine } from "./client-stream.ts";
import { createFlowCounter, FlowReader } from "./flow-window.ts";
import type { EngineStart, FromEngine, ToEngine } from "./pglite-messages.ts";
import { DatabaseUnavailable, StatementTooLong } from "./unavailable.ts";
import { Watchdog } from "./watchdog.ts";

/**
 * PGlite in its thread, as a server that `pg` can talk to: `new pg.Pool({ stream: () => engine.connect(), max: 1 })`.
 * So that there is one code path for both engines, with the same types, errors, cursors and COPY.
 */
export interface PgliteEngine {
  /** A new client's socket. The engine has one session: while one client has it, another is refused (53300). */
  connect(): Duplex;
  /** The data directory as a gzipped tar archive. */
  dump(): Promise<Uint8Array>;
  /** Ends the engine at once, in the middle of a statement. The directory stays whole, as after a kill of the process. */
  kill(reason: string): Promise<void>;
  /** Ends the engine after what it is doing. Harmless when called twice. */
  close(): Promise<void>;
}

export interface EngineOptions extends Omit<EngineStart, "flow"> {
  /** How long a statement may take, unless its session sets `statement_timeout`; 60 s, as on a server; 0 = for ever. */
  statementMilliseconds?: number;
}

const usualStatementMilliseconds = 60_000;
/** As directory: a database that is gone on close. */
const inMemory = "memory://";

/** Resolves when the database answers. `memory://` as directory makes one that is gone on close. */
export async function startEngine(options: EngineOptions): Promise<PgliteEngine> {
  const { statementMilliseconds = usualStatementMilliseconds, ...start } = options;
  const engine = new Engine(start, statementMilliseconds);
  await engine.started(options.directory);
  return engine;
}

/** By its import name, so that this also works from a bundle elsewhere in the package. */
function workerFile(): string {
  return createRequire(import.meta.url).resolve("#db/engine/pglite-worker.ts");
}

class Engine implements PgliteEngine, SessionEngine {
  readonly #start: Omit<EngineStart, "flow">;
  readonly #watchdog: Watchdog;
  #worker: Worker;
  #flow: FlowReader;
  #exit: Promise<void>;
  /** A thread that is being ended: what it still says goes nowhere. */
  #ending: Worker | undefined;
  /** Messages that came meanwhile. */
  #held: { message: ToEngine; transfer: ArrayBuffer[] }[] | undefined;
  /** Settles when the engine that was ended last has a successor. */
  #restarted = Promise.resolve();
  #startup = Promise.withResolvers<void>();
  #dump: PromiseWithResolvers<Uint8Array> | undefined;
  #client: ClientStream | undefined;
  #sessions = 0;
  #closing = false;
  /** Why the engine is gone; it never comes back. */
  #death: DatabaseUnavailable | undefined;

  constructor(start: Omit<EngineStart, "flow">, statementMilliseconds: number) {
    this.#start = start;
    this.#watchdog = new Watchdog(statementMilliseconds, (limit) => this.#end(limit));
    ({ worker: this.#worker, flow: this.#flow, exit: this.#exit } = this.#launch(start));
  }

  #launch(start: Omit<EngineStart, "flow">): { worker: Worker; flow: FlowReader; exit: Promise<void> } {
    const flow = createFlowCounter();
    const worker = new Worker(workerFile(), { workerData: { ...start, flow } satisfies EngineStart });
    const isCurrent = () => worker !== this.#ending;
    worker.on("message", (message: FromEngine) => isCurrent() && this.#hear(message));
    worker.on("error", (error: Error) => isCurrent() && this.#die(error.message));
    const exit = new Promise<void>((resolve) => {
      worker.once("exit", (code) => {
        if (isCurrent()) this.#die(this.#closing ? "it was closed" : `its thread ended with code ${code}`);
        resolve();
      });
    });
    return { worker, flow: new FlowReader(flow), exit };
  }

  /** Ends a statement that nothing else can end: with its thread. */
  #end(limit: number): void {
    if (this.#death !== undefined) return;
    const { directory } = this.#start; // it is made by now
    if (this.#closing || directory === inMemory) {
      // Nobody waits for a successor, or there is nothing to open again.
      void this.kill(`a statement took longer than ${limit / 1000} s`);
      return;
    }
    const reason = new StatementTooLong(limit);
    this.#held = [];
    this.#ending = this.#worker;
    this.#watchdog.stop();
    const client = this.#client;
    this.#client = undefined;
    client?.destroy(reason);
    this.#dump?.reject(reason);
    this.#dump = undefined;
    this.#restarted = this.#succeed(directory);
  }

  /** The directory is whole, as after a kill of the process, and is opened as after one. */
  async #succeed(directory: string): Promise<void> {
    await this.#worker.terminate();
    const held = this.#held ?? [];
    this.#held = undefined;
    if (this.#death !== undefined) return;
    ({ worker: this.#worker, flow: this.#flow, exit: this.#exit } = this.#launch({ directory }));
    for (const { message, transfer } of held) this.#worker.postMessage(message, transfer);
  }

  async started(directory: string): Promise<void> {
    try {
      await this.#startup.promise;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DatabaseUnavailable(
        `The embedded database in ${directory} does not open: ${reason} Nothing in it was changed. ` +
          "Restore a backup into another directory, or name another one with FIXTWICE_DATA.",
        { cause: error },
      );
    }
  }

  connect(): Duplex {
    return new ClientStream(this);
  }

  async dump(): Promise<Uint8Array> {
    if (this.#death !== undefined) throw this.#death;
    this.#dump ??= Promise.withResolvers();
    this.send({ kind: "dump" });
    return this.#dump.promise;
  }

  async kill(reason: string): Promise<void> {
    this.#die(reason);
    await this.#restarted; // after a death it starts nothing
    await this.#worker.terminate();
  }

  async close(): Promise<void> {
    if (!this.#closing && this.#death === undefined) this.send({ kind: "close" });
    this.#closing = true;
    await this.#restarted; // its thread is the one to wait for, and holds the directory
    await this.#exit;
  }

  get death(): DatabaseUnavailable | undefined {
    return this.#death;
  }

  /** Gives the session to a client; its number, or undefined when another client has it. */
  openSession(client: ClientStream, packet: Uint8Array<ArrayBuffer>): number | undefined {
    if (this.#client !== undefined) return undefined;
    this.#client = client;
    this.#sessions += 1;
    this.#watchdog.sessionHandedOver();
    this.send({ kind: "open", session: this.#sessions, packet }, [packet.buffer]);
    return this.#sessions;
  }

  closeSession(client: ClientStream): void {
    if (this.#client === client) this.#client = undefined;
  }

  run(session: number, { bytes, copy, limit }: Batch): void {
    this.#watchdog.handedOver(limit);
    this.send({ kind: "run", session, bytes, copy }, [bytes.buffer]);
  }

  send(message: ToEngine, transfer: ArrayBuffer[] = []): void {
    if (this.#held === undefined) this.#worker.postMessage(message, transfer);
    else this.#held.push({ message, transfer });
  }

  taken(bytes: number): void {
    this.#flow.take(bytes);
  }

  #hear(message: FromEngine): void {
    switch (message.kind) {
      case "ready":
        this.#watchdog.ready();
        this.#startup.resolve();
        return;
      case "failed":
        this.#die(asSentence(message.reason));
        return;
      case "output":
        // What is left of a session that its client has dropped goes nowhere, but must not hold up the engine.
        if (this.#client?.session === message.session) this.#client.receive(message.bytes);
        else this.taken(message.bytes.length);
        return;
      case "done":
        this.#watchdog.done();
        return;
      case "dumped":
        this.#dump?.resolve(message.archive);
        this.#dump = undefined;
        return;
      case "closed":
        return;
      case "died":
        this.#die(message.reason);
    }
  }

  #die(reason: string): void {
    if (this.#death !== undefined) return;
    this.#watchdog.stop();
    this.#death = new DatabaseUnavailable(
      `The embedded database has stopped: ${asSentence(reason)} What was acknowledged is on disk; start again to go on.`,
    );
    this.#startup.reject(new Error(asSentence(reason)));
    this.#dump?.reject(this.#death);
    this.#client?.destroy(this.#closing ? undefined : this.#death);
  }
}

function asSentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
