import { type Day, formatDay } from "#analytics/period.ts";
import { dateText } from "#app/format.ts";
import type { CheckedExposure, CheckFields } from "#db/queries/effectiveness-checks.ts";
import { type Add, dayIn, type FixForm, type FixProblem } from "./form-fields.ts";

/** The days of a check, with what stands where nothing was typed. */
export interface FixCheckDays {
  expected: Day;
  washInDays: number;
  targetCut: number;
  checkOn: Day;
  windowEnd: Day;
  /** What cases are counted against; `null`: the unfixed causes. */
  exposure: CheckedExposure | null;
}

/** An exposure that a check may name. */
export interface ExposureChoice extends CheckedExposure {
  /** As it stands in the form. */
  value: string;
  text: string;
}

/** The number of the series, and behind a colon the product or team of one that is not of all. */
export function exposureValue({ seriesId, scopeValue }: CheckedExposure): string {
  return scopeValue === "" ? String(seriesId) : `${seriesId}:${scopeValue}`;
}

/** So long after the fix its effect is looked at, and so long it is watched, unless something else is typed. */
const checkAfterDays = 13 * 7;
const watchDays = 26 * 7;
const mostDaysAhead = 3_653;
const mostDaysOfWindow = 1_826;
const mostDaysOfWashIn = 365;

/** What the days of a check are read beside. */
export interface CheckAround {
  /** The day of the call to fix the cause. */
  openedOn: Day;
  today: Day;
  series: readonly ExposureChoice[];
}

/** The days of the check, in order, or `null`. */
export function readDays(
  form: FixForm,
  { openedOn, today, due, series }: CheckAround & { due: Day | null },
  add: Add,
): FixCheckDays | null {
  const exposure = exposureIn(form, series, add);
  const washInDays = washInIn(form, add);
  const percent = Number(form.target.replace("%", "").replace(",", "."));
  const isShare = form.target !== "" && percent > 0 && percent < 100;
  if (!isShare)
    add("target", `The target cut is “${form.target}”. Expected a share between 0 and 100 %, such as 50.`);
  const typed = {
    expected: dayIn(form, "expected", add),
    checkOn: dayIn(form, "checkOn", add),
    windowEnd: dayIn(form, "windowEnd", add),
  };
  if (washInDays === null || exposure === undefined || !isShare || Object.values(typed).includes(undefined))
    return null;
  const expected = typed.expected ?? usualExpected({ openedOn, today, due });
  const washedIn = expected + washInDays;
  const checkOn = typed.checkOn ?? Math.max(expected + checkAfterDays, washedIn);
  const windowEnd = typed.windowEnd ?? Math.max(expected + watchDays, checkOn);
  const days = { expected, washInDays, targetCut: percent / 100, checkOn, windowEnd, exposure };
  const wrong = orderOf(days, { openedOn, today });
  if (wrong !== null) add(wrong.field, wrong.sentence);
  return wrong === null ? days : null;
}

/** `undefined`: there is no such series. */
function exposureIn(
  { exposure }: FixForm,
  series: readonly ExposureChoice[],
  add: Add,
): CheckedExposure | null | undefined {
  if (exposure === "") return null;
  const chosen = series.find(({ value }) => value === exposure);
  if (chosen === undefined)
    add("exposure", `There is no exposure series “${exposure}”. Choose another, or none.`);
  return chosen && { seriesId: chosen.seriesId, scopeValue: chosen.scopeValue };
}

/** When a fix is to be expected, where nobody says it: when it is due, not before today. */
export function usualExpected({ openedOn, today, due }: { openedOn: Day; today: Day; due: Day | null }): Day {
  return Math.max(openedOn, today, due ?? today);
}

/** The first day of a check that is out of order, and which to mend. */
function orderOf(
  { expected, washInDays, checkOn, windowEnd }: FixCheckDays,
  { openedOn, today }: { openedOn: Day; today: Day },
): FixProblem | null {
  const text = (day: Day) => dateText(formatDay(day));
  if (expected < openedOn)
    return {
      field: "expected",
      sentence: `The expected day of implementation is ${text(expected)}, before the call to fix this cause. Expected ${text(openedOn)} or a later day.`,
    };
  if (expected > today + mostDaysAhead)
    return {
      field: "expected",
      sentence: `The expected day of implementation is ${text(expected)}. Expected a day within ten years.`,
    };
  if (checkOn < expected + washInDays)
    return {
      field: "checkOn",
      sentence: `The check date is ${text(checkOn)}, before the wash-in ends. Expected ${text(expected + washInDays)} or a later day, or a shorter wash-in.`,
    };
  if (windowEnd < checkOn)
    return {
      field: "windowEnd",
      sentence: `The end of the window is ${text(windowEnd)}, before the check date. Expected ${text(checkOn)} or a later day.`,
    };
  if (windowEnd > expected + mostDaysOfWindow)
    return {
      field: "windowEnd",
      sentence: `The end of the window is ${text(windowEnd)}. Expected a day within five years of the fix.`,
    };
  return null;
}

function washInIn({ washIn }: FixForm, add: Add): number | null {
  if (/^\d{1,3}$/.test(washIn) && Number(washIn) <= mostDaysOfWashIn) return Number(washIn);
  add("washIn", `The wash-in is “${washIn}”. Expected a whole number of days from 0 to ${mostDaysOfWashIn}.`);
  return null;
}

/** The check as it is kept. */
export function checkOf({ washInDays, targetCut, checkOn, windowEnd, exposure }: FixCheckDays): CheckFields {
  return {
    exposure,
    washInDays,
    targetCut,
    checkOn: formatDay(checkOn),
    windowEnd: formatDay(windowEnd),
  };
}
