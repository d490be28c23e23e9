/** Shared by the threads of a team: how many calls there were; the next piece that nobody has; who has finished. */
export type Control = Int32Array<SharedArrayBuffer>;
const calls = 0;
const nextPiece = 1;
const finished = 2;
/** No piece takes minutes: a thread that says nothing for so long is gone (out of memory). */
const patience = 600_000;

export function openControl(): Control {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}

/** Wakes the others for what they have been told. */
export function call(control: Control): void {
  Atomics.add(control, calls, 1);
  Atomics.notify(control, calls);
}

/** Sleeps until there were more than `seen` calls; returns how many there were. */
export function waitForCall(control: Control, seen: number): number {
  Atomics.wait(control, calls, seen);
  return Atomics.load(control, calls);
}

/** Does the pieces that nobody has taken yet, one after another. */
export function takePieces(control: Control, count: number, work: (piece: number) => void): void {
  for (;;) {
    const piece = Atomics.add(control, nextPiece, 1);
    if (piece >= count) return;
    work(piece);
  }
}

export function noteFinished(control: Control): void {
  Atomics.add(control, finished, 1);
  Atomics.notify(control, finished);
}

/** @throws Error where they say nothing for ten minutes */
export function waitForOthers(control: Control, others: number): void {
  for (;;) {
    const done = Atomics.load(control, finished);
    if (done === others) return;
    if (Atomics.wait(control, finished, done, patience) === "timed-out")
      throw new Error("A thread of the cause engine has not answered for ten minutes; the run is given up.");
  }
}
