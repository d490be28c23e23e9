import { everything } from "#analytics/filter/filter.ts";
import type { Day } from "#analytics/period.ts";
import { fixAlert, fixStage } from "#analytics/second-fix/fix-stage.ts";
import { type FixesTogether, overlappingFixes } from "#analytics/second-fix/overlapping-fixes.ts";
import type { ExposureChoice, FixCheckDays } from "#app/fixes/check-days.ts";
import { type FixFigureData, fixFigure } from "#app/fixes/fix-figure.ts";
import { readFixForm, shownProblems } from "#app/fixes/fix-form.ts";
import {
  checkDaysOf,
  checkedAsIf,
  dayOf,
  daysInWords,
  expectedOf,
  formOf,
} from "#app/fixes/fix-of-database.ts";
import { type FixForm, type FixProblem, fixFormOf } from "#app/fixes/form-fields.ts";
import { counted, moneyText, words } from "#app/format.ts";
import { alertSentence, artefactSentence, openSentence } from "#app/sentences/fix-sentences.ts";
import { stageText, verdictText } from "#app/sentences/fix-words.ts";
import { fixWeeks, publishedMeans, recordedWindows } from "#app/tables/fix-weeks.ts";
import { hrefTo } from "#app/tables/view.ts";
import { findCause } from "#db/queries/causes.ts";
import { exposureOfCheck } from "#db/queries/effectiveness-checks.ts";
import { listVerdicts, type StandingVerdicts, standingVerdicts } from "#db/queries/fix-verdicts.ts";
import { listSecondFixes, type SecondFix } from "#db/queries/second-fixes.ts";
import { type AuditLine, auditHistory } from "./audit-history.ts";
import { choosableSeries, type FixPreview, fixPreview, shownFix } from "./fix-preview.ts";
import { judgementOf, type VerdictsView, verdictsView } from "./fix-verdict-view.ts";
import { notFound } from "./http-errors.ts";
import { stateOfFix } from "./ledger.ts";
import type { RequestedSnapshot } from "./request-view.ts";

/** A second fix as its page shows it. Plain data. */
export interface FixView {
  fixId: number;
  title: string;
  description: string;
  kind: string;
  owner: string | null;
  dueOn: string | null;
  cost: string | null;
  ticketUrl: string | null;
  openedOn: string;
  implementedOn: string | null;
  implementedTo: string | null;
  droppedBecause: string | null;
  check: { targetCut: number; washInDays: number; checkOn: string; windowEnd: string };
  state: SecondFix["state"];
  stage: string;
  alert: string | null;
  /** What is to be known of a fix without a verdict; empty where there is one. */
  open: string[];
  verdicts: VerdictsView;
  cause: { name: string; href: string };
  /** Fixes of the cause that it is judged together with, or would be. */
  together: { title: string; href: string }[];
  figure: FixFigureData | null;
  /** Who was hurt by the cause, to be told; `null` of a fix that is not in place. */
  customersHref: string | null;
  /** Of a fix that is not in place: what its check can tell. */
  preview: FixPreview | null;
  form: FixForm;
  /** Exposure series that its check may name. */
  series: ExposureChoice[];
  problems: FixProblem[];
  history: AuditLine[];
}

/**
 * A fix of a path with all that its page says of it.
 * @param typed what stands in its form instead of what is kept, and is previewed
 */
export async function fixView(
  requested: RequestedSnapshot,
  fixId: number,
  typed: FormData | URLSearchParams | null = null,
): Promise<FixView> {
  const { services, snapshot, today } = requested;
  const { workspace } = snapshot;
  const { db } = services.database;
  const fixes = await listSecondFixes(db, workspace.id);
  const fix = fixes.find((one) => one.fix_id === fixId);
  if (fix === undefined) throw noSuchFix(fixId);
  const verdicts = await listVerdicts(db, workspace.id);
  const standing = standingVerdicts(verdicts, fixId);
  const together = togetherOf(fix, fixes, today);
  // The look of fixes that are judged together is theirs, not the fix's own.
  const looks = { checkOn: together.checkOn, windowEnd: together.windowEnd };
  const state = { ...stateOfFix(fix, standing.verdict), ...looks };
  const days = daysInWords(fix, looks);
  const stage = fixStage(state, today);
  const alert = fixAlert(state, today);
  const cause = await findCause(db, workspace.id, fix.root_cause_id);
  const causeName = cause?.name ?? cause?.label ?? `cause ${fix.root_cause_id}`;
  const isOpen = fix.state === "draft" || fix.state === "planned";
  const form = typed === null ? formOf(fix) : fixFormOf(typed, formOf(fix));
  const query = typed === null ? "" : `?${new URLSearchParams(form)}`;
  const around = { causeName, csvHref: fixHref(workspace.name, `${fixId}/weeks.csv${query}`) };
  const series = await choosableSeries(requested);
  const read = readFixForm(form, { openedOn: dayOf(fix.opened_on), today, series });
  const preview = isOpen
    ? await previewOf(requested, fix, { ...around, days: (typed && read.days) ?? checkDaysOf(fix, today) })
    : null;
  // What fixes that are judged together are counted against is said by the first of them.
  const first = fixes.find(({ fix_id: id }) => id === together.fixIds[0]) ?? fix;
  const figure = isOpen
    ? (preview?.figure ?? null)
    : await figureOf(requested, { fix, together, first, standing, ...around });
  return {
    ...saidOf(fix),
    state: fix.state,
    stage: stageText(stage),
    alert: alert === null ? null : alertSentence(alert, days),
    open:
      standing.verdict !== null
        ? []
        : [
            ...(fix.state === "implemented" && snapshot.volumeIsArtefact ? [artefactSentence] : []),
            ...openWords(openSentence(stage, days), figure),
          ],
    verdicts: verdictsView(
      workspace,
      standing,
      verdicts.filter((verdict) => verdict.fix_id === fixId),
    ),
    cause: { name: causeName, href: hrefTo(workspace, `causes/${fix.root_cause_id}`, everything) },
    together: fixes
      .filter(({ fix_id: id }) => id !== fixId && together.fixIds.includes(id))
      .map(({ fix_id: id, title }) => ({ title, href: fixHref(workspace.name, String(id)) })),
    figure,
    customersHref: fix.state === "implemented" ? fixHref(workspace.name, `${fixId}/customers`) : null,
    preview,
    form,
    series,
    problems: typed === null ? [] : shownProblems(read),
    history: await auditHistory(db, workspace, [
      { type: "second_fix", id: String(fixId) },
      { type: "cause", id: String(fix.root_cause_id) },
    ]),
  };
}

export function noSuchFix(fixId: number): Response {
  return notFound(`There is no second fix ${fixId} in this workspace. The page of its cause leads to each.`);
}

/** The page of a fix, or what lies below it. */
export function fixHref(workspaceName: string, path: string): string {
  return `/w/${encodeURIComponent(workspaceName)}/fixes/${path}`;
}

function saidOf(fix: SecondFix) {
  const { cost_minor: minor, cost_currency: currency } = fix;
  return {
    fixId: fix.fix_id,
    title: fix.title,
    description: fix.description,
    kind: words(fix.kind),
    owner: fix.owner,
    dueOn: fix.due_on,
    cost: minor === null ? null : moneyText(minor, currency),
    ticketUrl: fix.ticket_url,
    openedOn: fix.opened_on,
    implementedOn: fix.implemented_on,
    implementedTo: fix.implemented_to,
    droppedBecause: fix.dropped_because,
    check: {
      targetCut: fix.target_cut,
      washInDays: fix.wash_in_days,
      checkOn: fix.check_on,
      windowEnd: fix.window_end,
    },
  };
}

/** What is seen so far is said as counts, and no verb: looking early flatters a fix. */
function openWords(sentence: string, figure: FixFigureData | null): string[] {
  const since = figure?.weeks.since;
  const before = figure?.weeks.baseline;
  if (since == null || before == null) return [sentence];
  return [
    sentence,
    `So far: ${counted(since.cases, "case")} in ${counted(since.weeks, "week")} since the wash-in, ${counted(before.cases, "case")} in the ${counted(before.weeks, "week")} before that count. Nothing follows from it yet.`,
  ];
}

interface Around {
  causeName: string;
  csvHref: string;
}

function previewOf(
  requested: RequestedSnapshot,
  fix: SecondFix,
  around: Around & { days: FixCheckDays },
): Promise<FixPreview> {
  return fixPreview(requested, {
    ...around,
    causeId: fix.root_cause_id,
    openedOn: dayOf(fix.opened_on),
  });
}

/** The chart of a fix that is in place, or was dropped: as the verdict counted where there is one, else as the pages do. */
async function figureOf(
  requested: RequestedSnapshot,
  {
    fix,
    together,
    first,
    standing,
    ...around
  }: Around & {
    fix: SecondFix;
    together: FixesTogether;
    first: SecondFix;
    standing: StandingVerdicts;
  },
): Promise<FixFigureData | null> {
  if (fix.state !== "implemented") return null;
  const shown = await shownFix(requested, {
    causeId: fix.root_cause_id,
    targetCut: together.targetCut,
    exposure: exposureOfCheck(first),
    isInPlace: true,
    dates: together,
  });
  if (shown === null) return null;
  const { measured, regressed } = standing;
  if (measured === undefined) {
    const heading = "Before and since the fix, with no verdict yet";
    return fixFigure(shown.weeks, { ...around, heading, isInPlace: true });
  }
  const weeks = fixWeeks(recordedWindows(judgementOf(measured)));
  const heading = `Before and since the fix: ${verdictText(regressed?.verdict ?? measured.verdict)}`;
  const published = publishedMeans(weeks, shown.weeks);
  return fixFigure(weeks, { ...around, heading, isInPlace: true }, published);
}

/** The fix with those of its cause that it is judged together with, or would be if it were put in place as expected. */
function togetherOf(fix: SecondFix, fixes: readonly SecondFix[], today: Day): FixesTogether {
  const inPlace = fixes.filter(
    ({ state, fix_id: id }) => state === "implemented" && id !== fix.fix_id && fix.state !== "dropped",
  );
  const groups = overlappingFixes([...inPlace, fix].map((one) => checkedAsIf(one, expectedOf(one, today))));
  return groups.find(({ fixIds }) => fixIds.includes(fix.fix_id))!; // it is among them
}
