/**
 * Back-pressure between the engine's thread and the main thread. PGlite runs a query to its end in one synchronous call
 * and hands out the result piece by piece; without a brake, a big result would wait in memory for its reader. So the
 * engine's thread sleeps while more than `windowBytes` of what it sent are unread.
 *
 * One shared Int32 counts the bytes that the reader has taken, modulo 2^32.
 */
export type FlowCounter = SharedArrayBuffer;

const windowBytes = 1 << 20;

export function createFlowCounter(): FlowCounter {
  return new SharedArrayBuffer(4);
}

/** The reader's end, on the main thread. */
export class FlowReader {
  readonly #taken: Int32Array;

  constructor(counter: FlowCounter) {
    this.#taken = new Int32Array(counter);
  }

  take(bytes: number): void {
    Atomics.add(this.#taken, 0, bytes);
    Atomics.notify(this.#taken, 0);
  }
}

/** The writer's end, on the engine's thread: the only one that may sleep. */
export class FlowWriter {
  readonly #taken: Int32Array;
  #sent = 0;

  constructor(counter: FlowCounter) {
    this.#taken = new Int32Array(counter);
  }

  /** To be called after sending; returns when the reader is no more than a window behind. */
  sent(bytes: number): void {
    this.#sent = (this.#sent + bytes) | 0;
    for (;;) {
      const taken = Atomics.load(this.#taken, 0);
      // `| 0` keeps the difference right when the counters wrap around.
      if (((this.#sent - taken) | 0) <= windowBytes) return;
      Atomics.wait(this.#taken, 0, taken);
    }
  }
}
