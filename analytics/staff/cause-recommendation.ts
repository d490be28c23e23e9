import type { Category } from "../case.ts";
import { multinomialDispersion } from "../statistics/multinomial-dispersion.ts";
import { rateRatio } from "../statistics/rate-ratio.ts";
import { fewestForRate, fewestForVerb } from "../statistics/what-may-be-said.ts";
import { type Recommendation, recommendation } from "./recommendation.ts";
import { type ConcernedCase, type HandledCases, type UnitQuestion, unitQuestions } from "./unit-questions.ts";

/** What is recommended of a cause, over all units in which it happens. */
export interface CauseRecommendation {
  /** `null`: no case names a concerned agent, or the cause is not one of staff training. `both`: one unit says this, another that. */
  answer: Recommendation["answer"] | "both" | null;
  /** The units of which it was asked: first those with an answer, then by name. */
  units: { unit: string; found: Recommendation }[];
  /** Agents and units do not differ by more than chance, and the units not by as much as 2: so does a fault of the process look. */
  everywhereAlike: boolean;
  /** Cases in the time looked at, and of these how many name whose work they are about. */
  cases: number;
  named: number;
}

/** How much more a unit may have than the others together and still be alike. */
const alikeWithin = 2;
/** It is a warning, and accuses nobody: only what is plainly more than chance tells agents, or units, apart. */
const alphaOfDifference = 0.01;

/**
 * The question of training, asked of each unit with cases enough to be called a rate: they share the 5 % that may err. Source:
 * `recommendation`, Bonferroni over the units. Cost: as `recommendation`, a unit.
 * @param weeks of the time looked at
 */
export function causeRecommendation(
  category: Category | null,
  cases: readonly ConcernedCase[],
  handled: readonly HandledCases[],
  weeks: number,
): CauseRecommendation {
  const questions = unitQuestions(category, cases, handled, weeks);
  const asked = questions.filter(({ question }) => comparedCases(question) >= fewestForRate);
  const units = asked.flatMap(({ unit, question }) => {
    const found = recommendation({ ...question, unitsAsked: asked.length });
    return found === null ? [] : [{ unit, found }];
  });
  const answers = new Set(units.map(({ found }) => found.answer));
  const said = [...answers].filter((answer) => answer !== "cannot_tell");
  const named = cases.filter(({ agent }) => agent !== null).length;
  const none = category !== "staff_training" || named === 0;
  const isTold = ({ found }: (typeof units)[number]) => Number(found.answer !== "cannot_tell");
  return {
    answer: none ? null : said.length > 1 ? "both" : (said[0] ?? "cannot_tell"),
    units: units.toSorted((a, b) => isTold(b) - isTold(a)),
    everywhereAlike: said.length === 0 && areAlike(questions),
    cases: cases.length,
    named,
  };
}

/** Whatever the category: of a process cause it is told too, since its cases may name agents. */
function areAlike(questions: readonly UnitQuestion[]): boolean {
  const units = questions
    .map(({ question }) => ({ cases: comparedCases(question), handled: comparedVolume(question) }))
    .filter(({ handled }) => handled > 0);
  const agents = questions.flatMap(({ question }) => question.agents).filter(({ handled }) => handled > 0);
  const all = sum(units.map(({ cases }) => cases));
  const volume = sum(units.map(({ handled }) => handled));
  if (units.length < 2 || all < fewestForVerb) return false;
  const differ = (groups: readonly { cases: number; handled: number }[]) => {
    const found = multinomialDispersion(
      groups.map(({ cases }) => cases),
      groups.map(({ handled }) => handled),
    );
    return found !== null && found.p <= alphaOfDifference;
  };
  const isFar = ({ cases, handled }: { cases: number; handled: number }) => {
    const ratio = rateRatio(all - cases, cases, volume - handled, handled);
    return ratio === null || ratio.interval.high >= alikeWithin;
  };
  return (
    !differ(units) &&
    !differ(agents.map(({ weeks, handled }) => ({ cases: sum(weeks), handled }))) &&
    !units.some((unit) => unit.cases >= fewestForRate && isFar(unit))
  );
}

function comparedCases({ agents }: UnitQuestion["question"]): number {
  return sum(agents.flatMap(({ weeks, handled }) => (handled > 0 ? weeks : [])));
}

function comparedVolume({ agents }: UnitQuestion["question"]): number {
  return sum(agents.map(({ handled }) => handled));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
