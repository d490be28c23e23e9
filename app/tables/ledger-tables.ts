import type { Payback } from "#analytics/cost/payback-weeks.ts";
import { formatDay } from "#analytics/period.ts";
import type { FunnelRow, FunnelStep } from "#analytics/second-fix/fix-funnel.ts";
import type { KindOfFix } from "#analytics/second-fix/fix-league.ts";
import { dateText, moneyText, ratioText, sentenceCase, unknown, words } from "#app/format.ts";
import type { LedgerFix } from "#app/pages/ledger.ts";
import { stageText, verdictText } from "#app/sentences/fix-words.ts";
import type { TableData } from "./table.ts";
import { casesHref, type View } from "./view.ts";

const stepWords: Readonly<Record<FunnelStep, string>> = {
  resolved: "Resolved: fixed once",
  cause_assigned: "… with a known cause",
  decided: "… that somebody has decided about",
  implemented: "… with a second fix in place",
  verified: "… whose second fix is verified: fixed twice",
};

/** From the first fix to the second one that worked: how many of the resolved cases got so far. */
export function funnelTable(view: View, funnel: readonly FunnelRow[]): TableData {
  return {
    name: "funnel",
    caption: "From the first fix to the second",
    csvHref: ledgerCsvHref(view, "funnel"),
    note:
      "Resolved cases by the day they were resolved, as far as their cause has come today; each step is a part of the one " +
      "above it. Shares are of all resolved cases, with 95 % Wilson intervals.",
    columns: [
      { key: "step", label: "Step", kind: "text", csvOnly: true },
      { key: "label", label: "Step", kind: "text" },
      { key: "cases", label: "Cases", kind: "count" },
      { key: "share", label: "Share of resolved", kind: "share", n: "resolved" },
      { key: "share_low", label: "Share, low", kind: "share" },
      { key: "share_high", label: "Share, high", kind: "share" },
      { key: "resolved", label: "of resolved cases", kind: "count", csvOnly: true },
      { key: "causes", label: "Causes", kind: "count" },
    ],
    rows: funnel.map(({ step, cases, causes }) => ({
      ...(step === "resolved" && { href: casesHref(view, "outcome") }),
      cells: {
        step,
        label: stepWords[step],
        cases: cases.hits,
        share: cases.share,
        // All of all is no estimate.
        share_low: step === "resolved" ? null : (cases.interval?.low ?? null),
        share_high: step === "resolved" ? null : (cases.interval?.high ?? null),
        resolved: cases.n,
        causes,
      },
    })),
  };
}

/** Which kinds of second fix have worked here. */
export function leagueTable(view: View, kinds: readonly KindOfFix[]): TableData {
  return {
    name: "kinds-of-second-fix",
    caption: "Kinds of second fix, and how they did",
    csvHref: ledgerCsvHref(view, "kinds-of-second-fix"),
    note:
      "All second fixes that are in place, of all days. Verified: effective or partially effective, and holding, of those with a " +
      "conclusive verdict; 95 % Wilson intervals. Association, not proof: other causes get other kinds of fix.",
    columns: [
      { key: "kind", label: "Kind", kind: "word" },
      { key: "implemented", label: "In place", kind: "count" },
      { key: "verified", label: "Verified", kind: "count" },
      { key: "share", label: "Share verified", kind: "share", n: "judged", hits: "verified" },
      { key: "share_low", label: "Share, low", kind: "share" },
      { key: "share_high", label: "Share, high", kind: "share" },
      { key: "judged", label: "of conclusive verdicts", kind: "count" },
      { key: "harmful", label: "Harmful", kind: "count" },
      { key: "inconclusive", label: "Inconclusive", kind: "count" },
      { key: "open", label: "Not judged yet", kind: "count" },
    ],
    rows: kinds.map(({ kind, implemented, verified, harmful, inconclusive, open }) => ({
      cells: {
        kind: words(kind),
        implemented,
        verified: verified.hits,
        share: verified.share,
        share_low: verified.interval?.low ?? null,
        share_high: verified.interval?.high ?? null,
        judged: verified.n,
        harmful,
        inconclusive,
        open,
      },
    })),
  };
}

/** A second fix with the name of its cause, and what the columns say of it. */
export type LedgerRow = LedgerFix & {
  cause: string | null;
  payback: Payback | null;
  /** Who are to be told that it is fixed; `null` before it is in place. */
  customers: number | null;
};

/** Every second fix, those that want attention first. */
export function ledgerTable(view: View, fixes: readonly LedgerRow[]): TableData {
  const day = (value: number | null) => (value === null ? null : formatDay(value));
  return {
    name: "second-fixes",
    caption: "Every second fix",
    csvHref: ledgerCsvHref(view, "second-fixes"),
    note:
      "Rate since the fix: cases a week since the fix over those before it, volume taken out, with its 95 % interval. Payback: at " +
      "what was paid in a case of the cause in the mean, nothing else counted as its cost.",
    columns: [
      { key: "fix_id", label: "Id", kind: "text", csvOnly: true },
      { key: "title", label: "Second fix", kind: "text" },
      { key: "cause_id", label: "Cause id", kind: "text", csvOnly: true },
      { key: "cause", label: "Cause", kind: "text" },
      { key: "kind", label: "Kind", kind: "word" },
      { key: "owner", label: "Owner", kind: "word" },
      { key: "stage", label: "Stage", kind: "text", csvOnly: true },
      { key: "due_on", label: "Due", kind: "date", csvOnly: true },
      { key: "in_place_on", label: "In place on", kind: "date", csvOnly: true },
      { key: "in_place", label: "In place since", kind: "word" },
      { key: "standing", label: "Where it stands", kind: "word" },
      { key: "check_on", label: "Check date", kind: "date", csvOnly: true },
      { key: "window_end", label: "Window end", kind: "date", csvOnly: true },
      { key: "verdict", label: "Verdict", kind: "text", csvOnly: true },
      { key: "change", label: "Rate since the fix", kind: "word" },
      { key: "ratio", label: "Ratio", kind: "score", csvOnly: true },
      { key: "ratio_low", label: "Ratio, low", kind: "score", csvOnly: true },
      { key: "ratio_high", label: "Ratio, high", kind: "score", csvOnly: true },
      { key: "cost", label: "Cost", kind: "text", csvOnly: true },
      { key: "payback", label: "Paid back after", kind: "word" },
      { key: "told", label: "Customers told", kind: "word" },
      { key: "customers_told", label: "Told", kind: "count", csvOnly: true },
      { key: "customers", label: "Customers to tell", kind: "count", csvOnly: true },
    ],
    rows: fixes.map((fix) => {
      const change = fix.measured?.change ?? null;
      return {
        href: `/w/${encodeURIComponent(view.workspace.name)}/fixes/${fix.fixId}`,
        ...(fix.stage === "dropped" && { tone: "other" as const }),
        cells: {
          fix_id: String(fix.fixId),
          title: fix.title,
          cause_id: String(fix.causeId),
          cause: fix.cause,
          kind: words(fix.kind),
          owner: fix.owner,
          stage: stageText(fix.stage),
          due_on: day(fix.dueOn),
          in_place_on: day(fix.implementedTo),
          in_place: fix.implementedTo === null ? "not yet" : dateText(day(fix.implementedTo)),
          check_on: day(fix.checkOn),
          window_end: day(fix.windowEnd),
          standing: standingText(fix),
          verdict: fix.verdict,
          change: change === null ? "not measured" : ratioText(change.ratio, change.interval),
          ratio: change?.ratio ?? null,
          ratio_low: change?.interval.low ?? null,
          ratio_high: change === null || change.interval.high === Infinity ? null : change.interval.high,
          cost: fix.cost === null ? "not said" : moneyText(fix.cost.minor, fix.cost.currency),
          payback: paybackText(fix),
          told: fix.customers === null ? "not in place" : `${fix.marked.told} of ${fix.customers}`,
          customers_told: fix.marked.told,
          customers: fix.customers,
        },
      };
    }),
  };
}

/** The verdict where there is one, else how far it is. */
function standingText({ stage, verdict, isOverride }: LedgerRow): string {
  if (verdict === null) return stageText(stage);
  return `${sentenceCase(verdictText(verdict))}${isOverride ? " (a person's word)" : ""}`;
}

function paybackText({ cost, measured, payback }: LedgerRow): string {
  if (cost === null) return "cost not said";
  if (measured === null) return "not judged";
  if (payback === null) return unknown;
  const weeks = (value: number | null) => (value === null ? "never" : `${Math.ceil(value)}`);
  if (payback.weeks === null) return "not at this rate";
  return `${weeks(payback.weeks)} weeks (${weeks(payback.soonest)} – ${weeks(payback.latest)})`;
}

function ledgerCsvHref(view: View, name: string): string {
  const query = new URL(casesHref(view, "outcome"), "http://here").search;
  return `/w/${encodeURIComponent(view.workspace.name)}/fixes/tables/${name}.csv${query}`;
}
