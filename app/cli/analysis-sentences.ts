import { type CauseChange, changeKinds } from "#analytics/causes/compare-runs.ts";
import { counted, countText } from "#app/format.ts";
import { changesSentence, changeTexts, movesSentence } from "#app/runs/describe-run.ts";
import type { AnalysisReport } from "#app/server/analyse.ts";
import type { ComparedRuns } from "#app/tables/run-tables.ts";

const changesShown = 20;

/** What a run found and what it changes of the one before, for a terminal. */
export function analysisInWords(report: AnalysisReport, compared: ComparedRuns | null): string {
  const { runId, state, cases, causes, unassigned, seconds } = report;
  const found = `${counted(causes, "cause")} in ${counted(cases, "case")}, ${countText(unassigned)} without one (${Math.round(seconds)} s).`;
  if (compared === null) return `Run ${runId} is ${state}: ${found}`;
  const { comparison, runHref } = compared;
  const isDone = state === "published";
  const listed = comparison.changes.filter(({ kind }) => kind !== "unchanged");
  return [
    `Run ${runId} is ${state}: ${found}`,
    movesSentence(comparison, { cases, isDone }),
    changesSentence(comparison),
    ...listed.slice(0, changesShown).map((change) => `  ${changeLine(change, compared)}`),
    ...(listed.length > changesShown
      ? [`  and ${counted(listed.length - changesShown, "more", "more")}`]
      : []),
    isDone
      ? `Its page, where it can be taken back: ${runHref}`
      : `Nothing has changed yet. Accept or discard it on its page: ${runHref}`,
  ].join("\n");
}

function changeLine(
  { cause, kind, before, after, other, toOther }: CauseChange,
  { nameOf }: ComparedRuns,
): string {
  const to = other === null ? "" : `, ${countText(toOther)} of them to “${nameOf(other)}”`;
  return `${changeTexts[kind]}: “${nameOf(cause)}”, ${countText(before)} -> ${countText(after)} cases${to}`;
}

/** A contract with scripts: one line; `diff` is `null` where there was no run before. */
export function analysisJson(report: AnalysisReport, compared: ComparedRuns | null): string {
  if (compared === null) return JSON.stringify({ ...report, diff: null });
  const { changes, moves: _, ...numbers } = compared.comparison;
  const kinds = changeKinds.map((kind) => [kind, changes.filter((change) => change.kind === kind).length]);
  const listed = changes.filter(({ kind }) => kind !== "unchanged");
  return JSON.stringify({
    ...report,
    diff: {
      ...numbers,
      causes: Object.fromEntries(kinds),
      changes: listed.map((change) => ({ ...change, name: compared.nameOf(change.cause) })),
    },
  });
}
