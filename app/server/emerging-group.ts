import { createHash } from "node:crypto";
import type { LinkedCaseLine } from "#app/components/case-list.tsx";
import { counted } from "#app/format.ts";
import type { PageHead } from "#app/pages/page-head.ts";
import { listCases } from "#db/queries/cases.ts";
import { promoteCases } from "#db/queries/cause-promotions.ts";
import { refuseStrangeId } from "./case-move.ts";
import { badRequest, notFound } from "./http-errors.ts";
import { textField } from "./read-form.ts";
import type { RequestedFilter } from "./request-view.ts";
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
  requested: RequestedFilter,
  { caseId, page }: { caseId: string; page: number },
): Promise<{ head: PageHead; group: EmergingGroupView; address: string; causesHref: string }> {
  const { services, snapshot } = requested;
  const { group, shown } = await groupOfCase(requested, { caseId, page });
  const { figures, caseIds } = shown;
  const linked = async (ids: readonly string[]): Promise<LinkedCaseLine[]> =>
    (await listCases(services.database.db, snapshot.workspace.id, ids)).map((line) => ({
      ...line,
      href: `/w/${encodeURIComponent(snapshot.workspace.name)}/cases/${line.case_id}`,
    }));
  return {
    head: shown.head,
    address: shown.address,
    causesHref: shown.causesHref,
    group: {
      label: group.label,
      facts: [
        { term: "What sets them apart", value: phrasesText(group.keyphrases) },
        { term: "Cases shown here", value: figures.cases },
        { term: "Customers", value: figures.customers },
        { term: "First and latest", value: `${figures.first} – ${figures.latest}` },
      ],
      exemplar: (await linked([group.exemplarCaseId]))[0] ?? null,
      lines: await linked(shown.onPage),
      paging: shown.paging,
      sentence: `All its ${counted(caseIds.length, "case")} become one cause, in every period, and stay together in every later run; cases that come later may follow those that they are like. It has no category until a run or a person gives it one. This can be undone on its page.`,
      digest: digestOf(caseIds),
    },
  };
}

const actor = "local user";
const mostCharacters = { name: 200, reason: 500, digest: 64 };

/** Makes a cause of the group, if it is still what the form showed. Returns the new cause. */
export async function makeCause(
  requested: RequestedFilter,
  { caseId, form }: { caseId: string; form: FormData },
): Promise<number> {
  const { services, snapshot } = requested;
  const { group, shown } = await groupOfCase(requested, { caseId, page: 1 });
  const { label, keyphrases, exemplarCaseId } = group;
  const isAsShown = digestOf(shown.caseIds) === textField(form, "digest", mostCharacters.digest);
  const causeId = isAsShown
    ? await promoteCases(services.database.db, snapshot.workspace.id, {
        caseIds: shown.caseIds,
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
  { services, snapshot, page: compute, asked }: RequestedFilter,
  { caseId, page }: { caseId: string; page: number },
) {
  refuseStrangeId(caseId);
  const { groups } = await services.emergingGroups(snapshot);
  const group = groups.find(({ caseIds }) => caseIds.includes(caseId));
  const { caseIds = [] } = group ?? {};
  const shown = await compute("emergingGroup", { ...asked, caseId, caseIds, page, pageSize });
  if (group === undefined || shown === null)
    throw notFound(
      "That case is in no group of emerging cases, or no longer: a run, a load or a person may have given it a cause. The page of causes lists the groups that there are.",
    );
  return { group, shown };
}

function digestOf(caseIds: readonly string[]): string {
  return createHash("sha256").update(caseIds.join()).digest("hex").slice(0, 16);
}
