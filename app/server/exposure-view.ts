import { coveredDays } from "#analytics/metrics/covered-days.ts";
import { type Day, parseDay } from "#analytics/period.ts";
import type { VolumeLineProps } from "#app/components/volume-line.tsx";
import { counted, countText, dateText, instantText, periodText } from "#app/format.ts";
import type { Snapshot } from "#app/tables/view.ts";
import {
  type ExposureDay,
  exposureIsUsed,
  listExposureDays,
  listExposureSeries,
  listLatestLoads,
  type Series,
} from "#db/queries/exposure.ts";
import type { Database } from "#db/schema.ts";

/** A series as its page shows it. Plain data. */
export interface SeriesView {
  seriesId: number;
  name: string;
  unit: string;
  scope: Series["scope"];
  csvHref: string;
  /** A check of a second fix is judged by it, so that it can't be removed. */
  isUsed: boolean;
  latestLoad: string | null;
  covered: CoveredView[];
  /** Products or teams that no case has; their days are kept, and no rate is taken of them. */
  strangers: string[];
}

/** The days that a series has of all, or of one product or team. */
export interface CoveredView {
  /** `null`: of all. */
  scopeValue: string | null;
  days: string;
  reach: string;
  total: string;
  gaps: { days: number; listed: string[]; unlisted: number };
}

const mostGaps = 12;

export async function exposureViews(db: Database, snapshot: Snapshot): Promise<SeriesView[]> {
  const { workspace, facts } = snapshot;
  const all = await listExposureSeries(db, workspace.id);
  const loads = await listLatestLoads(db, workspace.id);
  const views: SeriesView[] = [];
  for (const { series_id: seriesId, name, unit, scope } of all) {
    const covered = coveredBy(await listExposureDays(db, workspace.id, seriesId));
    const load = loads.get(seriesId);
    const known = scope === "all" ? null : new Set(facts.dictionaries[scope].map(({ value }) => value));
    views.push({
      seriesId,
      name,
      unit,
      scope,
      csvHref: `/w/${encodeURIComponent(workspace.name)}/exposure/${seriesId}.csv`,
      isUsed: await exposureIsUsed(db, workspace.id, seriesId),
      latestLoad:
        load === undefined
          ? null
          : `${instantText(load.at, workspace.timeZone)} by ${load.actor}: ${counted(load.added, "day")} new, ${counted(load.replaced, "day")} replaced`,
      covered,
      strangers:
        known === null
          ? []
          : covered.flatMap(({ scopeValue }) =>
              scopeValue === null || known.has(scopeValue) ? [] : [scopeValue],
            ),
    });
  }
  return views;
}

function coveredBy(days: readonly ExposureDay[]): CoveredView[] {
  const byValue = Map.groupBy(days, ({ scopeValue }) => scopeValue);
  return [...byValue].flatMap(([scopeValue, own]) => {
    const covered = coveredDays(own.map(({ day }) => dayOf(day)));
    if (covered === null) return [];
    const missing = covered.gaps.map(periodText);
    return [
      {
        scopeValue: scopeValue === "" ? null : scopeValue,
        days: countText(covered.days),
        reach: `${dateText(own[0]!.day)} to ${dateText(own.at(-1)!.day)}`,
        total: countText(own.reduce((sum, { value }) => sum + value, 0)),
        gaps: {
          days: covered.gaps.reduce((sum, { start, end }) => sum + end - start, 0),
          listed: missing.slice(0, mostGaps),
          unlisted: Math.max(0, missing.length - mostGaps),
        },
      },
    ];
  });
}

function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new RangeError(`Expected a day of the calendar, got ${text}.`);
  return day;
}

/** What the trend of a cause says of volume; `null` where the counts of months can't be compared at all. */
export function volumeLine({ workspace, exposure, volumeIsArtefact }: Snapshot): VolumeLineProps | null {
  if (volumeIsArtefact) return null;
  return { unit: exposure?.unit ?? null, href: `/w/${encodeURIComponent(workspace.name)}/exposure` };
}
