/** What one case cost, as far as it is known; `null` = unknown, 0 = known to be nothing. */
export interface CaseCost {
  /** Minor units, of the one currency of all cases: amounts of several can't be added, and are unknown here. */
  compensationMinor: number | null;
  handlingMinutes: number | null;
  /** Whether the customer was parted from. */
  parted: boolean | null;
  /** Cases of one customer part once; `null`: unknown, and then a customer of its own. */
  customerRef: string | null;
}

/** What the cases' own figures are multiplied by; `null`: nobody has said. */
export interface CostRates {
  /** Minor units a minute of handling. */
  minuteMinor: number | null;
  /** Minor units that a customer is worth who leaves. */
  customerMinor: number | null;
}

/** One part of a cost. */
export interface CostPart {
  /** Minor units. */
  minor: number;
  /** Minutes, or customers, or (of compensation) the amount itself. */
  amount: number;
  /** Cases of which it is known: what it rests on. */
  known: number;
}

export interface CauseCost {
  /** `null`: known of no case, or without a rate. */
  compensation: CostPart | null;
  handling: CostPart | null;
  parted: CostPart | null;
  /** The parts that are known, together; `null` where none is. */
  totalMinor: number | null;
  /** A part is not known, or not of every case: the cost is at least the total. */
  isAtLeast: boolean;
  /** All cases that were looked at. */
  n: number;
}

/**
 * What the cases of a cause have cost: what was paid, the time that was spent, and the customers who left. Nothing unknown is counted
 * as nothing, and nothing is extrapolated: where something is unknown, the total is the least that it cost.
 * Source: PRODUCT §8; the parts of ASQ's "cost of poor quality", external failure. Cost: one pass a part.
 */
export function causeCost(cases: readonly CaseCost[], rates: CostRates): CauseCost {
  const compensation = summed(cases, ({ compensationMinor }) => compensationMinor, 1);
  const handling = summed(cases, ({ handlingMinutes }) => handlingMinutes, rates.minuteMinor);
  const parted = partedPart(cases, rates.customerMinor);
  const parts = [compensation, handling, parted].filter((part) => part !== null);
  return {
    compensation,
    handling,
    parted,
    totalMinor: parts.length === 0 ? null : parts.reduce((sum, { minor }) => sum + minor, 0),
    isAtLeast: parts.length < 3 || parts.some(({ known }) => known < cases.length),
    n: cases.length,
  };
}

function summed(
  cases: readonly CaseCost[],
  of: (one: CaseCost) => number | null,
  rate: number | null,
): CostPart | null {
  const amounts = cases.map(of).filter((amount) => amount !== null);
  if (amounts.length === 0 || rate === null) return null;
  const amount = amounts.reduce((sum, value) => sum + value, 0);
  return { minor: amount * rate, amount, known: amounts.length };
}

function partedPart(cases: readonly CaseCost[], rate: number | null): CostPart | null {
  const known = cases.filter(({ parted }) => parted !== null);
  if (known.length === 0 || rate === null) return null;
  const left = known.filter(({ parted }) => parted);
  const named = new Set(left.map(({ customerRef }) => customerRef).filter((ref) => ref !== null));
  const customers = named.size + left.filter(({ customerRef }) => customerRef === null).length;
  return { minor: customers * rate, amount: customers, known: known.length };
}
