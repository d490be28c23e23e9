import { simulateCompany } from "#app/demo/simulate-company.ts";
import { answerOf, pageWeeks, trainingOf } from "#test/support/training-answer.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

/** What was planted, and what is to be said of it. */
export const plantedQuestions = [
  {
    cause: "warranty-misadvice",
    planted: "one agent of Phone at 7 times the rate",
    wanted: "individual AG-103",
  },
  { cause: "chat-overpromises", planted: "the unit Live Chat, 85 % of the cases", wanted: "unit Live Chat" },
  {
    cause: "handover-loses-callback",
    planted: "a process in disguise: spread as the work is",
    wanted: "like a process",
  },
  { cause: "security-questions-muddled", planted: "nobody: spread as the work is", wanted: "like a process" },
  { cause: "crew-skips-assembly", planted: "no agent is named", wanted: "no recommendation" },
] as const;

/** How often a cause was answered so, in shares of the companies. */
export interface CompanyAnswers {
  cause: string;
  planted: string;
  wanted: number;
  /** Somebody who has no part in it was called to a talk. */
  wrongTalk: number;
  /** A unit was sent on a course that is not at fault, or for one agent. */
  wrongCourse: number;
  cannotTell: number;
  /** It was warned that it looks like a process. */
  warned: number;
}

/** Asks every planted question of reseeded companies, by their planted causes. */
export function answersInCompanies(companies: number, seed: number, weeks = pageWeeks): CompanyAnswers[] {
  const told = new Map(plantedQuestions.map(({ cause }) => [cause as string, [] as string[]]));
  for (let i = 0; i < companies; i++) {
    const company = simulateCompany({ asOf: "2026-11-22", seed: 1_000 * seed + i });
    const ask = trainingOf(company, weeks);
    for (const [cause, answers] of told)
      answers.push(answerOf(ask((caseId) => company.causeOf.get(caseId) === cause)));
  }
  return plantedQuestions.map(({ cause, planted, wanted }) => {
    const answers = told.get(cause)!;
    const share = (is: (answer: string) => boolean) => answers.filter(is).length / companies;
    const isWanted = (answer: string) =>
      wanted === "like a process" ? answer.endsWith(wanted) : answer === wanted;
    return {
      cause,
      planted,
      wanted: share(isWanted),
      wrongTalk: share((answer) => /individual/.test(answer) && !isWanted(answer)),
      wrongCourse: share((answer) => /unit/.test(answer) && !isWanted(answer)),
      cannotTell: share((answer) => answer.startsWith("cannot_tell") && !isWanted(answer)),
      warned: share((answer) => answer.endsWith("like a process")),
    };
  });
}

/** The questions of training of the simulated company, reseeded. */
export function staffCompanies({ seed, effort }: CalibrationOptions): CalibrationTable[] {
  const companies = Math.max(1, Math.round(500 * effort));
  const rows = [pageWeeks, 52].flatMap((weeks) =>
    answersInCompanies(companies, seed, weeks).map((row) => ({ weeks, ...row })),
  );
  const spread = rows.filter(({ weeks, cause }) => weeks === pageWeeks && isSpread(cause));
  const wrong = spread.reduce((sum, { wrongTalk, wrongCourse }) => sum + wrongTalk + wrongCourse, 0);
  return [
    {
      title: "Whom to train, in reseeded companies",
      says:
        `${companies} simulated companies of some 8,000 cases, by the planted causes; each is asked of all its units together, over the 104 weeks of the page and over 52. Wanted: the planted answer, and ` +
        `at most 5 % of wrong talks and courses a cause; of the two causes that are spread as the work is they were ${percent(wrong / spread.length)} in the mean. A share of 5 % is known to +/- 1.9 points. ` +
        `In 52 weeks a unit can hardly be told from its agents, so the page takes 24 months.`,
      columns: [
        "weeks",
        "cause",
        "planted",
        "as wanted",
        "wrong talk",
        "wrong course",
        "cannot tell",
        "warned: like a process",
      ],
      rows: rows.map(({ weeks, cause, planted, wanted, wrongTalk, wrongCourse, cannotTell, warned }) => [
        `${weeks}`,
        cause,
        planted,
        ...[wanted, wrongTalk, wrongCourse, cannotTell, warned].map(percent),
      ]),
    },
  ];
}

function isSpread(cause: string): boolean {
  return cause === "handover-loses-callback" || cause === "security-questions-muddled";
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
