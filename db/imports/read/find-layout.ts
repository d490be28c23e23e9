import { BadInput } from "../bad-input.ts";
import { findCsvHeader, type HeaderWish } from "./find-csv-header.ts";
import { flattenJson, NoRow } from "./flatten-json.ts";
import { elementsOf } from "./json-rows.ts";
import type { JsonLayout, Layout } from "./layout.ts";
import { lineBreak } from "./line-breaks.ts";
import type { ReadyFile } from "./ready-file.ts";
import { refuseColumns } from "./refuse-columns.ts";

export interface FoundLayout {
  layout: Layout;
  /** Lines above the header: banners of tools, titles of reports. */
  skippedLines: string[];
}

export type LayoutOptions = HeaderWish;

/**
 * How the file holds a table. JSON by its first character; of a CSV file the header is the line, with the delimiter,
 * whose columns are best known; where none is, the first line of several names under which the others have as many
 * cells. @throws BadInput with what was got instead
 */
export async function findLayout(file: ReadyFile, options: LayoutOptions): Promise<FoundLayout> {
  const format = jsonFormat(file.head);
  if (format !== null) return { layout: await jsonLayout(file, format), skippedLines: [] };
  return findCsvHeader(file, options);
}

/** Of values of JSON; databases write the names of columns as [name]. */
const beginsArray = /^\[\s*(?:[{[\]"]|-?\d|(?:true|false|null)\b|$)/;

/** `null`: no JSON. */
function jsonFormat(head: Buffer): JsonLayout["format"] | null {
  const text = head.toString().trimStart();
  if (text.startsWith("[")) return beginsArray.test(text) ? "json" : null;
  if (!text.startsWith("{")) return null;
  const lines = text.split(lineBreak).filter((line) => line.trim() !== "");
  const wholeLines = lines.slice(0, linesTried).filter(isObject).length;
  // One object alone is a case, unless it holds a list of objects: then those are.
  if (lines.length === 1) return wholeLines === 1 && !/:\s*\[\s*\{/.test(text) ? "ndjson" : "json";
  return wholeLines > 1 || (wholeLines === 1 && lines.length === 2) ? "ndjson" : "json";
}

const linesTried = 20;

function isObject(line: string): boolean {
  return membersOf(line) !== null;
}

async function jsonLayout(file: ReadyFile, format: JsonLayout["format"]): Promise<JsonLayout> {
  const columns = new Set<string>();
  let objects = 0;
  for await (const { text, tooLong } of elementsOf(file.path, format)) {
    const members = tooLong ? null : membersOf(text);
    if (members === null) continue;
    objects++;
    const known = columns.size;
    for (const member of members) columns.add(member);
    if (columns.size > known) refuseColumns([...columns], file.name);
  }
  if (objects === 0 || columns.size === 0)
    throw new BadInput(
      `${file.name} is JSON without an object in it that could be a case; expected an array of objects, or one object a line.`,
    );
  return { format, columns: [...columns] };
}

/** The paths of an object's members; `null`: it is none. */
function membersOf(text: string): string[] | null {
  try {
    return [...flattenJson(text).keys()];
  } catch (error) {
    if (error instanceof NoRow) return null;
    throw error;
  }
}
