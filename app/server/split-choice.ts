import { createHash } from "node:crypto";
import type { CausePart } from "#analytics/causes/propose-parts.ts";
import { dimensionLabel } from "#analytics/filter/dimensions.ts";
import { listText } from "#app/format.ts";
import { type CasesOfCause, splitFields, type ValueOfField } from "#app/pages/cause.ts";
import type { Workspace } from "#app/tables/view.ts";
import { listCompanyNames } from "#db/imports/store/queries.ts";
import { listCasesForAnalysis } from "#db/queries/analysis.ts";
import { listCasesWithWords } from "#db/queries/cases.ts";
import type { Database } from "#db/schema.ts";
import { badRequest } from "./http-errors.ts";
import type { Services } from "./services.ts";

/** Which cases of a cause shall make a new one: parts that the machine found, those with some words, or with a value. */
export type SplitChoice =
  | { by: "parts"; parts: number[] }
  | { by: "words"; words: string }
  | ({ by: "value" } & ValueOfField);

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
 * @param found the cause's cases, and where the choice is by a value those that have it
 * @param parts what the machine has found in them, where the choice is among its parts
 */
export async function chosenSplit(
  db: Database,
  workspaceId: number,
  { found, choice, parts }: { found: CasesOfCause; choice: SplitChoice; parts: readonly CausePart[] },
): Promise<ChosenSplit> {
  const chosen = await goingCases();
  const going = found.ids.filter((id) => chosen.ids.has(id));
  const staying = found.ids.filter((id) => !chosen.ids.has(id));
  const digest = createHash("sha256").update(`${going.join()};${staying.join()}`).digest("hex").slice(0, 16);
  return { ...chosen.named, going, staying, digest };

  async function goingCases() {
    if (choice.by === "words") {
      const hits =
        choice.words === "" ? [] : await listCasesWithWords(db, workspaceId, found.ids, choice.words);
      return { ids: new Set(hits), named: unnamed(`with “${choice.words}”`) };
    }
    if (choice.by === "value") {
      const label = `${dimensionLabel(choice.dimension)} ${found.label}`;
      return { ids: new Set(found.withValue), named: unnamed(label) };
    }
    const ticked = parts.filter((_, index) => choice.parts.includes(index + 1));
    return { ids: new Set(ticked.flatMap((part) => part.caseIds)), named: namedBy(ticked) };
  }
}

/** The parts that the machine finds in the cases of a cause; none where it finds no two, or where they are too many. */
export async function findParts(
  services: Services,
  workspace: Workspace,
  caseIds: readonly string[],
): Promise<CausePart[]> {
  if (caseIds.length > mostForParts) return [];
  const { db } = services.database;
  return services.partsOf({
    cases: await listCasesForAnalysis(db, workspace.id, caseIds),
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
