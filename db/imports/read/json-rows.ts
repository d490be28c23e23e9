import { flattenJson, NoRow } from "./flatten-json.ts";
import { arrayElements, type JsonElement, ndjsonElements } from "./json-elements.ts";
import type { JsonLayout, SourceRow } from "./layout.ts";

const rowsPerBlock = 500;
const shownCharacters = 64 * 1024;

/** The objects of a JSON file as rows, in blocks. One that is broken is a row with a problem. */
export async function* readJsonRows(path: string, layout: JsonLayout): AsyncGenerator<SourceRow[]> {
  let block: SourceRow[] = [];
  for await (const element of elementsOf(path, layout.format)) {
    block.push(rowOf(element, layout.columns));
    if (block.length < rowsPerBlock) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

export function elementsOf(path: string, format: JsonLayout["format"]): AsyncGenerator<JsonElement> {
  return format === "ndjson" ? ndjsonElements(path) : arrayElements(path);
}

function rowOf({ text, line, end, tooLong }: JsonElement, columns: readonly string[]): SourceRow {
  const broken = (code: "json_syntax" | "too_long", reason: string): SourceRow => {
    return { line, end, cells: [text.slice(0, shownCharacters)], problem: { code, reason } };
  };
  if (tooLong) return broken("too_long", "The element is longer than 1 MB; expected at most that.");
  try {
    const flat = flattenJson(text);
    return { line, end, cells: columns.map((column) => flat.get(column) ?? "") };
  } catch (error) {
    if (error instanceof NoRow) return broken("json_syntax", error.message);
    throw error;
  }
}
