import type { Exposure } from "../metrics/exposure.ts";
import type { Period } from "../period.ts";
import type { FixOfCause, JudgedCompany } from "./evidence-of-fix.ts";
import { afterStart } from "./fix-windows.ts";
import { exposedUntil, exposedWeeksBefore, weeklyExposure } from "./weekly-exposure.ts";

/**
 * A fix with what its rate is counted against, and the company as far as that is known without a gap. As they are where the check
 * names no series. Source: PRODUCT §7. Cost: the days of the data.
 */
export function comparedByExposure<Company extends JudgedCompany>(
  fix: FixOfCause,
  company: Company,
  exposure: Exposure | null,
): { fix: FixOfCause; company: Company } {
  if (exposure === null) return { fix, company };
  const { data } = company;
  const { start } = exposedWeeksBefore(exposure, { start: data.start, end: fix.implementedFrom });
  const end = exposedUntil(exposure, { start: afterStart(fix), end: data.end });
  const exposuresIn = (window: Period) => weeklyExposure(exposure, window).map((value) => value ?? 0); // all are known
  return { fix: { ...fix, exposuresIn }, company: { ...company, data: { start, end } } };
}
