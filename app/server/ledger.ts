import { type Day, parseDay } from "#analytics/period.ts";
import { type FixState, fixAlert, fixStage } from "#analytics/second-fix/fix-stage.ts";
import { overlappingFixes } from "#analytics/second-fix/overlapping-fixes.ts";
import type { RecordedJudgement } from "#analytics/second-fix/recorded-judgement.ts";
import type { AskedOfLedger, LedgerFix } from "#app/pages/ledger.ts";
import { loadCalls } from "#db/queries/cause-calls.ts";
import { listVerdicts, type StandingVerdicts, standingVerdicts } from "#db/queries/fix-verdicts.ts";
import { listSecondFixes, type SecondFix } from "#db/queries/second-fixes.ts";
import { countToldCustomers } from "#db/queries/told-customers.ts";
import type { Database } from "#db/schema.ts";
import { checkedFix } from "./judge-fixes.ts";

/** What the ledger shows that the columns do not know. */
export async function loadLedger(
  db: Database,
  workspaceId: number,
  today: Day,
): Promise<Pick<AskedOfLedger, "fixes" | "decided">> {
  const verdicts = await listVerdicts(db, workspaceId);
  const marked = await countToldCustomers(db, workspaceId);
  const fixes = await listSecondFixes(db, workspaceId);
  const inPlace = fixes.filter(({ state }) => state === "implemented");
  // The looks of fixes that are judged together are theirs, not each fix's own.
  const looks = new Map(
    overlappingFixes(inPlace.map(checkedFix)).flatMap(({ fixIds, checkOn, windowEnd }) =>
      fixIds.map((id) => [id, { checkOn, windowEnd }] as const),
    ),
  );
  return {
    decided: new Set((await loadCalls(db, workspaceId)).keys()),
    fixes: fixes.map((fix): LedgerFix => {
      const standing = standingVerdicts(verdicts, fix.fix_id);
      const state = { ...stateOfFix(fix, standing.verdict), ...looks.get(fix.fix_id) };
      const { told = 0, leftOut = 0 } = marked.get(fix.fix_id) ?? {};
      return {
        fixId: fix.fix_id,
        causeId: fix.root_cause_id,
        kind: fix.kind,
        title: fix.title,
        owner: fix.owner,
        isDropped: fix.state === "dropped",
        stage: fixStage(state, today),
        alert: fixAlert(state, today),
        openedOn: dayOf(fix.opened_on),
        dueOn: state.dueOn,
        implementedTo: state.implementedTo,
        checkOn: state.checkOn,
        windowEnd: state.windowEnd,
        verdict: standing.verdict,
        isOverride: standing.holds?.look === "person",
        measured: measuredOf(standing),
        cost: costOf(fix),
        marked: { told, leftOut },
      };
    }),
  };
}

/** What stages and alerts follow from. */
export function stateOfFix(fix: SecondFix, verdict: FixState["verdict"]): FixState {
  return {
    state: fix.state,
    dueOn: fix.due_on === null ? null : dayOf(fix.due_on),
    implementedTo: fix.implemented_to === null ? null : dayOf(fix.implemented_to),
    washInDays: fix.wash_in_days,
    checkOn: dayOf(fix.check_on),
    windowEnd: dayOf(fix.window_end),
    verdict,
  };
}

function measuredOf({ measured }: StandingVerdicts): LedgerFix["measured"] {
  if (measured === undefined) return null;
  const { judgement } = measured.judgement as RecordedJudgement; // that of a look
  return judgement.measured;
}

function costOf({ cost_minor: minor, cost_currency: currency }: SecondFix): LedgerFix["cost"] {
  return minor === null || currency === null ? null : { minor, currency };
}

function dayOf(text: string): Day {
  return parseDay(text)!; // a date of the database
}
