import type { CaseCost } from "#analytics/cost/cause-cost.ts";
import { type CostPerCase, costPerCase } from "#analytics/cost/cost-per-case.ts";
import { compensationAt, type Facts, outcomeCode } from "#analytics/facts/facts.ts";
import { timesOf } from "#analytics/metrics/resolution-times.ts";
import { type CauseProgress, fixFunnel } from "#analytics/second-fix/fix-funnel.ts";
import { type CountedFix, daysToSecondFix, fixLeague } from "#analytics/second-fix/fix-league.ts";
import { fixPayback } from "#analytics/second-fix/fix-payback.ts";
import type { FixAlert, FixStage } from "#analytics/second-fix/fix-stage.ts";
import type { MeasuredChange } from "#analytics/second-fix/measure-change.ts";
import { funnelTable, leagueTable, ledgerTable } from "#app/tables/ledger-tables.ts";
import { makeView, type Snapshot } from "#app/tables/view.ts";
import type { AskedWithFilter } from "./asked.ts";
import { pageHead } from "./page-head.ts";

/** A second fix as the ledger shows it. Days are those of analytics; `null` where nobody has said, or nothing has come of it yet. */
export interface LedgerFix extends CountedFix {
  fixId: number;
  causeId: number;
  title: string;
  owner: string | null;
  stage: FixStage;
  alert: FixAlert | null;
  dueOn: number | null;
  checkOn: number;
  windowEnd: number;
  /** Whether the verdict is a person's word. */
  isOverride: boolean;
  /** What the statistics measured at the look. */
  measured: Pick<MeasuredChange, "before" | "after" | "rawRatio" | "change"> | null;
  cost: { minor: number; currency: string } | null;
  /** Customers of whom somebody noted that they were told, or are to be left out. */
  marked: { told: number; leftOut: number };
}

export interface AskedOfLedger extends AskedWithFilter {
  fixes: readonly LedgerFix[];
  /** Causes of which there is a call. */
  decided: ReadonlySet<number>;
}

/** What was done twice, and whether it worked: the funnel of the period's resolved cases, and every second fix there is. */
export function ledger(snapshot: Snapshot, asked: AskedOfLedger) {
  const { filter, today, fixes, decided } = asked;
  const view = makeView(snapshot, filter, today);
  const { facts } = view;
  const funnel = fixFunnel(facts, view.resolved, progressOf(fixes, decided));
  const days = daysToSecondFix(fixes, today);
  const first = timesOf(facts, view.incidence, view.calendar.reach.end - 1);
  const costs = new Map<number, CostPerCase | null>();
  const costOf = (causeId: number) => {
    if (!costs.has(causeId)) costs.set(causeId, costPerCase(paidInCause(facts, causeId), noRates));
    return costs.get(causeId) ?? null;
  };
  const nameOf = new Map(facts.causes.flatMap((cause) => (cause ? [[cause.causeId, cause.name]] : [])));
  return {
    head: pageHead(view, "fixes", asked),
    fixedTwice: funnel.find(({ step }) => step === "verified")?.cases ?? null,
    toFirst: { median: first.median, resolved: first.resolved, open: first.open },
    toSecond: days,
    funnel: funnelTable(view, funnel),
    league: leagueTable(view, fixLeague(fixes)),
    fixes: ledgerTable(
      view,
      fixes.map((fix) => ({
        ...fix,
        cause: nameOf.get(fix.causeId) ?? null,
        payback:
          fix.cost === null || fix.measured === null || fix.cost.currency !== facts.currency
            ? null
            : fixPayback(fix.cost.minor, fix.measured, costOf(fix.causeId)),
        customers: fix.implementedTo === null ? null : customersToTell(facts, fix),
      })),
    ),
    alerts: fixes.flatMap(({ fixId, title, alert, dueOn, checkOn, windowEnd }) =>
      alert === null ? [] : [{ fixId, title, alert, dueOn, checkOn, windowEnd }],
    ),
  };
}

/** Nobody has said what a minute or a customer is worth: a case costs what was paid in it. */
const noRates = { minuteMinor: null, customerMinor: null };

function progressOf(fixes: readonly LedgerFix[], decided: ReadonlySet<number>): Map<number, CauseProgress> {
  const causeIds = new Set([...decided, ...fixes.map(({ causeId }) => causeId)]);
  return new Map(
    [...causeIds].map((causeId) => {
      const placed = fixes.filter((fix) => fix.causeId === causeId && fix.implementedTo !== null);
      const latest = placed.toSorted((a, b) => a.implementedTo! - b.implementedTo!).at(-1);
      return [
        causeId,
        {
          isDecided: decided.has(causeId),
          isImplemented: placed.length > 0,
          // The latest word on the cause counts: an earlier success that a later fix undid is none.
          isVerified: latest?.verdict === "effective" || latest?.verdict === "partially_effective",
        },
      ];
    }),
  );
}

/** Customers of the cause's cases who have not parted, without those who were left out. */
function customersToTell(facts: Facts, { causeId, marked }: LedgerFix): number {
  const code = facts.causes.findIndex((cause) => cause?.causeId === causeId);
  const parted = outcomeCode("parted");
  const hasParted = new Map<number, boolean>();
  if (code > 0)
    for (let row = 0; row < facts.size; row++) {
      const customer = facts.customer[row]!;
      if (facts.codes.cause[row] !== code || customer === 0) continue;
      hasParted.set(customer, hasParted.get(customer) === true || facts.codes.outcome[row] === parted);
    }
  const staying = [...hasParted.values()].filter((left) => !left).length;
  return Math.max(0, staying - marked.leftOut);
}

function paidInCause(facts: Facts, causeId: number): CaseCost[] {
  const code = facts.causes.findIndex((cause) => cause?.causeId === causeId);
  const cases: CaseCost[] = [];
  if (code < 1) return cases;
  for (let row = 0; row < facts.size; row++)
    if (facts.codes.cause[row] === code)
      cases.push({
        compensationMinor: compensationAt(facts, row),
        handlingMinutes: null,
        parted: null,
        customerRef: null,
      });
  return cases;
}
