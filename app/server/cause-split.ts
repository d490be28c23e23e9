import type { CausePart } from "#analytics/causes/propose-parts.ts";
import { everything } from "#analytics/filter/filter.ts";
import type { LinkedCaseLine } from "#app/components/case-list.tsx";
import { counted, instantText, openingText } from "#app/format.ts";
import type { CasesOfCause, SplitOffer } from "#app/pages/cause.ts";
import { hrefTo, type Workspace } from "#app/tables/view.ts";
import { listCases } from "#db/queries/cases.ts";
import { listSplits, splitCause, undoSplit } from "#db/queries/cause-splits.ts";
import type { Database } from "#db/schema.ts";
import { badRequest, notFound } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import type { RequestedFilter } from "./request-view.ts";
import type { Services } from "./services.ts";
import {
  type ChosenSplit,
  chosenSplit,
  findParts,
  mostForParts,
  parseSplitChoice,
  phrasesText,
  type SplitChoice,
} from "./split-choice.ts";

/** A part of a cause that the machine proposes. */
export interface PartView {
  number: number;
  size: string;
  phrases: string;
  /** How the case most like the others of it begins. */
  opening: string;
  isTicked: boolean;
}

/** What the page of a cause shows about cutting it in two. Plain data; counts are of all that is loaded. */
export interface CauseSplitView {
  /** Why it can't be split; `null` where it can. */
  refusal: string | null;
  fields: { label: string; values: { value: string; text: string }[] }[];
  chosen: { words: string; value: string };
  /** `null`: not asked for. */
  parts: PartView[] | null;
  /** Why there are no parts to choose among. */
  noParts: string | null;
  /** What a split would give; `null`: not asked for. */
  preview: {
    sentence: string;
    /** Fields of the form that confirms it; none where nothing would move. */
    fields: [string, string][];
    some: LinkedCaseLine[];
    name: string;
  } | null;
  splits: { causeId: number; isNew: boolean; otherName: string; otherHref: string; sentence: string }[];
}

const casesShown = 5;
const lettersShown = 160;

export async function causeSplitView(
  requested: RequestedFilter,
  { causeId, split: { cases, fields } }: { causeId: number; split: SplitOffer },
): Promise<CauseSplitView> {
  const { services, snapshot, search } = requested;
  const { facts, workspace } = snapshot;
  const { db } = services.database;
  const choice = parseSplitChoice(search);
  const found = choice && (await casesOfChoice(requested, causeId, choice));
  const parts =
    choice?.by === "parts" && found !== null ? await findParts(services, workspace, found.ids) : null;
  const isChosen = choice !== null && (choice.by !== "parts" || choice.parts.length > 0);
  return {
    refusal: cases < 2 ? "A cause of fewer than two cases can't be split." : null,
    fields,
    chosen: { words: search.get("words") ?? "", value: search.get("value") ?? "" },
    parts: choice?.by === "parts" ? await partViews(db, workspace.id, parts ?? [], choice.parts) : null,
    noParts: parts?.length === 0 ? noPartsText(cases) : null,
    preview:
      isChosen && found !== null
        ? await previewOf(db, workspace, { found, choice, parts: parts ?? [] })
        : null,
    splits: (await listSplits(db, workspace.id, causeId)).map((split) => {
      const isNew = split.causeId === causeId;
      const other = isNew ? split.from : split.causeId;
      return {
        causeId: split.causeId,
        isNew,
        otherName: facts.causes.find((cause) => cause?.causeId === other)?.name ?? `cause ${other}`,
        otherHref: hrefTo(workspace, `causes/${other}`, everything),
        sentence: `on ${instantText(split.made_at, workspace.timeZone)} by ${split.actor}${split.reason === null ? "." : `: ${split.reason}`}`,
      };
    }),
  };
}

/** The cases of the cause, and where the choice is by a value those that have it. */
function casesOfChoice(
  { page }: RequestedFilter,
  causeId: number,
  choice: SplitChoice,
): Promise<CasesOfCause> {
  return page("casesOfCause", { causeId, having: choice.by === "value" ? choice : null });
}

function noPartsText(cases: number): string {
  return cases > mostForParts
    ? `To compare ${counted(cases, "case")} with each other takes too long; at most ${counted(mostForParts, "case")} can be. Split it by words or by a value.`
    : "Its texts do not fall into two parts. Split it by words or by a value.";
}

async function partViews(
  db: Database,
  workspaceId: number,
  parts: readonly CausePart[],
  ticked: readonly number[],
): Promise<PartView[]> {
  const lines = await listCases(
    db,
    workspaceId,
    parts.map((part) => part.exemplarCaseId),
  );
  return parts.map((part, index) => ({
    number: index + 1,
    size: counted(part.caseIds.length, "case"),
    phrases: phrasesText(part.keyphrases),
    opening: openingText(`${lines[index]?.title ?? ""} ${lines[index]?.opening ?? ""}`.trim(), lettersShown),
    isTicked: ticked.includes(index + 1),
  }));
}

async function previewOf(
  db: Database,
  { id, name }: Workspace,
  asked: { found: CasesOfCause; choice: SplitChoice; parts: readonly CausePart[] },
): Promise<CauseSplitView["preview"]> {
  const chosen = await chosenSplit(db, id, asked);
  const { going, staying } = chosen;
  const problem = problemOf(chosen);
  const lines = await listCases(db, id, going.slice(-casesShown).toReversed());
  return {
    sentence:
      problem ??
      `${counted(going.length, "case")} would make a new cause, ${counted(staying.length, "case")} would stay, in every period. Each keeps its ` +
        "place in every later run, and cases that come later follow those that they are like. The new cause begins with the " +
        "category of this one; its second fixes stay here.",
    fields: problem === null ? [...fieldsOf(asked.choice), ["digest", chosen.digest]] : [],
    some: lines.map((line) => ({
      ...line,
      href: `/w/${encodeURIComponent(name)}/cases/${line.case_id}`,
    })),
    name: chosen.label,
  };
}

function problemOf({ going, staying }: ChosenSplit): string | null {
  if (going.length === 0) return "No case of this cause is among those: nothing would move.";
  return staying.length === 0 ? "Every case of this cause is among those: nothing would stay." : null;
}

function fieldsOf(choice: SplitChoice): [string, string][] {
  if (choice.by === "words")
    return [
      ["split", "words"],
      ["words", choice.words],
    ];
  if (choice.by === "value")
    return [
      ["split", "value"],
      ["value", `${choice.dimension}:${choice.value}`],
    ];
  return [["split", "parts"], ...choice.parts.map((part): [string, string] => ["part", String(part)])];
}

const actor = "local user";
const mostCharacters = { name: 200, reason: 500, digest: 64 };

/** Does what the form confirms, if that is still what it showed. */
export async function changeSplit(
  requested: RequestedFilter,
  { causeId, form }: { causeId: number; form: FormData },
): Promise<void> {
  const { services, snapshot } = requested;
  const { workspace } = snapshot;
  const { db } = services.database;
  const params = new URLSearchParams(
    [...form].flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
  const choice = parseSplitChoice(params);
  if (choice === null) throw badRequest("The split says not which cases shall go. Open the page again.");
  const found = await casesOfChoice(requested, causeId, choice);
  const parts = choice.by === "parts" ? await findParts(services, workspace, found.ids) : [];
  const { digest, ...chosen } = await chosenSplit(db, workspace.id, { found, choice, parts });
  const problem = problemOf({ ...chosen, digest });
  if (problem !== null) throw badRequest(problem);
  if (digest !== textField(form, "digest", mostCharacters.digest))
    throw badRequest(
      "The cases of this cause have changed since the split was shown. Look at it again, and confirm it then.",
    );
  const newId = await splitCause(db, workspace.id, {
    ...chosen,
    from: causeId,
    name: textField(form, "name", mostCharacters.name),
    reason: textField(form, "reason", mostCharacters.reason),
    actor,
  });
  if (newId === undefined)
    throw notFound(`There is no cause ${causeId} in this workspace that could be split.`);
}

/** The new cause becomes part of the old one again. */
export async function takeBackSplit(services: Services, workspaceId: number, causeId: number): Promise<void> {
  const done = await undoSplit(services.database.db, workspaceId, { causeId, actor });
  if (done === "not_split")
    throw notFound(`The cause ${causeId} was not split from another one, or no longer is.`);
  if (done === "entangled")
    throw badRequest(
      "Since that split other causes were merged into the new one or split from it, or it was merged itself. Take that back first.",
    );
}
