import { createHash } from "node:crypto";
import type { EmergingGroup } from "#analytics/causes/emerging-groups.ts";
import { caseIdAt } from "#analytics/facts/facts.ts";
import { groupFigures } from "#analytics/metrics/group-figures.ts";
import type { LinkedCaseLine } from "#app/components/case-list.tsx";
import { counted } from "#app/format.ts";
import type { Snapshot, View } from "#app/tables/view.ts";
import { listCases } from "#db/queries/cases.ts";
import { promoteCases } from "#db/queries/cause-promotions.ts";
import { refuseStrangeId } from "./case-move.ts";
import { figureTexts, rowsById, rowsOf, smallestGroup } from "./emerging-view.ts";
import { badRequest, notFound } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import type { Services } from "./services.ts";
import { phrasesText } from "./split-choice.ts";

/** A group of emerging cases on a page of its own. Plain data. */
export interface EmergingGroupView {
  label: string;
  facts: { term: string; value: string }[];
  exemplar: LinkedCaseLine | null;
  /** The cases of it that the filter shows, the latest first. */
  lines: LinkedCaseLine[];
  /** How many of them there are, and on how many pages. */
  paging: { page: number; pageSize: number; total: number };
  /** What making a cause of it does. */
  sentence: string;
  /** Of exactly these cases: what is confirmed is what was shown. */
  digest: string;
}

const pageSize = 50;

/** @param caseId any case of the group: its number would mean another group after the next load */
export async function emergingGroupView(
  services: Services,
  view: View,
  { caseId, page }: { caseId: string; page: number },
): Promise<EmergingGroupView> {
  const { facts, workspace } = view;
  const { group, rows } = await groupOfCase(services, view, caseId);
  const inFilter = new Set(view.incidence);
  const shown = rows.filter((row) => inFilter.has(row)).toReversed();
  const { db } = services.database;
  const linked = async (ids: readonly string[]): Promise<LinkedCaseLine[]> =>
    (await listCases(db, workspace.id, ids)).map((line) => ({
      ...line,
      href: `/w/${encodeURIComponent(workspace.name)}/cases/${line.case_id}`,
    }));
  const { cases, customers, first, latest } = figureTexts(groupFigures(facts, shown));
  const onPage = shown.slice((page - 1) * pageSize, page * pageSize);
  return {
    label: group.label,
    facts: [
      { term: "What sets them apart", value: phrasesText(group.keyphrases) },
      { term: "Cases shown here", value: cases },
      { term: "Customers", value: customers },
      { term: "First and latest", value: `${first} – ${latest}` },
    ],
    exemplar: (await linked([group.exemplarCaseId]))[0] ?? null,
    lines: await linked(onPage.map((row) => caseIdAt(facts, row))),
    paging: { page, pageSize, total: shown.length },
    sentence: `All its ${counted(rows.length, "case")} become one cause, in every period, and stay together in every later run; cases that come later may follow those that they are like. It has no category until a run or a person gives it one. This can be undone on its page.`,
    digest: digestOf(view, rows),
  };
}

const actor = "local user";
const mostCharacters = { name: 200, reason: 500, digest: 64 };

/** Makes a cause of the group, if it is still what the form showed. Returns the new cause. */
export async function makeCause(
  services: Services,
  snapshot: Snapshot,
  { caseId, form }: { caseId: string; form: FormData },
): Promise<number> {
  const { group, rows } = await groupOfCase(services, snapshot, caseId);
  const { label, keyphrases, exemplarCaseId } = group;
  const isAsShown = digestOf(snapshot, rows) === textField(form, "digest", mostCharacters.digest);
  const causeId = isAsShown
    ? await promoteCases(services.database.db, snapshot.workspace.id, {
        caseIds: rows.map((row) => caseIdAt(snapshot.facts, row)),
        label,
        keyphrases,
        exemplarCaseId,
        name: textField(form, "name", mostCharacters.name),
        reason: textField(form, "reason", mostCharacters.reason),
        actor,
      })
    : undefined;
  if (causeId === undefined)
    throw badRequest(
      "The cases of this group have changed since it was shown. Look at it again, and make a cause of it then.",
    );
  services.forgetSnapshot(snapshot.workspace.name);
  return causeId;
}

async function groupOfCase(
  services: Services,
  snapshot: Snapshot,
  caseId: string,
): Promise<{ group: EmergingGroup; rows: number[] }> {
  refuseStrangeId(caseId);
  const { groups } = await services.emergingGroups(snapshot);
  const group = groups.find(({ caseIds }) => caseIds.includes(caseId));
  const rows = group === undefined ? [] : rowsOf(group, rowsById(snapshot.facts));
  if (group === undefined || rows.length < smallestGroup)
    throw notFound(
      "That case is in no group of emerging cases, or no longer: a run, a load or a person may have given it a cause. The page of causes lists the groups that there are.",
    );
  return { group, rows };
}

function digestOf({ facts }: Snapshot, rows: readonly number[]): string {
  const ids = rows.map((row) => caseIdAt(facts, row));
  return createHash("sha256").update(ids.join()).digest("hex").slice(0, 16);
}
