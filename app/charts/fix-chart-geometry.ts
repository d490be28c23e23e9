import { scaleLinear } from "d3-scale";
import { type Day, formatMonth, monthsOf, type Period } from "#analytics/period.ts";
import type { FixWeek, FixWeeks } from "#app/tables/fix-weeks.ts";
import { type MonthTick, monthTicks } from "./trend-geometry.ts";

/** Heights of the two plots in px. */
export const fixPlotHeight = 240;
export const volumePlotHeight = 72;

export interface FixGeometry {
  days: Period;
  /** The middle of a week, a day, and values of both plots, in percent from the left and from the top. */
  middle: (week: FixWeek) => number;
  day: (day: Day) => number;
  y: (cases: number) => number;
  volumeY: (cases: number) => number;
  yTicks: number[];
  volumeTicks: number[];
  months: (MonthTick & { left: number })[];
}

/** Places everything in percent, so that it is drawn once and fits every width. Days have one width, so that no week is left out. */
export function fixGeometry({ weeks, dates, limits, since }: FixWeeks): FixGeometry {
  const days = {
    start: Math.min(dates.decidedOn, weeks[0]?.start ?? dates.decidedOn),
    end: Math.max(dates.windowEnd, (weeks.at(-1)?.start ?? dates.windowEnd) + 7),
  };
  const day = (at: Day) => (100 * (at - days.start)) / (days.end - days.start);
  const most = Math.max(1, limits?.high ?? 0, since?.interval.high ?? 0, ...weeks.map(({ cases }) => cases));
  const y = scaleLinear([0, most], [100, 0]).nice(4);
  const volumeY = scaleLinear([0, Math.max(1, ...weeks.map(({ unfixed }) => unfixed))], [100, 0]).nice(2);
  const months = monthsOf(days).filter(({ start }) => start >= days.start);
  return {
    days,
    day,
    middle: ({ start }) => day(start + 3.5),
    y,
    volumeY,
    yTicks: y.ticks(4).filter(Number.isInteger),
    volumeTicks: volumeY.ticks(2).filter(Number.isInteger),
    months: monthTicks(months.map(({ start }) => formatMonth(start))).map((tick) => ({
      ...tick,
      left: day(months[tick.index]?.start ?? days.start),
    })),
  };
}

/** Stretches of weeks that follow each other within one part, for lines that are broken between them. */
export function stretchesOf(weeks: readonly FixWeek[]): FixWeek[][] {
  const stretches: FixWeek[][] = [];
  for (const week of weeks) {
    const last = stretches.at(-1)?.at(-1);
    if (last !== undefined && last.part === week.part && last.start + 7 === week.start)
      stretches.at(-1)!.push(week);
    else stretches.push([week]);
  }
  return stretches;
}
