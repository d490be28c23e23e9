import { instantText } from "#app/format.ts";
import type { ImportedFrom } from "#db/queries/retrospectives.ts";

/** What the head of an imported file says became of the retrospective there. It is what the file says: nobody here did it. */
export function importedText(imported: ImportedFrom, timeZone: string): string {
  const acts = (["written", "reviewed", "published"] as const).flatMap((act) => {
    const [at, by] = [imported[act], imported[`${act}_by`]];
    if (at === undefined && by === undefined) return [];
    const when = at === undefined ? "" : ` ${readTime(at, timeZone)}`;
    return [`${act}${when}${by === undefined ? "" : ` by ${by}`}`];
  });
  const said = [...(imported.state === undefined ? [] : [`its state was “${imported.state}”`]), ...acts];
  return said.length === 0
    ? "Imported from a file."
    : `Imported from a file, which says of where it came from: ${said.join("; ")}.`;
}

/** The file may hold anything where a time should be: then that is what is shown. */
function readTime(text: string, timeZone: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))
    ? instantText(text, timeZone)
    : text;
}
