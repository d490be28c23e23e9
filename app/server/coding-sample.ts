import { caseIdAt } from "#analytics/facts/facts.ts";
import type { Selection } from "#analytics/filter/select.ts";
import { type CaseCode, codingAgreement } from "#analytics/metrics/coding-agreement.ts";
import { counted, instantText } from "#app/format.ts";
import { categoryAgreement, causeAgreement } from "#app/sentences/coding-sentences.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { listCodes, type PersonsCode } from "#db/queries/case-codes.ts";
import {
  type CodingSample,
  insertSample,
  keepReadable,
  listSampleCases,
  listSamples,
  nextSampleId,
} from "#db/queries/coding-samples.ts";
import type { Database } from "#db/schema.ts";
import { findWorkspace } from "#db/workspaces.ts";
import { badRequest, notFound } from "./http-errors.ts";
import type { RequestedSnapshot } from "./request-view.ts";

export const usualSampleSize = 50;
export const sampleSizes = { least: 10, most: 500 };
const actor = "local user";

/** What the page of samples shows of one. Plain data. */
export interface SampleView {
  sampleId: number;
  /** When it was drawn, from what, and which run it is about. */
  sentence: string;
  cases: number;
  coders: { coder: string; coded: number; href: string }[];
  /** Two codings each, with their agreement in words. */
  agreements: { term: string; value: string }[];
  href: string;
  csvHref: string;
}

/**
 * Draws cases by chance from all that are loaded and have something to read, and keeps what is published of them now.
 * @throws a bad request where no run has found causes yet, or there is nothing to draw
 */
export async function drawSample(
  { services, snapshot, page, today }: RequestedSnapshot,
  size: number,
): Promise<void> {
  const { db } = services.database;
  const { facts, workspace } = snapshot;
  const runId = (await findWorkspace(db, workspace.name))?.current_run_id ?? null;
  if (runId === null)
    throw badRequest(
      "No run has found causes here yet, so there is nothing to compare with. Load cases first.",
    );
  const sampleId = await nextSampleId(db, workspace.id);
  const { rows, codebook } = await page("sampleOrder", { today, seed: sampleId });
  const drawn = await firstReadable(db, snapshot, rows, size);
  if (drawn.length === 0)
    throw badRequest("No case of this workspace has a text or a contact reason, so nobody could code one.");
  const cases = drawn.map(({ caseId, row }): CaseCode => {
    const cause = facts.causes[facts.codes.cause[row] ?? 0];
    return { caseId, causeId: cause?.causeId ?? null, category: cause?.category ?? null };
  });
  await insertSample(db, workspace.id, sampleId, { runId, cases, codebook, drawnFrom: facts.size, actor });
}

/** The first `size` of the ordered cases that have something to read. */
async function firstReadable(
  db: Database,
  { workspace, facts }: Snapshot,
  ordered: Selection,
  size: number,
): Promise<{ caseId: string; row: number }[]> {
  const found: { caseId: string; row: number }[] = [];
  for (let start = 0; start < ordered.length && found.length < size; start += sampleSizes.most) {
    const rows = ordered.subarray(start, start + sampleSizes.most);
    const rowOf = new Map(Array.from(rows, (row) => [caseIdAt(facts, row), row]));
    const readable = await keepReadable(db, workspace.id, [...rowOf.keys()]);
    found.push(...readable.map((caseId) => ({ caseId, row: rowOf.get(caseId) ?? 0 })));
  }
  return found.slice(0, size);
}

/** The samples of a workspace with how far codings of them agree, the latest first. */
export async function sampleViews(db: Database, { workspace }: Snapshot): Promise<SampleView[]> {
  const samples = await listSamples(db, workspace.id);
  return Promise.all(samples.map((sample) => sampleView(db, workspace, sample)));
}

async function sampleView(
  db: Database,
  workspace: Snapshot["workspace"],
  { sampleId, runId, drawnAt, drawnFrom }: CodingSample,
): Promise<SampleView> {
  const published = await listSampleCases(db, workspace.id, sampleId);
  const byCoder = codesByCoder(await listCodes(db, { workspaceId: workspace.id, sampleId }));
  const href = `/w/${encodeURIComponent(workspace.name)}/causes/coding/${sampleId}`;
  return {
    sampleId,
    sentence:
      `${counted(published.length, "case")} drawn by chance from ${counted(drawnFrom, "case")} on ` +
      `${instantText(drawnAt, workspace.timeZone)}, with what run ${runId} had published of them.`,
    cases: published.length,
    coders: [...byCoder].map(([coder, codes]) => ({
      coder,
      coded: codes.length,
      href: `${href}?${new URLSearchParams({ coder })}`,
    })),
    agreements: pairsOf<Coding>([["What is published", published], ...byCoder]).flatMap(([one, other]) => {
      const agreement = codingAgreement(one[1], other[1]);
      const term = `${one[0]} and ${other[0]}`;
      return [
        { term: `${term}: cause`, value: causeAgreement(agreement) },
        { term: `${term}: category`, value: categoryAgreement(agreement) },
      ];
    }),
    href,
    csvHref: `${href}/codes.csv`,
  };
}

/** Whose it is, and the codes. */
type Coding = [of: string, codes: readonly CaseCode[]];

/** What each person coded, in the order in which they began. */
function codesByCoder(codes: readonly PersonsCode[]): Map<string, PersonsCode[]> {
  return Map.groupBy(codes, ({ coder }) => coder);
}

function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other): [T, T] => [one, other]));
}

/** @throws not found */
export function noSample(sampleId: number): Response {
  return notFound(`There is no sample ${sampleId} in this workspace. The page of samples leads to each.`);
}
