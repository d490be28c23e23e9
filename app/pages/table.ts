import { tables } from "#app/tables/tables.ts";
import { makeView, type Snapshot } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";

/** A table by its name, with the days that it is of. */
export function table(snapshot: Snapshot, { filter, today, name }: AskedWithFilter & { name: string }) {
  const make = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (make === undefined) throw new RangeError(`Expected the name of a table, got “${name}”.`);
  const view = makeView(snapshot, filter, today);
  return { table: make(view), period: view.period };
}
