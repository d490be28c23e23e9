import { createHash } from "node:crypto";
import type { CausePart } from "#analytics/causes/propose-parts.ts";
import { caseIdAt, codesOf, dictionaryOf, type Facts } from "#analytics/facts/facts.ts";
import { dimensionLabel } from "#analytics/filter/dimensions.ts";
import { counted, listText, sentenceCase } from "#app/format.ts";
import type { View } from "#app/tables/view.ts";
import { listCompanyNames } from "#db/imports/store/queries.ts";
import { listCasesForAnalysis } from "#db/queries/analysis.ts";
import { listCasesWithWords } from "#db/queries/cases.ts";
import { badRequest } from "./http-errors.ts";
import type { Services } from "./services.ts";

/** The fields that a split can go by, and how many of their values are offered, the most frequent first. */
const splitFields = ["product", "contact_reason", "channel", "team", "region"] as const;
const valuesOffered = 12;

/** Which cases of a cause shall make a new one: parts that the machine found, those with some words, or with a value. */
export type SplitChoice =
  | { by: "parts"; parts: number[] }
  | { by: "words"; words: string }
  | { by: "value"; dimension: (typeof splitFields)[number]; value: string };

/** More take a minute, and some gigabytes. */
export const mostForParts = 5000;
const mostWords = 200;

/** What a form or an address asks for; `null`: nothing. */
export function parseSplitChoice(params: URLSearchParams): SplitChoice | null {
  const by = params.get("split");
  if (by === null) return null;
  if (by === "parts") return { by, parts: params.getAll("part").map(Number) };
  if (by === "words") {
    const words = (params.get("words") ?? "").replaceAll("\0", "").trim();
    if (words.length > mostWords)
      throw badRequest(`The words have ${words.length} characters. Expected at most ${mostWords}.`);
    return { by, words };
  }
  const [field = "", ...rest] = (params.get("value") ?? "").split(":");
  const dimension = splitFields.find((known) => known === field);
  if (by !== "value" || dimension === undefined)
    throw badRequest(
      `The split by "${by} ${field}" is not known. Choose one at the foot of the cause's page.`,
    );
  return { by, dimension, value: rest.join(":") };
}

/** The values by which a cause can be cut in two, with how many of its cases have each. */
export function splitValues(
  facts: Facts,
  rows: readonly number[],
): { label: string; values: { value: string; text: string }[] }[] {
  return splitFields.flatMap((dimension) => {
    const codes = codesOf(facts, dimension);
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(codes[row] ?? 0, (counts.get(codes[row] ?? 0) ?? 0) + 1);
    const ranked = [...counts].filter(([code, count]) => code > 0 && count < rows.length);
    ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const values = ranked.slice(0, valuesOffered).flatMap(([code, count]) => {
      const entry = dictionaryOf(facts, dimension)[code];
      if (entry?.value == null) return [];
      return [{ value: `${dimension}:${entry.value}`, text: `${entry.label} (${counted(count, "case")})` }];
    });
    return values.length === 0 ? [] : [{ label: sentenceCase(dimensionLabel(dimension)), values }];
  });
}

/** What a choice comes to: the cases that go and that stay, and what the machine would call those that go. */
export interface ChosenSplit {
  going: string[];
  staying: string[];
  label: string;
  keyphrases: string[];
  exemplarCaseId: string | null;
  /** Of exactly these cases: what is confirmed is what was shown. */
  digest: string;
}

/**
 * @param rows the cause's cases, as rows of the columns
 * @param parts what the machine has found in them, where the choice is among its parts
 */
export async function chosenSplit(
  services: Services,
  { facts, workspace }: View,
  { rows, choice, parts }: { rows: readonly number[]; choice: SplitChoice; parts: readonly CausePart[] },
): Promise<ChosenSplit> {
  const ids = rows.map((row) => caseIdAt(facts, row));
  const found = await goingCases();
  const going = ids.filter((id) => found.ids.has(id));
  const staying = ids.filter((id) => !found.ids.has(id));
  const digest = createHash("sha256").update(`${going.join()};${staying.join()}`).digest("hex").slice(0, 16);
  return { ...found.named, going, staying, digest };

  async function goingCases() {
    const { db } = services.database;
    if (choice.by === "words") {
      const hits = choice.words === "" ? [] : await listCasesWithWords(db, workspace.id, ids, choice.words);
      return { ids: new Set(hits), named: unnamed(`with “${choice.words}”`) };
    }
    if (choice.by === "value") {
      const entries = dictionaryOf(facts, choice.dimension);
      const code = entries.findIndex(({ value }) => value === choice.value);
      const codes = codesOf(facts, choice.dimension);
      const hits = rows.filter((row) => code > 0 && codes[row] === code);
      const label = `${dimensionLabel(choice.dimension)} ${entries[code]?.label ?? choice.value}`;
      return { ids: new Set(hits.map((row) => caseIdAt(facts, row))), named: unnamed(label) };
    }
    const chosen = parts.filter((_, index) => choice.parts.includes(index + 1));
    return { ids: new Set(chosen.flatMap((part) => part.caseIds)), named: namedBy(chosen) };
  }
}

/** The parts that the machine finds in the cases of a cause; none where it finds no two, or where they are too many. */
export async function findParts(
  services: Services,
  { facts, workspace }: View,
  rows: readonly number[],
): Promise<CausePart[]> {
  if (rows.length > mostForParts) return [];
  const { db } = services.database;
  const ids = rows.map((row) => caseIdAt(facts, row));
  return services.partsOf({
    cases: await listCasesForAnalysis(db, workspace.id, ids),
    blankNames: await listCompanyNames(db, workspace.id),
  });
}

function unnamed(label: string): Pick<ChosenSplit, "label" | "keyphrases" | "exemplarCaseId"> {
  return { label, keyphrases: [], exemplarCaseId: null };
}

/** By the largest of the parts; a person ticks one as a rule. */
function namedBy(parts: readonly CausePart[]): Pick<ChosenSplit, "label" | "keyphrases" | "exemplarCaseId"> {
  const [largest] = parts;
  if (largest === undefined) return unnamed("");
  const { keyphrases, exemplarCaseId } = largest;
  return { label: keyphrases.slice(0, 2).join(", ") || "without words", keyphrases, exemplarCaseId };
}

/** "“leaks at the lid” and “drips”", for a part of that name. */
export function phrasesText(keyphrases: readonly string[]): string {
  return keyphrases.length === 0 ? "No phrase sets it apart." : listText(keyphrases.map((one) => `“${one}”`));
}
