import { readSync } from "node:fs";
import { CaseIdsInMemory, uuidOf } from "#analytics/facts/assemble-facts.ts";
import type { CaseIds } from "#analytics/facts/facts.ts";

/** Ids that one reading of the file brings: 4 kB, since who asks for one row mostly asks for the next one, too. */
const idsAtOnce = 256;

/**
 * Case ids in an open file, sixteen bytes each, since they are most of what columns take and no metric reads them. Every
 * thread of the process reads it by its number. Cost: 2 to 3 microseconds an id, a third of it in the order of the rows.
 */
export class CaseIdsFile implements CaseIds {
  readonly place: number;
  readonly #block = Buffer.alloc(16 * idsAtOnce);
  #blockOf = -1;

  constructor(file: number) {
    this.place = file;
  }

  at(row: number): string {
    const block = Math.floor(row / idsAtOnce);
    if (block !== this.#blockOf) {
      readSync(this.place, this.#block, 0, this.#block.length, block * this.#block.length);
      this.#blockOf = block;
    }
    const at = 16 * (row % idsAtOnce);
    return uuidOf(this.#block.subarray(at, at + 16));
  }
}

/** The ids that lie at a place, for this thread. */
export function caseIdsIn(place: CaseIds["place"]): CaseIds {
  return typeof place === "number" ? new CaseIdsFile(place) : new CaseIdsInMemory(place);
}
