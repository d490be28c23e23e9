export interface MonthsChoiceProps {
  months: number;
  offered: readonly number[];
  /** The days in words; `null`: no whole week is loaded. */
  period: string | null;
}

/** How far back the counts go. */
export function MonthsChoice({ months, offered, period }: MonthsChoiceProps) {
  return (
    <form method="get" className="inline-form">
      <span>{period === null ? "No complete month is loaded." : `Counted: ${period}, in whole weeks.`}</span>
      <label className="no-print">
        <span>Up to the last complete month</span>
        <select name="months" defaultValue={String(months)}>
          {offered.map((one) => (
            <option key={one} value={one}>
              {one} months
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="no-print">
        Show
      </button>
    </form>
  );
}
