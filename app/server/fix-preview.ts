import { formatDay } from "#analytics/period.ts";
import type { ExposureChoice, FixCheckDays } from "#app/fixes/check-days.ts";
import { type FixFigureData, fixFigure } from "#app/fixes/fix-figure.ts";
import { expectedText } from "#app/format.ts";
import type { AskedFix, ShownFix } from "#app/pages/fix.ts";
import { baselineSentence, foretoldSentences, noCaseSentence } from "#app/sentences/fix-sentences.ts";
import { listExposureSeries, loadExposure } from "#db/queries/exposure.ts";
import { listFixedCauseIds } from "#db/queries/second-fixes.ts";
import { judgedDays } from "./judge-fixes.ts";
import type { RequestedSnapshot } from "./request-view.ts";

/** What a check would tell, while it is chosen. Plain data. */
export interface FixPreview {
  /** `null`: there is no case yet. */
  figure: FixFigureData | null;
  sentences: string[];
}

/** A cause, the day of the call to fix it, and how the fix is to be judged. */
export interface PreviewedFix {
  causeId: number;
  causeName: string;
  /** Of the call. */
  openedOn: number;
  days: FixCheckDays;
  csvHref: string;
}

export async function fixPreview(
  requested: RequestedSnapshot,
  { causeId, causeName, openedOn, days, csvHref }: PreviewedFix,
): Promise<FixPreview> {
  const shown = await shownFix(requested, {
    causeId,
    targetCut: days.targetCut,
    exposureId: days.exposureId,
    isInPlace: false,
    dates: {
      decidedOn: openedOn,
      implementedFrom: days.expected,
      implementedTo: days.expected,
      washInDays: days.washInDays,
      checkOn: days.checkOn,
      windowEnd: days.windowEnd,
    },
  });
  if (shown === null) return { figure: null, sentences: ["There is no case yet to compare with."] };
  const heading = "What the fix will be compared with";
  return {
    figure: fixFigure(shown.weeks, { heading, causeName, isInPlace: false, csvHref }),
    sentences: previewSentences(shown, days),
  };
}

/** The weeks around a fix by the cases of the pages. */
export async function shownFix(
  { services, snapshot, page, today }: RequestedSnapshot,
  {
    exposureId,
    ...asked
  }: Omit<AskedFix, "fixedCauseIds" | "data" | "exposure"> & { exposureId: number | null },
): Promise<ShownFix | null> {
  const { db } = services.database;
  const { id } = snapshot.workspace;
  return page("fixAround", {
    ...asked,
    fixedCauseIds: await listFixedCauseIds(db, id),
    data: await judgedDays(db, id, today),
    exposure: exposureId === null ? null : await loadExposure(db, id, exposureId, null),
  });
}

function previewSentences({ foretold, weeks }: ShownFix, days: FixCheckDays): string[] {
  const { expected, washInDays, targetCut } = days;
  const washedIn = expected + washInDays;
  const knownOn = foretold?.weeks == null ? null : formatDay(washedIn + 7 * foretold.weeks);
  const windowEnd = formatDay(days.windowEnd);
  return [
    ...(foretold === null
      ? []
      : [
          baselineSentence({ ...foretold.before, ...foretold.baseline, stepOn: weeks.step }),
          `Without a fix about ${expectedText(foretold.expectedPerWeek)} cases a week are to be expected at the volume of the last 13 weeks.`,
        ]),
    ...foretoldSentences(foretold, { knownOn, windowEnd, targetCut }),
    ...(days.windowEnd > washedIn ? [noCaseSentence(days.windowEnd - washedIn)] : []),
  ];
}

/** The series that a check may be judged by: those that are of all cases. */
export async function choosableSeries({ services, snapshot }: RequestedSnapshot): Promise<ExposureChoice[]> {
  const series = await listExposureSeries(services.database.db, snapshot.workspace.id);
  return series
    .filter(({ scope }) => scope === "all")
    .map(({ series_id: seriesId, name, unit }) => ({ seriesId, text: `${name} (${unit})` }));
}
