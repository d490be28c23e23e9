import { openingText } from "#app/format.ts";
import type { EmergingOfView } from "#app/pages/emerging.ts";
import type { Workspace } from "#app/tables/view.ts";
import { listCases } from "#db/queries/cases.ts";
import type { Database } from "#db/schema.ts";

/** A group of emerging cases in a list: figures of the cases that the page's filter shows. */
export type EmergingGroupLine = EmergingOfView["groups"][number] & {
  /** How the case most like all others of it begins. */
  opening: string;
};

/** What the page of causes shows about emerging cases that are alike. Plain data. */
export interface EmergingView {
  /** Those with a case that the filter shows, the largest first. */
  groups: EmergingGroupLine[];
  /** How many cases they rest on, and what was left out. */
  sentence: string;
}

const lettersShown = 160;

/** The groups with how their cases begin, which only the database knows. */
export async function emergingView(
  db: Database,
  workspace: Workspace,
  { groups, sentence }: EmergingOfView,
): Promise<EmergingView> {
  const exemplars = groups.map(({ exemplarCaseId }) => exemplarCaseId);
  const lines = await listCases(db, workspace.id, exemplars);
  const openings = new Map(
    lines.map(({ case_id: id, title, opening }) => [id, `${title ?? ""} ${opening ?? ""}`.trim()]),
  );
  return {
    sentence,
    groups: groups.map((group) => ({
      ...group,
      opening: openingText(openings.get(group.exemplarCaseId) ?? "", lettersShown),
    })),
  };
}
