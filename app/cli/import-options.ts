import { readFile } from "node:fs/promises";
import { UsageError } from "#app/cli/usage-error.ts";
import type { LoadRequest } from "#app/server/command-line/messages.ts";
import { BadInput, NoInputFile } from "#db/imports/bad-input.ts";
import type { Mapping } from "#db/imports/map/mapping.ts";
import { parseMapping } from "#db/imports/map/parse-mapping.ts";
import type { Command, CommandInput } from "./command.ts";

/** Options of `import`; one that is not given is `undefined`. */
export const importOptions = {
  workspace: { type: "string", default: "main" },
  "time-zone": { type: "string" },
  preset: { type: "string" },
  mapping: { type: "string" },
  encoding: { type: "string" },
  delimiter: { type: "string" },
  dates: { type: "string" },
  from: { type: "string" },
  query: { type: "string" },
  "accept-rejected": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const satisfies Command["options"];

/** All that a load asks for but what it is about. */
export type LoadWishes = Omit<LoadRequest, "name" | "kind" | "cursor">;

/** @throws UsageError, and BadInput for a mapping that is none */
export async function loadWishes({ values }: Pick<CommandInput, "values">): Promise<LoadWishes> {
  return {
    workspace: textOf(values.workspace) ?? "main",
    timeZone: textOf(values["time-zone"]),
    preset: textOf(values.preset),
    mapping: await mappingOf(textOf(values.mapping)),
    encoding: textOf(values.encoding),
    delimiter: delimiterOf(textOf(values.delimiter)),
    dateOrder: dateOrderOf(textOf(values.dates)),
    rejectedAccepted: values["accept-rejected"] === true,
  };
}

export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

const delimiterNames: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  "\\t": "\t",
  pipe: "|",
};

function delimiterOf(text: string | null): string | null {
  if (text === null) return null;
  const delimiter = (Object.hasOwn(delimiterNames, text) ? delimiterNames[text] : undefined) ?? text;
  if (delimiter.length === 1) return delimiter;
  throw new UsageError(`--delimiter is “${text}”; expected one character, or comma, semicolon, tab or pipe.`);
}

function dateOrderOf(text: string | null): LoadWishes["dateOrder"] {
  if (text === null || text === "dmy" || text === "mdy") return text;
  throw new UsageError(`--dates is “${text}”; expected dmy (the day first) or mdy (the month first).`);
}

/** The name of a saved mapping, or the mapping that stands in a file. */
async function mappingOf(text: string | null): Promise<string | Mapping | null> {
  if (text === null || !text.endsWith(".json")) return text;
  const json = await readText(text);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new BadInput(
      `${text} is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return parseMapping(value);
}

/** @throws NoInputFile */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new NoInputFile(`There is no file to read at ${path}.`, { cause: error });
  }
}
