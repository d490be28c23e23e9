import type { Share } from "#analytics/metrics/share.ts";
import type { VersionAdherence } from "#analytics/what-worked/playbook-adherence.ts";
import { ruleSentence, type SaidPlaybook } from "#app/sentences/playbook-sentences.ts";
import type { TableData, TableRow } from "./table.ts";
import type { Workspace } from "./view.ts";

/** How far the cases of a version's days were handled as it says: a row a rule that it sets, and one of all together. */
export function adherenceTable(
  workspace: Workspace,
  { causeId, playbook, adherence }: { causeId: number; playbook: SaidPlaybook; adherence: VersionAdherence },
): TableData {
  const { version, cases, rules, whole, unknown } = adherence;
  const base = `/w/${encodeURIComponent(workspace.name)}/causes/${causeId}/playbook`;
  const rows = rules.flatMap(({ rule, kept, unknown: notKnown, broken }): TableRow[] => {
    const sentence = ruleSentence(rule, playbook);
    if (sentence === null) return [];
    const cells = { rule: sentence, cases, ...keptCells(kept), broken: broken.length, unknown: notKnown };
    const href = `${base}/broken?version=${version}&rule=${rule}`;
    return [broken.length === 0 ? { cells } : { cells, href }];
  });
  const together: TableRow = {
    tone: "total",
    cells: {
      rule: "All rules together",
      cases,
      ...keptCells(whole),
      broken: whole.n - whole.hits,
      unknown,
    },
  };
  return {
    name: `playbook-version-${version}`,
    caption: `Kept by rule, version ${version}`,
    csvHref: `${base}/version-${version}.csv`,
    note:
      "Cases resolved while the version was in force, by the day they were resolved. A share is of the cases of which it is known, " +
      "with the 95 % Wilson interval; what is unknown is no breach, and all rules together count a case only where each is known. " +
      "A rule opens the cases that broke it.",
    columns: [
      { key: "rule", label: "Rule", kind: "text" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "kept", label: "Kept", kind: "share", n: "known", hits: "kept_cases", withCases: true },
      { key: "kept_low", label: "Kept, low", kind: "share" },
      { key: "kept_high", label: "Kept, high", kind: "share" },
      { key: "kept_cases", label: "Kept, cases", kind: "count", csvOnly: true },
      { key: "known", label: "Known", kind: "count", csvOnly: true },
      { key: "broken", label: "Broken", kind: "count" },
      { key: "unknown", label: "Unknown", kind: "count" },
    ],
    rows: rows.length === 0 ? [] : [...rows, together],
  };
}

function keptCells({ hits, n, share, interval }: Share) {
  return {
    kept: share,
    kept_low: interval?.low ?? null,
    kept_high: interval?.high ?? null,
    kept_cases: hits,
    known: n,
  };
}
