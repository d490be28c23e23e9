import type { ReactNode } from "react";
import type { QueueItem } from "#app/server/decision-queue.ts";
import { TrainingDecisionForm } from "./training-decision-form.tsx";

export interface QueueFormProps {
  item: QueueItem;
  /** The first day that a date may be, `YYYY-MM-DD`. */
  earliest: string;
}

/** Decides about an item of the queue, where it stands. */
export function QueueForm({ item, earliest }: QueueFormProps) {
  if (item.kind === "training")
    return (
      <Fold>
        <TrainingDecisionForm causeId={item.causeId} />
      </Fold>
    );
  return (
    <Fold>
      {item.kind === "overdue" ? (
        <FixForm item={item} earliest={earliest} />
      ) : (
        <CallForm item={item} earliest={earliest} />
      )}
    </Fold>
  );
}

function Fold({ children }: { children: ReactNode }) {
  return (
    <details className="no-print">
      <summary>Decide</summary>
      {children}
    </details>
  );
}

function CallForm({ item, earliest }: QueueFormProps) {
  return (
    <form method="post" className="stacked-form">
      <input type="hidden" name="decide" value="call" />
      <input type="hidden" name="cause" value={item.causeId} />
      <label>
        <span>Decide</span>
        <select name="call" required defaultValue="">
          <option value="" disabled>
            choose
          </option>
          <option value="fix">{item.fixId === null ? "Fix it" : "Fix it another way"}</option>
          <option value="watch">Watch it</option>
          <option value="accept">{item.kind === "risk_due" ? "Accept it again" : "Accept it"}</option>
        </select>
      </label>
      <label>
        <span>Accepted until (where you accept it)</span>
        <input type="date" name="until" min={earliest} />
      </label>
      <Reason />
      <button type="submit">Keep the decision</button>
    </form>
  );
}

function FixForm({ item, earliest }: QueueFormProps) {
  return (
    <form method="post" className="stacked-form">
      <input type="hidden" name="fix" value={item.fixId ?? ""} />
      <label>
        <span>Decide</span>
        <select name="decide" required defaultValue="">
          <option value="" disabled>
            choose
          </option>
          <option value="due">Go on, with another due date</option>
          <option value="drop">Drop it</option>
        </select>
      </label>
      <label>
        <span>Due on (where you go on)</span>
        <input type="date" name="due_on" min={earliest} />
      </label>
      <Reason />
      <button type="submit">Keep the decision</button>
    </form>
  );
}

function Reason() {
  return (
    <label>
      <span>Reason (kept with the decision)</span>
      <input name="reason" required maxLength={500} />
    </label>
  );
}
