import { BadInput } from "../bad-input.ts";
import { maxColumns, maxHeaderCharacters } from "./limits.ts";

/** Throws `BadInput` for columns that no table may have. */
export function refuseColumns(columns: readonly string[], fileName: string): void {
  if (columns.length > maxColumns)
    throw new BadInput(
      `${fileName} has ${columns.length.toLocaleString("en-GB")} columns; expected at most ${maxColumns}.`,
    );
  if (columns.includes("__proto__"))
    throw new BadInput(`${fileName} names a column “__proto__”, which none may be; rename it in the header.`);
  const long = columns.find((column) => column.length > maxHeaderCharacters);
  if (long !== undefined)
    throw new BadInput(
      `${fileName} has a column whose name has ${long.length.toLocaleString("en-GB")} characters, “${long.slice(0, 40)}…”; ` +
        `expected at most ${maxHeaderCharacters}. Probably the header is missing, or a quote is.`,
    );
}
