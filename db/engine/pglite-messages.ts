import type { FlowCounter } from "./flow-window.ts";

/** What the main thread and the engine's thread say to each other. `session` numbers the clients, one after another. */
export interface EngineStart {
  directory: string;
  /** Set when the directory does not exist yet: it is made under this name, then renamed. */
  makeAs?: string;
  /** A dump of a data directory to make it from; without one, initdb. */
  template?: string;
  flow: FlowCounter;
}

export type ToEngine =
  | { kind: "open"; session: number; packet: Uint8Array<ArrayBuffer> }
  | { kind: "run"; session: number; bytes: Uint8Array<ArrayBuffer>; copy: boolean }
  | { kind: "dump" }
  | { kind: "close" };

export type FromEngine =
  | { kind: "ready" }
  /** The directory could not be opened. */
  | { kind: "failed"; reason: string }
  | { kind: "output"; session: number; bytes: Uint8Array<ArrayBuffer> }
  /** What was asked for has been executed, to its end or to its error. */
  | { kind: "done" }
  | { kind: "dumped"; archive: Uint8Array<ArrayBuffer> }
  | { kind: "closed" }
  /** The engine is no longer usable; the thread ends. */
  | { kind: "died"; reason: string };
