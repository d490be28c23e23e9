import { group } from "d3-array";
import { formatDay } from "#analytics/period.ts";
import { type ExposureChoice, exposureValue, type FixCheckDays } from "#app/fixes/check-days.ts";
import { type FixFigureData, fixFigure } from "#app/fixes/fix-figure.ts";
import { expectedText } from "#app/format.ts";
import type { AskedFix, ShownFix } from "#app/pages/fix.ts";
import {
  artefactSentence,
  baselineSentence,
  foretoldSentences,
  noCaseSentence,
} from "#app/sentences/fix-sentences.ts";
import { type CheckedExposure } from "#db/queries/effectiveness-checks.ts";
import { listExposureScopes, listExposureSeries, loadExposure } from "#db/queries/exposure.ts";
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
    exposure: days.exposure,
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
  if (shown === null) {
    const { volumeIsArtefact } = requested.snapshot;
    const why = volumeIsArtefact ? artefactSentence : "There is no case yet to compare with.";
    return { figure: null, sentences: [why] };
  }
  const heading = "What the fix will be compared with";
  return {
    figure: fixFigure(shown.weeks, { heading, causeName, isInPlace: false, csvHref }),
    sentences: previewSentences(shown, days),
  };
}

/** The weeks around a fix by the cases of the pages; `null` where none can be compared. */
export async function shownFix(
  { services, snapshot, page, today }: RequestedSnapshot,
  {
    exposure,
    ...asked
  }: Omit<AskedFix, "fixedCauseIds" | "data" | "exposure"> & { exposure: CheckedExposure | null },
): Promise<ShownFix | null> {
  const { db } = services.database;
  const { id } = snapshot.workspace;
  return page("fixAround", {
    ...asked,
    fixedCauseIds: await listFixedCauseIds(db, id),
    data: await judgedDays(db, id, today),
    exposure: exposure && (await loadExposure(db, id, exposure.seriesId, exposure.scopeValue)),
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

/** What a check may be judged by: each series that is of all, and of the others each product or team. */
export async function choosableSeries({ services, snapshot }: RequestedSnapshot): Promise<ExposureChoice[]> {
  const { db } = services.database;
  const { id } = snapshot.workspace;
  const scopes = group(await listExposureScopes(db, id), ({ seriesId }) => seriesId);
  return (await listExposureSeries(db, id)).flatMap(({ series_id: seriesId, name, unit }) =>
    (scopes.get(seriesId) ?? []).map(({ scopeValue }) => ({
      seriesId,
      scopeValue,
      value: exposureValue({ seriesId, scopeValue }),
      text: `${name}${scopeValue === "" ? "" : `, ${scopeValue}`} (${unit})`,
    })),
  );
}
