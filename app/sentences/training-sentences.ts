import type { CauseRecommendation } from "#analytics/staff/cause-recommendation.ts";
import type { Doubt, Recommendation } from "#analytics/staff/recommendation.ts";
import { categoryText, counted, countText, listText, scoreText } from "#app/format.ts";

/** An answer in a word or two. */
export function answerText(answer: CauseRecommendation["answer"] | "neither"): string {
  return answer === null ? "no recommendation" : answerWords[answer];
}

const answerWords: Readonly<Record<NonNullable<CauseRecommendation["answer"]> | "neither", string>> = {
  individual: "individual: a quiet talk",
  unit: "unit: a training",
  both: "both: by unit",
  cannot_tell: "cannot tell",
  neither: "neither",
};

/** What is recommended of a cause, whole. It names no agent. */
export function recommendationSentence({ answer, units, named, cases }: CauseRecommendation): string {
  if (answer === null)
    return "No recommendation: no case says whose work it is about (concerned_agent_ref), and who answered a case is not to blame for it.";
  const said = units.filter(({ found }) => found.answer !== "cannot_tell");
  if (said.length > 0) return said.map(({ unit, found }) => unitSentence(unit, found)).join(" ");
  const basis = `${countText(named)} of ${counted(cases, "case")} name whose work they are about`;
  return units.length === 0
    ? `Cannot tell: ${basis}, and no unit has five of them.`
    : `Cannot tell: ${basis}, and they do not settle it in any unit.`;
}

/** What is recommended in one unit. */
export function unitSentence(
  unit: string,
  { answer, agents, doubts, unit: compared }: Recommendation,
): string {
  if (answer === "individual") {
    const standing = agents.filter(({ standsOut }) => standsOut).length;
    return `Individual: in ${unit} ${standing === 1 ? `one agent of ${agents.length} stands` : `${standing} agents of ${agents.length} stand`} out, and the others differ by no more than chance.`;
  }
  if (answer === "unit") {
    const ratio = compared?.ratio.ratio;
    const times = ratio == null ? "" : ` has ${scoreText(ratio)} times the rate of the other units, and`;
    return `Unit: ${unit}${times} its agents differ by no more than chance; one at twice the rate of the others would have been seen.`;
  }
  return `Cannot tell for ${unit}: ${listText(doubts.map((doubt) => doubtWords[doubt]))}.`;
}

const doubtWords: Readonly<Record<Doubt, string>> = {
  agents_unknown: "too many cases name nobody",
  too_few_weeks: "too few weeks or cases to tell the bursts of one event from a habit",
  too_few_agents: "too few agents to compare",
  many_stand_out: "too many agents stand out for a quiet talk",
  others_differ: "the others differ by more than chance too",
  too_few_cases: "too few cases to have seen one agent at twice the rate",
  twice_not_excluded: "one agent may still be at twice the rate of the others",
  no_other_unit: "there is no other unit to compare with",
  not_above_other_units: "the unit is not above the other units",
};

/** What must be known before a talk or a course is decided on. */
export function trainingWarnings({ units, everywhereAlike }: CauseRecommendation): string[] {
  const contributing = (["product", "process"] as const).flatMap((category) => {
    const cases = units
      .flatMap(({ found }) => found.warnings)
      .filter((warning) => warning.category === category)
      .reduce((sum, warning) => sum + warning.cases, 0);
    return cases === 0
      ? []
      : [
          `A ${categoryText(category)} cause contributes to ${counted(cases, "case")}: neither a talk nor a training mends that.`,
        ];
  });
  return everywhereAlike
    ? [
        "This may be a process in disguise: agents and units differ by no more than chance, so it happens to whoever does the work. Look at how the work is set up before anybody is trained.",
        ...contributing,
      ]
    : contributing;
}
