import { assembleFacts } from "#analytics/facts/assemble-facts.ts";
import { type CaseColumns, columnNames } from "#analytics/facts/case-columns.ts";
import type { CauseFact, Facts, NameDictionaries } from "#analytics/facts/facts.ts";
import type { Day } from "#analytics/period.ts";
import type { CaseIdsFile } from "#app/pages/case-ids-file.ts";
import type { Segment } from "#db/queries/segments.ts";
import { BadSegment, unpackAttributes, unpackColumn } from "./pack-column.ts";
import { writeCaseIds } from "./write-case-ids.ts";

/** What the segments of a month gave. */
export interface FoundMonth {
  /** The columns that were read. */
  names: Set<string>;
  /** By column that could not be read: why not. */
  damaged: Map<string, string>;
  /** Cases of its columns: one number, or they do not belong together. */
  sizes: Set<number>;
}

/** What `assembleFacts` takes beside the columns of months, and a file for their ids. */
export interface Beside {
  names: NameDictionaries;
  causes: readonly CauseFact[];
  caseIds: CaseIdsFile;
}

/** What columns are made with, on this thread or another: first the segments, then what they lacked, then all together. */
export interface ColumnsMaker {
  addSegment(segment: Segment): void;
  found(): Promise<ReadonlyMap<Day, FoundMonth>> | ReadonlyMap<Day, FoundMonth>;
  /** Columns that were made from the cases. They take the place of what was kept. */
  addMade(month: Day, columns: Partial<CaseColumns>): void;
  assemble(beside: Beside): Promise<Facts> | Facts;
  /** Nothing more is wanted of it. */
  end(): void;
}

/** Makes columns on the thread that calls it: a third of a microsecond a case to unpack, and as much to assemble. */
export class MonthColumns implements ColumnsMaker {
  readonly #columns = new Map<Day, Partial<CaseColumns>>();
  readonly #found = new Map<Day, FoundMonth>();

  addSegment(segment: Segment): void {
    const { month, name, rows } = segment;
    let found = this.#found.get(month);
    if (found === undefined)
      this.#found.set(month, (found = { names: new Set(), damaged: new Map(), sizes: new Set() }));
    try {
      this.addMade(month, unpack(segment));
      found.names.add(name);
      found.sizes.add(rows);
    } catch (error) {
      if (!(error instanceof BadSegment)) throw error;
      found.damaged.set(name, error.message);
    }
  }

  found(): ReadonlyMap<Day, FoundMonth> {
    return this.#found;
  }

  addMade(month: Day, columns: Partial<CaseColumns>): void {
    this.#columns.set(month, { ...this.#columns.get(month), ...columns });
  }

  assemble({ names, causes, caseIds }: Beside): Facts {
    const months = [...this.#columns].toSorted(([a], [b]) => a - b);
    const parts = months
      .map(([, columns]) => ({ ...columns, size: columns.causeId?.length ?? 0 }) as CaseColumns) // what was not kept was made
      .filter(({ size }) => size > 0);
    writeCaseIds(caseIds.place, parts);
    return assembleFacts(parts, names, causes, caseIds);
  }

  end(): void {}
}

function unpack({ name, rows, data }: Segment): Partial<CaseColumns> {
  if (name === "attributes") return unpackAttributes(data);
  const column = columnNames.find((known) => known === name);
  if (column === undefined) throw new BadSegment("There is no such column.");
  return { [column]: unpackColumn(column, rows, data) };
}
