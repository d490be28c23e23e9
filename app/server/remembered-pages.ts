import type { Snapshot } from "#app/tables/view.ts";

/** Some 50 kB each. */
const mostOfSnapshot = 32;

/**
 * What some pages showed last, a snapshot: many open the same overview on Monday. A page is a function of its snapshot
 * and of what was asked for, today's date included, and a snapshot never changes, so none of them is ever out of date.
 */
export class RememberedPages {
  readonly #bySnapshot = new WeakMap<Snapshot, Map<string, unknown>>();

  /** `undefined`: it has to be computed. What is asked must be plain JSON. */
  get(snapshot: Snapshot, name: string, asked: unknown): unknown {
    return this.#bySnapshot.get(snapshot)?.get(keyOf(name, asked));
  }

  keep(snapshot: Snapshot, { name, asked, shown }: { name: string; asked: unknown; shown: unknown }): void {
    const kept = this.#bySnapshot.get(snapshot) ?? new Map<string, unknown>();
    this.#bySnapshot.set(snapshot, kept);
    kept.set(keyOf(name, asked), shown);
    const [oldest] = kept.keys();
    if (kept.size > mostOfSnapshot && oldest !== undefined) kept.delete(oldest);
  }
}

function keyOf(name: string, asked: unknown): string {
  return JSON.stringify([name, asked]);
}
