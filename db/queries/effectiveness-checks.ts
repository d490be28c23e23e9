/** What cases are counted against. */
export interface CheckedExposure {
  seriesId: number;
  /** A product or a team of the series; empty of one that is of all. */
  scopeValue: string;
}

/** How it will be judged; may be tuned until it is implemented. */
export interface CheckFields {
  /** Cases are counted against this exposure series; `null`: against the unfixed causes. */
  exposure: CheckedExposure | null;
  washInDays: number;
  /** 0 < cut < 1. */
  targetCut: number;
  checkOn: string;
  /** Half-open. */
  windowEnd: string;
}

/** The check as it is kept. */
export function checkRowOf({ exposure, washInDays, targetCut, checkOn, windowEnd }: CheckFields) {
  return {
    metric: exposure === null ? ("cases_per_week" as const) : ("cases_per_exposure" as const),
    exposure_id: exposure?.seriesId ?? null,
    exposure_scope: exposure?.scopeValue ?? null,
    wash_in_days: washInDays,
    target_cut: targetCut,
    check_on: checkOn,
    window_end: windowEnd,
  };
}

/** The exposure that a kept check names; `null`: none. */
export function exposureOfCheck({
  exposure_id: seriesId,
  exposure_scope: scopeValue,
}: {
  exposure_id: number | null;
  exposure_scope: string | null;
}): CheckedExposure | null {
  return seriesId === null ? null : { seriesId, scopeValue: scopeValue ?? "" };
}
