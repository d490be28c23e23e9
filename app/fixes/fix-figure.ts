import { type Day, formatDay } from "#analytics/period.ts";
import { counted, countText, dateText, expectedText } from "#app/format.ts";
import { captureSentence } from "#app/sentences/fix-sentences.ts";
import { type FixWeeks, fixWeeksTable, type PublishedMeans } from "#app/tables/fix-weeks.ts";
import type { TableData } from "#app/tables/table.ts";

/** A day that is drawn, with its word. */
export interface FixMark {
  on: Day;
  label: string;
}

/** The chart of a second fix with all that is said around it. Plain data. */
export interface FixFigureData {
  heading: string;
  subtitle: string;
  description: string;
  weeks: FixWeeks;
  marks: FixMark[];
  /** What the picture shows, for who cannot see it. */
  label: string;
  table: TableData;
}

/**
 * @param asked.isInPlace false: the day of the fix is only expected
 * @param published what the pages count in the weeks of a verdict
 */
export function fixFigure(
  weeks: FixWeeks,
  asked: { heading: string; causeName: string; isInPlace: boolean; csvHref: string },
  published: PublishedMeans | null = null,
): FixFigureData {
  const { heading, causeName, isInPlace, csvHref } = asked;
  const how = weeks.source === "recorded" ? "as the verdict counted them" : "as the pages count them";
  const cases = weeks.weeks.reduce((sum, week) => sum + week.cases, 0);
  return {
    heading,
    subtitle: `Cases a week of “${causeName}”, by the day they happened, ${how}; ${counted(cases, "case")} in ${counted(weeks.weeks.length, "week")}`,
    description: [descriptionOf(weeks), ...(published === null ? [] : publishedSentences(published))].join(
      " ",
    ),
    weeks,
    marks: marksOf(weeks, isInPlace),
    label: `Cases a week of ${causeName} before and since the fix`,
    table: fixWeeksTable(weeks, csvHref),
  };
}

function marksOf({ dates }: FixWeeks, isInPlace: boolean): FixMark[] {
  const { decidedOn, implementedFrom, checkOn, windowEnd } = dates;
  return [
    { on: decidedOn, label: "Call" },
    { on: implementedFrom, label: isInPlace ? "Fix" : "Fix expected" },
    { on: checkOn, label: "Check" },
    { on: windowEnd, label: "Window ends" },
  ];
}

/** The picture in words. */
function descriptionOf(weeks: FixWeeks): string {
  const { baseline, since, limits, dates } = weeks;
  const before =
    baseline === null
      ? "No week before the fix counts: there is no honest baseline."
      : `Before, in the ${counted(baseline.weeks, "week")} that count: ${perWeekText(baseline.mean)} a week.`;
  const after =
    since === null
      ? "No whole week since the wash-in is known."
      : `Since, in ${counted(since.weeks, "week")}: ${perWeekText(since.mean)} a week (95% interval ${perWeekText(since.interval.low)} to ${perWeekText(since.interval.high)}).`;
  return [
    before,
    after,
    limits === null
      ? "There are no control limits: the baseline has fewer than 2 cases a week, or there is none."
      : limitsSentence(weeks),
    `Hatched: from the fix, ${dateText(formatDay(dates.implementedFrom))}, to the end of the wash-in, ${dateText(formatDay(dates.implementedTo + dates.washInDays))}; these days belong to neither side.`,
    weeks.byExposure
      ? "Volume is taken out by the exposure series of the check; below, beside it: cases a week of the causes without a second fix."
      : "Below: cases a week of the causes without a second fix, which stand for the volume.",
    ...(baseline === null ? [] : [captureSentence(baseline, since)]),
    ...(weeks.source === "published" && since !== null
      ? ["The verdict will count both sides by one frozen assigner, so its figures may differ a little."]
      : []),
  ].join(" ");
}

/** The pages' means are compared with each other, and never with those of the verdict. */
function publishedSentences({ baseline, since, later }: PublishedMeans): string[] {
  if (baseline === null || since === null) return [];
  const after =
    later === null
      ? ""
      : `, ${perWeekText(later.mean)} in the ${counted(later.weeks, "whole week")} after the window, which it has not counted`;
  return [
    `By the pages, whose causes are found from all cases together, the weeks of the verdict have ${perWeekText(baseline)} a week before and ${perWeekText(since)} since${after}.`,
  ];
}

function limitsSentence({ weeks, limits }: FixWeeks): string {
  if (limits === null) return "";
  const since = weeks.filter(({ part }) => part !== "left_out" && part !== "baseline");
  const of = (kind: "outside" | "shift") => since.filter(({ signal }) => signal?.kind === kind).length;
  const found = [
    ...(of("outside") > 0 ? [`${counted(of("outside"), "week")} beyond them`] : []),
    ...(of("shift") > 0 ? [`${counted(of("shift"), "week")} in a run of 7 or more on one side`] : []),
  ];
  const range = `The baseline's control limits, ${perWeekText(limits.low)} to ${perWeekText(limits.high)} a week, go on after the fix`;
  if (since.length === 0) return `${range}.`;
  return `${range}: ${found.length === 0 ? "no week breaks them" : `${found.join(", ")} (triangles: beyond the limits; dots: in a run)`}.`;
}

/** A mean of weekly counts: only none is "0". */
export function perWeekText(mean: number): string {
  return mean === 0 ? countText(0) : expectedText(mean);
}
