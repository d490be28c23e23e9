/**
 * What a query says about `statement_timeout`. The embedded engine keeps the setting and does not enforce it, so the
 * watchdog must hear of it on the way.
 */
export type LimitChange =
  /** For the session, or only for the transaction that is open; `milliseconds`: 0 = no limit, `null` = the usual one. */
  | { kind: "set"; milliseconds: number | null; local: boolean }
  /** With it ends what was set for the transaction. */
  | { kind: "transactionEnds" };

const setting =
  /^set\s+(?:(session|local)\s+)?statement_timeout\s*(?:=|to)\s*(?:'?\s*(\d+)\s*(us|ms|s|min|h|d)?\s*'?|(default))\s*(?:;|$)/i;
const milliseconds: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a query of the simple protocol, which is how `pg` sends one without parameters; `undefined`: it changes nothing.
 * Not seen are a change behind another statement of the same query, `set_config(…)`, and that a rollback takes back
 * what its transaction set for the session.
 */
export function limitChange(query: string): LimitChange | undefined {
  const text = query.trim();
  const set = setting.exec(text);
  if (set !== null) {
    const [, scope, number, unit = "ms"] = set;
    const local = scope?.toLowerCase() === "local";
    if (number === undefined) return { kind: "set", milliseconds: null, local };
    return { kind: "set", milliseconds: inMilliseconds(Number(number), unit.toLowerCase()), local };
  }
  if (/^(?:reset\s+(?:statement_timeout|all)|discard\s+all)\s*(?:;|$)/i.test(text))
    return { kind: "set", milliseconds: null, local: false };
  if (/^(?:commit|end|abort|rollback)(?:\s+(?:work|transaction))?\s*(?:;|$)/i.test(text))
    return { kind: "transactionEnds" };
  return undefined;
}

/** A limit that is not 0 is at least a millisecond, as PostgreSQL rounds it; a clock of Node cannot run 25 days. */
function inMilliseconds(number: number, unit: string): number {
  if (number === 0) return 0;
  return Math.min(Math.max(Math.round(number * (milliseconds[unit] ?? 1)), 1), 2 ** 31 - 1);
}
