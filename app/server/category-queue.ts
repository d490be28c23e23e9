import { type Category, categories } from "#analytics/case.ts";
import type { QuotedCaseProps } from "#app/components/quoted-case.tsx";
import { categoryText, counted, dateText, openingText, shareText } from "#app/format.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { findMove } from "#db/queries/case-moves.ts";
import { listCases } from "#db/queries/cases.ts";
import { type Cause, decideCause, findCause, listCauseStates } from "#db/queries/causes.ts";
import { undoCategory } from "#db/queries/undo-category.ts";
import type { Database } from "#db/schema.ts";
import { badRequest, notFound } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import { type RequestedSnapshot, wholeNumber } from "./request-view.ts";
import type { Services } from "./services.ts";

const actor = "local user";
const mostCharacters = { cause: 20, kind: 20, category: 20 };
const lettersQuoted = 700;
/** What the form sends for "none of these". */
const noneOfThem = "none";

/** One cause that a person is asked about, with what led to the suggestion. Plain data. */
export interface CategoryQueueView {
  /** `null`: every cause is confirmed, or was passed over. */
  asked: {
    causeId: number;
    name: string;
    href: string;
    size: string;
    suggestion: Category | null;
    sentence: string;
    keyphrases: readonly string[];
    exemplar: QuotedCaseProps | null;
    /** Passes it over for now. */
    laterHref: string;
  } | null;
  left: number;
  passedOver: number;
  /** What was just said, to be undone. */
  said: { causeId: number; sentence: string } | null;
}

/** The largest and least certain of the causes that nobody has confirmed, without those passed over. */
export async function categoryQueueView(
  { services, snapshot: { workspace }, page, today }: RequestedSnapshot,
  search: URLSearchParams,
): Promise<CategoryQueueView> {
  const { db } = services.database;
  const queue = await page("categoryQueue", { today, states: await listCauseStates(db, workspace.id) });
  const later = search.getAll("later");
  const rest = queue.filter(({ cause }) => !later.includes(String(cause?.causeId)));
  const [next] = rest;
  const cause = next?.cause == null ? undefined : await findCause(db, workspace.id, next.cause.causeId);
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  return {
    asked:
      cause === undefined || next === undefined
        ? null
        : {
            causeId: cause.cause_id,
            name: cause.name ?? cause.label,
            href: `${base}/causes/${cause.cause_id}`,
            size: counted(next.cases, "case"),
            suggestion: cause.category,
            sentence: suggestionSentence(cause),
            keyphrases: cause.keyphrases,
            exemplar: await exemplarOf(db, workspace.id, { cause, base }),
            laterHref: `${base}/causes/confirm?${new URLSearchParams([...later, String(cause.cause_id)].map((id) => ["later", id]))}`,
          },
    left: rest.length,
    passedOver: queue.length - rest.length,
    said: await saidJustNow(db, workspace.id, search.get("said")),
  };
}

/** Does what the form asks for; returns the cause of which something was said, `null` where that was taken back. */
export async function changeQueue(
  services: Services,
  { workspace }: Snapshot,
  form: FormData,
): Promise<number | null> {
  const { db } = services.database;
  const causeId = wholeNumber(textField(form, "cause", mostCharacters.cause) ?? "", "cause");
  const kind = textField(form, "kind", mostCharacters.kind);
  if (kind === "undo") {
    if (!(await undoCategory(db, workspace.id, { causeId, actor })))
      throw notFound(`Nobody has confirmed the category of cause ${causeId}, so there is nothing to undo.`);
    return null;
  }
  const category = confirmedCategory(textField(form, "category", mostCharacters.category));
  const reason = "Confirmed in the queue.";
  if (!(await decideCause(db, workspace.id, causeId, { kind: "set_category", category, reason, actor })))
    throw notFound(`There is no cause ${causeId} in this workspace.`);
  return causeId;
}

function confirmedCategory(given: string | null): Category | null {
  if (given === noneOfThem) return null;
  const category = categories.find((value) => value === given);
  if (category === undefined)
    throw badRequest(
      `The category "${given ?? ""}" is not known. Expected one of ${categories.join(", ")}, ${noneOfThem}.`,
    );
  return category;
}

function suggestionSentence({
  category,
  category_confidence: confidence,
  category_reason: reason,
}: Cause): string {
  const why = reason === null ? "" : ` (${reason})`;
  return category === null
    ? `The machine suggests no category${why}.`
    : `The machine suggests ${categoryText(category)}, ${shareText(confidence)} sure${why}.`;
}

/** The case that says it best, unless a person has moved it elsewhere. */
async function exemplarOf(
  db: Database,
  workspaceId: number,
  { cause, base }: { cause: Cause; base: string },
): Promise<QuotedCaseProps | null> {
  const caseId = cause.exemplar_case_id;
  if (caseId === null || (await findMove(db, workspaceId, caseId)) !== undefined) return null;
  const [line] = await listCases(db, workspaceId, [caseId]);
  if (line === undefined || line.opening === null) return null;
  return {
    title: `The case that says it best: ${line.title ?? line.source_case_id}`,
    text: openingText(line.opening, lettersQuoted),
    href: `${base}/cases/${caseId}`,
    source: dateText(line.incidence_day),
  };
}

async function saidJustNow(
  db: Database,
  workspaceId: number,
  given: string | null,
): Promise<CategoryQueueView["said"]> {
  if (given === null) return null;
  const cause = await findCause(db, workspaceId, wholeNumber(given, "cause"));
  if (cause?.category_source !== "person") return null;
  return {
    causeId: cause.cause_id,
    sentence: `“${cause.name ?? cause.label}” is kept as ${categoryText(cause.category)}.`,
  };
}
