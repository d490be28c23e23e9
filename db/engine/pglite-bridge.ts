import { createRequire } from "node:module";
import { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { createFlowCounter, FlowReader } from "./flow-window.ts";
import {
  copyInResponse,
  FrontendReader,
  type FrontendUnit,
  fatalResponse,
  refuseEncryption,
} from "./frames.ts";
import type { EngineStart, FromEngine, ToEngine } from "./pglite-messages.ts";
import { DatabaseUnavailable } from "./unavailable.ts";

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

/** Resolves when the database answers. `memory://` as directory makes one that is gone on close. */
export async function startEngine(options: Omit<EngineStart, "flow">): Promise<PgliteEngine> {
  const flow = createFlowCounter();
  const worker = new Worker(workerFile(), { workerData: { ...options, flow } satisfies EngineStart });
  const engine = new Engine(worker, new FlowReader(flow));
  await engine.started(options.directory);
  return engine;
}

/** By its import name, so that this also works from a bundle elsewhere in the package. */
function workerFile(): string {
  return createRequire(import.meta.url).resolve("#db/engine/pglite-worker.ts");
}

class Engine implements PgliteEngine {
  readonly #worker: Worker;
  readonly #flow: FlowReader;
  readonly #exit: Promise<void>;
  #startup = Promise.withResolvers<void>();
  #dump: PromiseWithResolvers<Uint8Array> | undefined;
  #client: ClientStream | undefined;
  #sessions = 0;
  #closing = false;
  /** Why the engine is gone; it never comes back. */
  #death: DatabaseUnavailable | undefined;

  constructor(worker: Worker, flow: FlowReader) {
    this.#worker = worker;
    this.#flow = flow;
    worker.on("message", (message: FromEngine) => this.#hear(message));
    worker.on("error", (error: Error) => this.#die(error.message));
    this.#exit = new Promise((resolve) => {
      worker.once("exit", (code) => {
        this.#die(this.#closing ? "it was closed" : `its thread ended with code ${code}`);
        resolve();
      });
    });
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
    await this.#worker.terminate();
  }

  async close(): Promise<void> {
    if (!this.#closing && this.#death === undefined) this.send({ kind: "close" });
    this.#closing = true;
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
    this.send({ kind: "open", session: this.#sessions, packet }, [packet.buffer]);
    return this.#sessions;
  }

  closeSession(client: ClientStream): void {
    if (this.#client === client) this.#client = undefined;
  }

  send(message: ToEngine, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  taken(bytes: number): void {
    this.#flow.take(bytes);
  }

  #hear(message: FromEngine): void {
    switch (message.kind) {
      case "ready":
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
    this.#death = new DatabaseUnavailable(
      `The embedded database has stopped: ${asSentence(reason)} What was acknowledged is on disk; start again to go on.`,
    );
    this.#startup.reject(new Error(asSentence(reason)));
    this.#dump?.reject(this.#death);
    this.#client?.destroy(this.#closing ? undefined : this.#death);
  }
}

/** One client's socket, as far as `pg` uses one. */
class ClientStream extends Duplex {
  readonly #engine: Engine;
  readonly #reader = new FrontendReader();
  /** Received by us, but not yet taken by the client. */
  #untaken = 0;
  session: number | undefined;

  constructor(engine: Engine) {
    super();
    this.#engine = engine;
  }

  connect(): this {
    setImmediate(() => {
      if (this.#engine.death === undefined) this.emit("connect");
      else this.destroy(this.#engine.death);
    });
    return this;
  }

  // What `pg` calls on a TCP socket and a port between threads has no need of.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.#untaken += bytes.length;
    if (this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) this.#take();
  }

  override _read(): void {
    this.#take();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    try {
      for (const unit of this.#reader.push(chunk)) this.#obey(unit);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _final(done: () => void): void {
    this.#leave();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#leave();
    done(error);
  }

  #obey(unit: FrontendUnit): void {
    switch (unit.kind) {
      case "encryption":
        this.push(refuseEncryption);
        return;
      case "startup":
        this.session = this.#engine.openSession(this, unit.packet);
        if (this.session === undefined) this.#refuse();
        return;
      case "copyBegins":
        if (this.session !== undefined) this.push(copyInResponse);
        return;
      case "batch":
        if (this.session === undefined) return;
        this.#engine.send({ kind: "run", session: this.session, bytes: unit.bytes, copy: unit.copy }, [
          unit.bytes.buffer,
        ]);
        return;
      case "cancel":
      case "terminate":
        this.#leave();
        this.push(null);
    }
  }

  #refuse(): void {
    this.push(fatalResponse("53300", "the embedded database has one session, and another client has it"));
    this.push(null);
  }

  #take(): void {
    if (this.#untaken > 0) this.#engine.taken(this.#untaken);
    this.#untaken = 0;
  }

  #leave(): void {
    this.session = undefined;
    this.#engine.closeSession(this);
    this.#take();
  }
}

function asSentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
