import { type Category, categories } from "#analytics/case.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { listCodes, type PersonsCode, saveCode, withdrawCode } from "#db/queries/case-codes.ts";
import { readCaseRecords } from "#db/queries/case-records.ts";
import {
  type CodebookCause,
  type CodingSample,
  findSample,
  listSampleCases,
} from "#db/queries/coding-samples.ts";
import type { Database } from "#db/schema.ts";
import { noSample } from "./coding-sample.ts";
import { badRequest, notFound } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import { wholeNumber } from "./request-view.ts";

const mostCharacters = { coder: 60, kind: 20, case: 40, cause: 20, category: 20 };
/** What the forms send for "none of these causes" and for a category that can't be told. */
export const noneOfThem = "none";
export const cannotTell = "cannot_tell";

/** What a coder sees of a drawn case: what was said, and nothing that machine or people made of it. Plain data. */
export interface CaseCodingView {
  sampleId: number;
  coder: string;
  /** Of the sample's cases. */
  coded: number;
  cases: number;
  /** `null`: all are coded, and none was asked for. */
  current: CodedCase | null;
}

export interface CodedCase {
  caseId: string;
  place: number;
  title: string | null;
  narrative: string | null;
  facts: { term: string; value: string | null }[];
  causes: CodebookCause[];
  /** The coder's own word, where there is one. */
  own: { cause: string; category: string } | null;
  previousHref: string | null;
  nextHref: string | null;
}

/** The asked case of a sample, or the first that this person has not coded. */
export async function caseCodingView(
  db: Database,
  { workspace }: Snapshot,
  { sampleId, search }: { sampleId: number; search: URLSearchParams },
): Promise<CaseCodingView> {
  const sample = await sampleOf(db, workspace.id, sampleId);
  const codes = await listCodes(db, { workspaceId: workspace.id, sampleId });
  const coder = coderNamed(search.get("coder"), codes);
  const own = codes.filter((code) => code.coder === coder);
  const ids = (await listSampleCases(db, workspace.id, sampleId)).map(({ caseId }) => caseId);
  const at = placeOf(ids, own, search.get("place"));
  const hrefOf = (place: number) =>
    place < 1 || place > ids.length
      ? null
      : `/w/${encodeURIComponent(workspace.name)}/causes/coding/${sampleId}?${new URLSearchParams({ coder, place: String(place) })}`;
  const caseId = ids[at];
  return {
    sampleId,
    coder,
    coded: own.length,
    cases: ids.length,
    current:
      caseId === undefined
        ? null
        : {
            ...(await whatWasSaid(db, workspace, caseId)),
            caseId,
            place: at + 1,
            causes: sample.codebook,
            own: ownWord(own.find((code) => code.caseId === caseId)),
            previousHref: hrefOf(at),
            nextHref: hrefOf(at + 2),
          },
  };
}

/** Does what the form of a drawn case asks for, and returns the coder's name as it is kept. */
export async function changeCode(
  db: Database,
  { workspace }: Snapshot,
  { sampleId, form }: { sampleId: number; form: FormData },
): Promise<string> {
  const { codebook } = await sampleOf(db, workspace.id, sampleId);
  const sample = { workspaceId: workspace.id, sampleId };
  const coder = coderNamed(textField(form, "coder", mostCharacters.coder), await listCodes(db, sample));
  const caseId = textField(form, "case", mostCharacters.case) ?? "";
  const drawn = (await listSampleCases(db, workspace.id, sampleId)).some((one) => one.caseId === caseId);
  if (!drawn) throw notFound(`The sample ${sampleId} has no case "${caseId}". Open its page again.`);
  const kind = textField(form, "kind", mostCharacters.kind);
  if (kind === "withdraw") {
    if (!(await withdrawCode(db, sample, { caseId, coder })))
      throw notFound(`${coder} has not coded this case, so there is nothing to take back.`);
  } else if (kind === "code") {
    const causeId = causeOf(textField(form, "cause", mostCharacters.cause), codebook);
    const category = categoryOf(textField(form, "category", mostCharacters.category));
    await saveCode(db, sample, { caseId, coder, causeId, category });
  } else throw badRequest(`The form's kind "${kind ?? ""}" is not known. Expected code or withdraw.`);
  return coder;
}

async function sampleOf(db: Database, workspaceId: number, sampleId: number): Promise<CodingSample> {
  const sample = await findSample(db, workspaceId, sampleId);
  if (sample === undefined) throw noSample(sampleId);
  return sample;
}

/**
 * A coder's name, spelled as before whoever types it in other letters.
 * @throws a bad request where it is no name
 */
export function coderNamed(given: string | null, codes: readonly PersonsCode[]): string {
  const name = (given ?? "").replaceAll(/\s+/g, " ").trim();
  if (!/\p{L}/u.test(name) || /\p{C}/u.test(name))
    throw badRequest(
      "Who codes? Give a name of at least one letter on the page of samples; it is kept with each code.",
    );
  if (name.length > mostCharacters.coder)
    throw badRequest(`The name has ${name.length} characters. Expected at most ${mostCharacters.coder}.`);
  return codes.find(({ coder }) => coder.toLowerCase() === name.toLowerCase())?.coder ?? name;
}

function placeOf(ids: readonly string[], own: readonly PersonsCode[], asked: string | null): number {
  if (asked === null) {
    const coded = new Set(own.map(({ caseId }) => caseId));
    return ids.findIndex((id) => !coded.has(id));
  }
  const place = wholeNumber(asked, "place");
  if (place > ids.length) throw notFound(`The sample has ${ids.length} cases, so there is no case ${place}.`);
  return place - 1;
}

async function whatWasSaid(db: Database, workspace: Snapshot["workspace"], caseId: string) {
  for await (const { record } of readCaseRecords(db, workspace, [caseId]))
    return {
      title: record.title,
      narrative: record.narrative,
      facts: [
        { term: "Contact reason", value: record.contact_reason },
        { term: "Product", value: record.product },
        { term: "Channel", value: record.channel },
      ],
    };
  throw notFound("This case has just been taken away. Open the page again.");
}

function ownWord(code: PersonsCode | undefined): CodedCase["own"] {
  if (code === undefined) return null;
  return {
    cause: code.causeId === null ? noneOfThem : String(code.causeId),
    category: code.category ?? cannotTell,
  };
}

function causeOf(given: string | null, codebook: readonly CodebookCause[]): number | null {
  if (given === null) throw badRequest("Choose a cause, or “none of these”, and send the form again.");
  if (given === noneOfThem) return null;
  const cause = codebook.find(({ causeId }) => String(causeId) === given);
  if (cause === undefined)
    throw badRequest(`The cause "${given}" is not in the list of this sample. Choose one of the list.`);
  return cause.causeId;
}

function categoryOf(given: string | null): Category | null {
  if (given === null) throw badRequest("Choose a category, or “can't tell”, and send the form again.");
  if (given === cannotTell) return null;
  const category = categories.find((value) => value === given);
  if (category === undefined)
    throw badRequest(
      `The category "${given}" is not known. Expected one of ${categories.join(", ")}, ${cannotTell}.`,
    );
  return category;
}
