import { type Day, formatDay, parseDay } from "#analytics/period.ts";
import type { FixDates } from "#analytics/second-fix/fix-windows.ts";
import type { CheckedFix } from "#analytics/second-fix/overlapping-fixes.ts";
import type { FixDays } from "#app/sentences/fix-sentences.ts";
import { exposureOfCheck } from "#db/queries/effectiveness-checks.ts";
import { type SecondFix } from "#db/queries/second-fixes.ts";
import { exposureValue, type FixCheckDays, usualExpected } from "./check-days.ts";
import type { FixForm } from "./form-fields.ts";
import { typedAmount } from "./typed-amount.ts";

// A second fix as the database gives it, as its pages need it.

export function dayOf(text: string): Day {
  return parseDay(text)!; // a date of the database
}

/** @param looks the check date and the window's end of all that are judged together with it */
export function daysInWords(fix: SecondFix, looks: { checkOn: Day; windowEnd: Day }): FixDays {
  return {
    dueOn: fix.due_on,
    washInEnds: fix.implemented_to === null ? null : formatDay(dayOf(fix.implemented_to) + fix.wash_in_days),
    checkOn: formatDay(looks.checkOn),
    windowEnd: formatDay(looks.windowEnd),
  };
}

/** The days of a fix; of one that is not in place as if it were put there on `expected`, and its check no earlier than that allows. */
function datesOf(fix: SecondFix, expected: Day): FixDates {
  const decidedOn = dayOf(fix.opened_on);
  const from = fix.implemented_on === null ? Math.max(decidedOn, expected) : dayOf(fix.implemented_on);
  const till = fix.implemented_to === null ? from : dayOf(fix.implemented_to);
  const checkOn = Math.max(dayOf(fix.check_on), till + fix.wash_in_days);
  return {
    decidedOn,
    implementedFrom: from,
    implementedTo: till,
    washInDays: fix.wash_in_days,
    checkOn,
    windowEnd: Math.max(dayOf(fix.window_end), checkOn),
  };
}

/** A fix as it is judged, or as it would be if it were put in place on `expected`. */
export function checkedAsIf(fix: SecondFix, expected: Day): CheckedFix {
  return {
    fixId: fix.fix_id,
    causeId: fix.root_cause_id,
    targetCut: fix.target_cut,
    ...datesOf(fix, expected),
  };
}

/** When a fix that is not in place is to be expected. */
export function expectedOf(fix: SecondFix, today: Day): Day {
  const due = fix.due_on === null ? null : dayOf(fix.due_on);
  return usualExpected({ openedOn: dayOf(fix.opened_on), today, due });
}

export function checkDaysOf(fix: SecondFix, today: Day): FixCheckDays {
  const dates = datesOf(fix, expectedOf(fix, today));
  return {
    expected: dates.implementedFrom,
    washInDays: fix.wash_in_days,
    targetCut: fix.target_cut,
    checkOn: dates.checkOn,
    windowEnd: dates.windowEnd,
    exposure: exposureOfCheck(fix),
  };
}

/** What stands in the form of a fix before anything is typed. */
export function formOf(fix: SecondFix): FixForm {
  const { cost_minor: minor, cost_currency: currency } = fix;
  const exposure = exposureOfCheck(fix);
  return {
    kind: fix.kind,
    title: fix.title,
    description: fix.description,
    owner: fix.owner ?? "",
    due: fix.due_on ?? "",
    cost: minor === null || currency === null ? "" : typedAmount({ minor, currency }),
    currency: currency ?? "",
    ticket: fix.ticket_url ?? "",
    expected: "",
    target: String(Number((100 * fix.target_cut).toFixed(6))),
    washIn: String(fix.wash_in_days),
    checkOn: fix.check_on,
    windowEnd: fix.window_end,
    exposure: exposure === null ? "" : exposureValue(exposure),
  };
}
