import { Duplex } from "node:stream";
import {
  copyInResponse,
  FrontendReader,
  type FrontendUnit,
  fatalResponse,
  refuseEncryption,
} from "./frames.ts";

export type Batch = Extract<FrontendUnit, { kind: "batch" }>;

/** What a client's socket needs of the engine. */
export interface SessionEngine {
  /** Why the engine is gone, if it is. */
  readonly death: Error | undefined;
  /** Gives the session to a client; its number, or undefined when another client has it. */
  openSession(client: ClientStream, packet: Uint8Array<ArrayBuffer>): number | undefined;
  closeSession(client: ClientStream): void;
  run(session: number, batch: Batch): void;
  /** The client has taken so many bytes of output. */
  taken(bytes: number): void;
}

/** One client's socket, as far as `pg` uses one. */
export class ClientStream extends Duplex {
  readonly #engine: SessionEngine;
  readonly #reader = new FrontendReader();
  /** Received by us, but not yet taken by the client. */
  #untaken = 0;
  session: number | undefined;

  constructor(engine: SessionEngine) {
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
        this.#engine.run(this.session, unit);
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
