import { verdictsOfPeople } from "#app/fixes/verdicts-of-people.ts";
import { sentenceCase } from "#app/format.ts";
import { verdictText } from "#app/sentences/fix-words.ts";
import type { StepRefused } from "#app/server/fix-steps.ts";
import type { FixView } from "#app/server/fix-view.ts";
import { Notice } from "./notice.tsx";

type StepsProps = Pick<FixView, "state" | "verdicts" | "check"> & {
  refused: StepRefused | null;
  today: string;
};

/** What can be said of a fix next, each apart from the others. */
export function FixSteps({ state, verdicts, refused, today }: StepsProps) {
  if (state === "dropped") return null;
  const typed = (step: string) => (refused?.step === step ? refused : null);
  return (
    <section className="section no-print" id="steps">
      <h2>What comes next</h2>
      {state === "draft" && <Plan refused={typed("planned")} />}
      {state !== "implemented" && <PutInPlace refused={typed("implemented")} today={today} />}
      {state !== "implemented" && <Drop refused={typed("dropped")} />}
      {state === "implemented" && <Override refused={typed("override")} />}
      {verdicts.override !== null && (
        <form method="post">
          <input type="hidden" name="step" value="withdraw" />
          <button type="submit" className="quiet">
            Withdraw the person’s word: the statistics’ verdict holds again
          </button>
        </form>
      )}
    </section>
  );
}

interface StepProps {
  refused: StepRefused | null;
}

function Problems({ refused }: StepProps) {
  if (refused === null) return null;
  return (
    <Notice kind="problem">
      {refused.problems.map(({ sentence }) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}

function Plan({ refused }: StepProps) {
  return (
    <form method="post" className="stacked-form" action="#steps">
      <Problems refused={refused} />
      <input type="hidden" name="step" value="planned" />
      <button type="submit">It is planned</button>
    </form>
  );
}

function PutInPlace({ refused, today }: StepProps & { today: string }) {
  const { from = "", till = "" } = refused?.typed ?? {};
  return (
    <details open={refused !== null}>
      <summary>It is in place</summary>
      <form method="post" className="stacked-form" action="#steps">
        <Problems refused={refused} />
        <p>
          From then on the check is immutable: target, wash-in, check date and window stay as they are, and
          both sides are compared as the preview shows.
        </p>
        <input type="hidden" name="step" value="implemented" />
        <label>
          <span>Since</span>
          <input type="date" name="from" defaultValue={from} max={today} required />
        </label>
        <label>
          <span>Until, where it took several days to put in place</span>
          <input type="date" name="till" defaultValue={till} max={today} />
        </label>
        <button type="submit">Say that it is in place</button>
      </form>
    </details>
  );
}

function Drop({ refused }: StepProps) {
  return (
    <details open={refused !== null}>
      <summary>Drop it</summary>
      <form method="post" className="stacked-form" action="#steps">
        <Problems refused={refused} />
        <input type="hidden" name="step" value="dropped" />
        <Reason label="Why it is dropped (kept with it)" refused={refused} />
        <button type="submit">Drop it</button>
      </form>
    </details>
  );
}

function Override({ refused }: StepProps) {
  return (
    <details open={refused !== null}>
      <summary>Say something else than the statistics</summary>
      <form method="post" className="stacked-form" action="#steps">
        <Problems refused={refused} />
        <p>Your word holds in the ledger; the statistics’ verdict stays beside it, with your reason.</p>
        <input type="hidden" name="step" value="override" />
        <label>
          <span>Verdict</span>
          <select name="verdict" defaultValue={refused?.typed.verdict}>
            {verdictsOfPeople.map((verdict) => (
              <option key={verdict} value={verdict}>
                {sentenceCase(verdictText(verdict))}
              </option>
            ))}
          </select>
        </label>
        <Reason label="Why (kept and shown with it)" refused={refused} />
        <button type="submit">Give this verdict</button>
      </form>
    </details>
  );
}

function Reason({ label, refused }: StepProps & { label: string }) {
  return (
    <label>
      <span>{label}</span>
      <input name="reason" required defaultValue={refused?.typed.reason} />
    </label>
  );
}
