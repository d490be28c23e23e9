import { type LimitChange, limitChange } from "./statement-limit.ts";

/**
 * The frontend side of PostgreSQL's wire protocol 3 (manual, chapter "Frontend/Backend Protocol"), cut into the pieces
 * that PGlite can execute. Pure: bytes in, units out.
 *
 * A server reads its socket when it needs to; PGlite reads the buffer that it is given, and at its end sees a lost
 * connection. During COPY FROM STDIN that ends the engine. So a batch must hold all that it will ask for:
 * - messages are gathered up to Query, Sync or Flush;
 * - a Query that is a COPY FROM STDIN is answered `CopyInResponse` at once, and gathered up to its CopyDone or CopyFail;
 * - every batch carries a CopyFail where an unforeseen COPY would look for data (COPY inside a longer query string, in a
 *   prepared statement). The server ignores it anywhere else, and its cost could not be measured.
 */
export type FrontendUnit =
  /** Asks for TLS or GSSAPI encryption; answered `refuseEncryption`. */
  | { kind: "encryption" }
  | { kind: "startup"; packet: Uint8Array<ArrayBuffer> }
  /** Asks to cancel a query of another session. No reply is due. */
  | { kind: "cancel" }
  /** A COPY FROM STDIN begins; the client waits for `copyInResponse` before it sends data. */
  | { kind: "copyBegins" }
  /**
   * To be executed as a whole. `copy`: it holds a COPY's data, and its own CopyInResponse must be dropped. `limit`: what
   * it does to the time limit of statements, where it does anything.
   */
  | { kind: "batch"; bytes: Uint8Array<ArrayBuffer>; copy: boolean; limit?: LimitChange }
  | { kind: "terminate" };

export const refuseEncryption = Buffer.from("N");

/** CopyInResponse: text format, and no word about the columns (clients read neither). */
export const copyInResponse = Buffer.from([0x47, 0, 0, 0, 7, 0, 0, 0]);

/** The message that ends a batch of the extended protocol, also one that has failed. */
export const sync = new Uint8Array([0x53, 0, 0, 0, 4]);

const unforeseenCopy = message(
  "f",
  "the embedded database takes COPY FROM STDIN only as a query of its own, sent with its data by the simple protocol",
);

const requests = { ssl: 80877103, gss: 80877104, cancel: 80877102 };
const type = {
  query: 0x51,
  sync: 0x53,
  flush: 0x48,
  terminate: 0x58,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
};

/** Reads what one client writes, in chunks of any size. */
export class FrontendReader {
  #chunks: Buffer[] = [];
  #size = 0;
  /** So many bytes are needed before the next message is whole. */
  #needed = 8;
  #started = false;
  #copying = false;
  #gathered: Buffer[] = [];
  #limit: LimitChange | undefined;

  push(chunk: Uint8Array): FrontendUnit[] {
    this.#chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#size += chunk.byteLength;
    if (this.#size < this.#needed) return [];
    const bytes = Buffer.concat(this.#chunks);
    const units: FrontendUnit[] = [];
    let at = 0;
    for (;;) {
      const length = this.#messageLength(bytes, at);
      this.#needed = length;
      if (at + length > bytes.length) break;
      const unit = this.#started
        ? this.#read(bytes.subarray(at, at + length))
        : this.#open(bytes.subarray(at, at + length));
      if (unit !== undefined) units.push(unit);
      at += length;
    }
    this.#chunks = [bytes.subarray(at)];
    this.#size = bytes.length - at;
    return units;
  }

  /** The length of the message at `at`, or of its head as long as that is not there. */
  #messageLength(bytes: Buffer, at: number): number {
    if (!this.#started) return bytes.length - at < 8 ? 8 : checked(bytes.readInt32BE(at), 8);
    return bytes.length - at < 5 ? 5 : 1 + checked(bytes.readInt32BE(at + 1), 4);
  }

  /** The messages before a session are without a type byte. */
  #open(packet: Buffer): FrontendUnit {
    const code = packet.readInt32BE(4);
    if (code === requests.ssl || code === requests.gss) return { kind: "encryption" };
    if (code === requests.cancel) return { kind: "cancel" };
    this.#started = true;
    return { kind: "startup", packet: new Uint8Array(packet) };
  }

  #read(part: Buffer): FrontendUnit | undefined {
    const kind = part[0];
    if (kind === type.terminate) return { kind: "terminate" };
    if (kind === type.copyData || kind === type.copyDone || kind === type.copyFail) {
      // Outside a COPY a server ignores these: a client may go on sending after its COPY has failed.
      if (!this.#copying) return undefined;
      this.#gathered.push(part);
      return kind === type.copyData ? undefined : this.#batch([unforeseenCopy]);
    }
    if (this.#copying) return undefined; // Sync and Flush mean nothing during a COPY
    if (kind === type.query) {
      this.#gathered.push(part);
      this.#limit = limitIn(part);
      if (!isCopyFromStdin(part)) return this.#batch([unforeseenCopy]);
      this.#copying = true;
      return { kind: "copyBegins" };
    }
    if (kind === type.sync || kind === type.flush) return this.#batch([unforeseenCopy, part]);
    this.#gathered.push(part);
    return undefined;
  }

  #batch(last: Buffer[]): FrontendUnit {
    const bytes = new Uint8Array(Buffer.concat([...this.#gathered, ...last]));
    const copy = this.#copying;
    const limit = this.#limit;
    this.#gathered = [];
    this.#copying = false;
    this.#limit = undefined;
    return { kind: "batch", bytes, copy, ...(limit !== undefined && { limit }) };
  }
}

/** The engine's output for a `copy` batch without its CopyInResponse, which the client has had already. */
export function withoutCopyInResponse(output: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  const kept: Buffer[] = [];
  let dropped = false;
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (!dropped && bytes[at] === copyInResponse[0]) dropped = true;
    else kept.push(bytes.subarray(at, end));
    at = end;
  }
  return new Uint8Array(Buffer.concat(kept));
}

/** A FATAL ErrorResponse of the bridge itself. */
export function fatalResponse(sqlState: string, text: string): Buffer {
  return message("E", `SFATAL\0VFATAL\0C${sqlState}\0M${text}\0`);
}

/** Such a query is short; there is no need to look into a long one. */
function limitIn(query: Buffer): LimitChange | undefined {
  return query.length > 200 ? undefined : limitChange(query.toString("utf8", 5, query.length - 1));
}

function isCopyFromStdin(query: Buffer): boolean {
  const blankOrComment = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/;
  const text = query.toString("utf8", 5, 5 + 8192).replace(blankOrComment, "");
  return /^copy\b[^]*?\bfrom\s+stdin\b/i.test(text);
}

function message(kind: string, text: string): Buffer {
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.alloc(5);
  head.write(kind, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function checked(length: number, atLeast: number): number {
  if (length < atLeast)
    throw new RangeError(`wire protocol: got a message length of ${length}, expected >= ${atLeast}`);
  return length;
}
