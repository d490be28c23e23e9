import { type Random, randomFrom } from "#analytics/causes/random.ts";
import { type Judgement, judgeSecondFix } from "#analytics/second-fix/judge-second-fix.ts";
import type { MeasuredChange } from "#analytics/second-fix/measure-change.ts";
import { whenCanWeKnow } from "#analytics/second-fix/when-can-we-know.ts";
import {
  type Company,
  causes,
  dates,
  decisionWeek,
  drawCompany,
  evidenceOf,
  type Scenario,
  weeksAfter,
} from "./second-fix-company.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";

/** Where nothing is done, and how many in a hundred may be called improved. */
const idle: (Scenario & { wanted: number })[] = [
  { name: "Poisson", wanted: 2.5 },
  { name: "variance 2x", dispersion: 2, wanted: 4 },
  { name: "variance 3x", dispersion: 3, wanted: 4 },
  { name: "lag-1 correlation .3", correlation: 0.3, wanted: 4 },
  { name: "season ± 30 % of all", season: 0.3, wanted: 4 },
  { name: "season ± 30 % of all, no exposure known", season: 0.3, withoutExposure: true, wanted: 4 },
  { name: "season ± 30 % of each cause alone", ownSeason: 0.3, wanted: 4 },
  { name: "volume - 50 %", volumeStep: 0.5, wanted: 4 },
  { name: "volume - 50 %, no exposure known", volumeStep: 0.5, withoutExposure: true, wanted: 4 },
  { name: "resolved cases only, lag 14 days", lagDays: 14, wanted: 4 },
  { name: "resolved cases only, lag 30 days", lagDays: 30, wanted: 4 },
  { name: "capture 90 % before, 80 % after", captureAfter: 0.8, wanted: 4 },
];

/** What the verdict on a second fix promises, by companies of 50 causes whose truth is known. */
export function secondFix({ seed, effort }: CalibrationOptions): CalibrationTable[] {
  const random = randomFrom(seed);
  return [falseVerdicts(effort, random), power(effort, random)];
}

function falseVerdicts(effort: number, random: Random): CalibrationTable {
  const companies = Math.max(1, Math.round(100 * effort));
  const rows = idle.map((scenario) => {
    const tally = new Tally();
    for (let i = 0; i < companies; i++) tally.judge(drawCompany(scenario, random));
    return [scenario.name, ...tally.cells(), `<= ${scenario.wanted} %`];
  });
  const choices: [string, (company: Company) => number[], number][] = [
    ["the worst 5 of 50 chosen", worst, 104],
    ["the most risen 5 of 50 chosen", mostRisen, 104],
    ["the worst 5 of 50 chosen, 20 weeks known", worst, 20],
  ];
  for (const [name, choose, history] of choices) {
    const tally = new Tally();
    for (let i = 0; i < 10 * companies; i++) {
      const company = drawCompany({ name, history }, random);
      tally.judge(company, choose(company));
    }
    rows.push([name, ...tally.cells(), "<= 4 %"]);
  }
  return {
    title: "A second fix that does nothing",
    says:
      `Companies of ${causes} causes with 6 to 60 cases a half-year, 90 % captured; each cause judged after 104 weeks, 2 of wash-in and ${weeksAfter}, ` +
      "with a target of 50 %. Improved: `effective` or `partially_effective`. Harm has two looks, so 5 % are expected at most.",
    columns: [
      "scenario",
      "fixes",
      "improved",
      "harmful",
      "not effective",
      "inconclusive",
      "improved, wanted",
    ],
    rows,
  };
}

function power(effort: number, random: Random): CalibrationTable {
  const companies = Math.max(1, Math.round(16 * effort));
  const rows: string[][] = [];
  for (const history of [26, 104])
    for (const expected of [10, 20, 40, 60, 100, 200]) {
      const [half, more] = [0.5, 0.4].map((ratio) => {
        const tally = new Tally(60);
        for (let i = 0; i < companies; i++)
          tally.judge(drawCompany({ name: "", expected, history }, random, ratio));
        return tally;
      });
      rows.push([
        `${history} weeks`,
        String(expected),
        percent(half!.improved),
        percent(half!.told),
        percent(half!.foretold),
        percent(more!.share("effective")),
      ]);
    }
  return {
    title: "A second fix that works",
    says:
      `${companies * causes} fixes a row and cut, ${weeksAfter} weeks after; "expected" are the captured cases of these weeks without the fix. With 26 weeks known there are as many ` +
      "on each side. Wanted: improved >= 80 % from 60 expected at a true cut of 50 %; effective >= 75 % with 40 at 60 %. The target is 50 %.",
    columns: [
      "known before",
      "expected",
      "improved at 50 %",
      "any verdict at 50 %",
      'the same by "when can we know"',
      "effective at 60 %",
    ],
    rows,
  };
}

class Tally {
  private readonly asked: number;
  private readonly counts = new Map<Judgement["verdict"], number>();
  private fixes = 0;
  private readonly foretellings: number[] = [];

  /** @param asked of so many fixes it is also foretold how likely a verdict is */
  constructor(asked = 0) {
    this.asked = asked;
  }

  judge(company: Company, chosen?: number[]): void {
    for (const evidence of evidenceOf(company, chosen)) {
      const { verdict, measured } = judgeSecondFix({ ...dates, targetCut: 0.5 }, evidence);
      if (measured !== null && this.foretellings.length < this.asked)
        this.foretellings.push(foretold(measured));
      this.counts.set(verdict, (this.counts.get(verdict) ?? 0) + 1);
      this.fixes++;
    }
  }

  share(verdict: Judgement["verdict"]): number {
    return (this.counts.get(verdict) ?? 0) / this.fixes;
  }

  get improved(): number {
    return this.share("effective") + this.share("partially_effective");
  }

  get foretold(): number {
    return this.foretellings.reduce((sum, probability) => sum + probability, 0) / this.foretellings.length;
  }

  get told(): number {
    return 1 - this.share("inconclusive");
  }

  cells(): string[] {
    const shares = [
      this.improved,
      ...(["harmful", "not_effective", "inconclusive"] as const).map((v) => this.share(v)),
    ];
    return [String(this.fixes), ...shares.map(percent)];
  }
}

/** What "when can we know" says of the window's end, from nothing but the baseline of this fix. */
function foretold({ before, dispersion }: MeasuredChange): number {
  const { probabilities } = whenCanWeKnow(
    {
      before: { cases: before.cases, exposure: before.weeks },
      exposurePerWeek: 1,
      dispersion,
      hopedCut: 0.5,
      targetCut: 0.5,
    },
    weeksAfter,
  );
  return probabilities.at(-1)!;
}

function worst({ captured }: Company): number[] {
  return topFive(captured.map((weeks) => sumOf(weeks, decisionWeek - 26, decisionWeek)));
}

function mostRisen({ captured }: Company): number[] {
  return topFive(
    captured.map(
      (weeks) =>
        sumOf(weeks, decisionWeek - 26, decisionWeek) - sumOf(weeks, decisionWeek - 52, decisionWeek - 26),
    ),
  );
}

function topFive(scores: number[]): number[] {
  return [...scores.keys()].toSorted((a, b) => scores[b]! - scores[a]!).slice(0, 5);
}

function sumOf(weeks: readonly number[], from: number, to: number): number {
  return weeks.slice(from, to).reduce((sum, count) => sum + count, 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
