import type { Share } from "#analytics/metrics/share.ts";
import { type Association, fewestForColour } from "#analytics/what-worked/association.ts";
import type { Tested } from "#analytics/what-worked/false-discoveries.ts";
import type { VersionAdherence } from "#analytics/what-worked/playbook-adherence.ts";
import { type RemedyEffect, remedyEffects } from "#analytics/what-worked/remedy-effects.ts";
import { outcomeResult } from "#analytics/what-worked/results.ts";
import { words } from "#app/format.ts";
import { ruleSentence, type SaidPlaybook } from "#app/sentences/playbook-sentences.ts";
import type { TableData, TableRow } from "./table.ts";
import { casesHref, type View, type Workspace } from "./view.ts";

/** How far the cases of a version's days were handled as it says: a row a rule that it sets, and one of all together. */
export function adherenceTable(
  workspace: Workspace,
  { causeId, playbook, adherence }: { causeId: number; playbook: SaidPlaybook; adherence: VersionAdherence },
): TableData {
  const { version, cases, rules, whole, unknown } = adherence;
  const base = playbookBase(workspace, causeId);
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

/**
 * The cases that got a remedy beside those that did not, and how often they were restored: raw, and alike in severity.
 * `null` where the sources do not tell enough outcomes.
 */
export function remedyEffectsTable(view: View, causeId: number): TableData | null {
  if (view.outcomesArePartial) return null;
  const { facts, resolved } = view;
  const hasSeverity = resolved.some((row) => facts.codes.severity[row] !== 0);
  const results = [outcomeResult(facts, "restored")];
  const effects = remedyEffects(facts, resolved, results, hasSeverity ? ["severity"] : []);
  const base = playbookBase(view.workspace, causeId);
  return {
    name: "playbook-evidence",
    caption: "Restored with a remedy and without it",
    csvHref: `${base}/evidence.csv`,
    note:
      "Association, not proof: who gives a remedy knows more of a case than is compared here. The ratio compares " +
      `${hasSeverity ? "cases of the same severity (Mantel-Haenszel)" : "all cases, since no severity is known"}; ` +
      "“more often” and “less often” hold at a false discovery rate of 5 % over this table.",
    columns: [
      { key: "remedy", label: "Remedy", kind: "text" },
      {
        key: "with",
        label: "Restored with it",
        kind: "share",
        n: "with_n",
        hits: "with_cases",
        withCases: true,
      },
      { key: "with_low", label: "With it, low", kind: "share" },
      { key: "with_high", label: "With it, high", kind: "share" },
      { key: "with_cases", label: "With it, cases", kind: "count", csvOnly: true },
      { key: "with_n", label: "With it, known", kind: "count", csvOnly: true },
      {
        key: "without",
        label: "Without it",
        kind: "share",
        n: "without_n",
        hits: "without_cases",
        withCases: true,
      },
      { key: "without_low", label: "Without it, low", kind: "share" },
      { key: "without_high", label: "Without it, high", kind: "share" },
      { key: "without_cases", label: "Without it, cases", kind: "count", csvOnly: true },
      { key: "without_n", label: "Without it, known", kind: "count", csvOnly: true },
      { key: "ratio", label: hasSeverity ? "Ratio, alike in severity" : "Ratio", kind: "rate" },
      { key: "ratio_low", label: "Ratio, low", kind: "rate" },
      { key: "ratio_high", label: "Ratio, high", kind: "rate" },
      { key: "said", label: "Restored", kind: "text" },
      { key: "q", label: "q", kind: "rate", csvOnly: true },
    ],
    rows: effects
      .filter(({ association }) => association.with.n > 0)
      .map((effect) => ({
        href: casesHref(view, "outcome", ["remedy", effect.remedy]),
        cells: effectCells(effect),
      })),
  };
}

/** A ratio of so few cases would be read as one: it is left out, as the verb is. */
function effectCells({ remedy, association, q }: Tested<RemedyEffect>) {
  const { isThin, ratio } = association;
  const shown = isThin ? null : ratio;
  return {
    remedy: words(remedy),
    ...sideCells("with", association.with),
    ...sideCells("without", association.without),
    ratio: shown?.ratio ?? null,
    ratio_low: shown?.interval?.low ?? null,
    ratio_high: shown?.interval?.high ?? null,
    said: saidOf(association, q),
    q,
  };
}

function sideCells(key: "with" | "without", { hits, n, share, interval }: Share) {
  return {
    [key]: share,
    [`${key}_low`]: interval?.low ?? null,
    [`${key}_high`]: interval?.high ?? null,
    [`${key}_cases`]: hits,
    [`${key}_n`]: n,
  };
}

const mostQ = 0.05;

function saidOf({ isThin, difference }: Association, q: number | null): string {
  if (isThin) return `too few to compare (under ${fewestForColour} on a side)`;
  if (q === null || difference === null) return "nothing alike to compare with";
  if (q > mostQ) return "no difference beyond chance";
  return difference.difference > 0 ? "more often" : "less often";
}

function playbookBase(workspace: Workspace, causeId: number): string {
  return `/w/${encodeURIComponent(workspace.name)}/causes/${causeId}/playbook`;
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
