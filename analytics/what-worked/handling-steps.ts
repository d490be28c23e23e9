import { type Share, shareOf } from "../metrics/share.ts";
import { answerOf, noAnswer, unknownAnswer, yesAnswer } from "./answers.ts";
import { type Association, association } from "./association.ts";
import { type Tested, withFalseDiscoveries } from "./false-discoveries.ts";

/** What is known of the handling of one resolved case; `null` = unknown. */
export interface HandledCase {
  /** From the receipt to the acknowledgement; Infinity where it is known that there was none. */
  minutesToAcknowledge: number | null;
  isPublic: boolean | null;
  /** Public messages before the case was taken into private. */
  publicMessages: number | null;
  transfers: number | null;
  escalationLevel: number | null;
  resolutionCommunicated: boolean | null;
  /** Whether what is looked for followed (restored, say). */
  result: boolean | null;
  /** What it may be compared with: same cause and severity, from 1; 0 = unknown. */
  stratum: number;
}

/** What a playbook asks for; each at most. */
export interface HandlingTargets {
  minutesToAcknowledge: number;
  publicMessages: number;
  transfers: number;
  escalationLevel: number;
}

export type HandlingStep =
  | "acknowledged_in_time"
  | "taken_private"
  | "not_passed_on"
  | "solved_on_the_ladder"
  | "resolution_communicated";

export interface StepEffect {
  step: HandlingStep;
  /** How often it was kept, of the cases that it applies to and of which that is known. */
  kept: Share;
  /** Cases that it applies to, but of which it is unknown. */
  unknown: number;
  /** Cases that it is no question for: a case that was never public can't be taken into private. */
  doesNotApply: number;
  /** The result where it was kept beside where it was not. */
  association: Association;
}

type Asked = boolean | null | "does_not_apply";

const steps: Readonly<Record<HandlingStep, (handled: HandledCase, targets: HandlingTargets) => Asked>> = {
  acknowledged_in_time: (handled, targets) =>
    atMost(handled.minutesToAcknowledge, targets.minutesToAcknowledge),
  taken_private: (handled, targets) => {
    if (handled.isPublic === null) return null;
    return handled.isPublic ? atMost(handled.publicMessages, targets.publicMessages) : "does_not_apply";
  },
  not_passed_on: (handled, targets) => atMost(handled.transfers, targets.transfers),
  solved_on_the_ladder: (handled, targets) => atMost(handled.escalationLevel, targets.escalationLevel),
  resolution_communicated: (handled) => handled.resolutionCommunicated,
};

/**
 * How often each step of the handling was kept, and how often a result followed where it was and where it was not, raw and
 * within strata; one family of tests over the steps. Association, not proof: a hard case breaks steps and ends badly.
 * Source: PRODUCT §8. Cost: one pass a step.
 */
export function handlingSteps(cases: readonly HandledCase[], targets: HandlingTargets): Tested<StepEffect>[] {
  const rows = Uint32Array.from(cases, (_, row) => row);
  const result = Uint8Array.from(cases, (handled) => answerOf(handled.result));
  const codes = Uint32Array.from(cases, ({ stratum }) => stratum);
  const strata = { codes, count: codes.reduce((most, code) => Math.max(most, code), 0) };
  const effects = (Object.keys(steps) as HandlingStep[]).map((step) => {
    // the keys are the steps
    const asked = cases.map((handled) => steps[step](handled, targets));
    const applies = rows.filter((row) => asked[row] !== "does_not_apply");
    const given = Uint8Array.from(asked, (answer) =>
      answer === "does_not_apply" ? unknownAnswer : answerOf(answer),
    );
    const count = (answer: number) => applies.reduce((n, row) => n + Number(given[row] === answer), 0);
    return {
      step,
      kept: shareOf(count(yesAnswer), count(yesAnswer) + count(noAnswer)),
      unknown: count(unknownAnswer),
      doesNotApply: cases.length - applies.length,
      association: association(applies, given, result, strata),
    };
  });
  return withFalseDiscoveries(effects);
}

function atMost(value: number | null, target: number): boolean | null {
  return value === null ? null : value <= target;
}
