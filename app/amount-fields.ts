/** Amounts as the fields of a form have them: without a currency, and in as many decimals as it has. */

/** (4990, "GBP") -> "49.90". */
export function amountField(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}

/** ("49.90", "GBP") -> 4990; `null` where it is no amount of that currency. */
export function minorUnits(amount: string, currency: string): number | null {
  const [, whole = "", , part = ""] = /^(\d{1,12})(\.(\d+))?$/.exec(amount) ?? [];
  const decimals = decimalsOf(currency);
  return whole === "" || part.length > decimals ? null : Number(whole + part.padEnd(decimals, "0"));
}

/** How many decimals amounts of a currency have. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat("en-GB", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
