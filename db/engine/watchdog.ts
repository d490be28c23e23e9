import type { LimitChange } from "./statement-limit.ts";

/**
 * The time limit of statements that a server has and the embedded engine lacks: it keeps `statement_timeout` and runs a
 * query to its end all the same. Work is executed one piece after the other; the clock runs for the one at hand.
 */
export class Watchdog {
  readonly #usual: number;
  readonly #bite: (milliseconds: number) => void;
  /** Limits of what was handed over and is not done, in order. */
  #handed: number[] = [];
  /** How many pieces of work were taken off that list. */
  #taken = 0;
  #ofSession: number;
  #ofTransaction: number | undefined;
  /** The engine is not there yet: its start is no statement. */
  #waiting = true;
  #clock: NodeJS.Timeout | undefined;

  /**
   * @param usual milliseconds of a statement where its session has not said otherwise; 0 = no limit
   * @param bite called when the work at hand has taken longer than its limit
   */
  constructor(usual: number, bite: (milliseconds: number) => void) {
    this.#usual = usual;
    this.#ofSession = usual;
    this.#bite = bite;
  }

  /** A new session is opened, which is no statement, and begins with the usual limit. */
  sessionHandedOver(): void {
    this.#ofSession = this.#usual;
    this.#ofTransaction = undefined;
    this.#add(0);
  }

  /** @param change what the work itself does to the limit; it holds from this work on */
  handedOver(change?: LimitChange): void {
    if (change?.kind === "transactionEnds") this.#ofTransaction = undefined;
    if (change?.kind === "set") this.#set(change.milliseconds ?? this.#usual, change.local);
    this.#add(this.#ofTransaction ?? this.#ofSession);
  }

  /** The engine is there, and begins with what was handed over. */
  ready(): void {
    this.#waiting = false;
    this.#start();
  }

  done(): void {
    clearTimeout(this.#clock);
    this.#handed.shift();
    this.#taken += 1;
    this.#start();
  }

  /** Nothing is at work any more, until the engine is there again. */
  stop(): void {
    clearTimeout(this.#clock);
    this.#waiting = true;
    this.#taken += this.#handed.length;
    this.#handed = [];
    this.#ofSession = this.#usual;
    this.#ofTransaction = undefined;
  }

  #set(milliseconds: number, local: boolean): void {
    if (local) this.#ofTransaction = milliseconds;
    else [this.#ofSession, this.#ofTransaction] = [milliseconds, undefined];
  }

  #add(limit: number): void {
    this.#handed.push(limit);
    if (this.#handed.length === 1) this.#start();
  }

  #start(): void {
    const [limit] = this.#handed;
    if (this.#waiting || limit === undefined || limit === 0) return;
    const taken = this.#taken;
    // Where our own thread was busy for long, the word that the work is done waits behind the clock: it is heard first.
    const unlessDone = () => {
      if (this.#taken === taken) this.#bite(limit);
    };
    this.#clock = setTimeout(() => setImmediate(unlessDone), limit);
    this.#clock.unref();
  }
}
