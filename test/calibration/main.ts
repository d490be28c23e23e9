import { readFileSync, writeFileSync } from "node:fs";
import { agreement } from "./agreement.ts";
import { burstCalibration } from "./bursts.ts";
import { coverage } from "./coverage.ts";
import { fates } from "./fates.ts";
import { pageOfVerbs } from "./page-of-verbs.ts";
import { recurrenceCalibration } from "./recurrence.ts";
import { regressed } from "./regressed.ts";
import { secondFix } from "./second-fix.ts";
import { staff } from "./staff.ts";
import { staffCompanies } from "./staff-companies.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";
import { whatWorked } from "./what-worked.ts";

// Simulates what the statistics promise and writes the tables of docs/calibration.md: `npm run test:calibration`, all of
// them; or `npm run test:calibration -- bursts staff`, only these. Each topic draws from a seed of its own.
const topics: Record<string, (options: CalibrationOptions) => CalibrationTable[]> = {
  coverage,
  verbs: pageOfVerbs,
  "second-fix": secondFix,
  regressed,
  "what-worked": whatWorked,
  staff,
  "staff-companies": staffCompanies,
  agreement,
  recurrence: recurrenceCalibration,
  bursts: burstCalibration,
  fates,
};

const options: CalibrationOptions = {
  seed: Number(process.env["SEED"] ?? 1),
  effort: Number(process.env["EFFORT"] ?? 1),
};
const path = "docs/calibration.md";
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => topics[name] === undefined);
if (unknown.length > 0)
  throw new RangeError(`expected topics of ${Object.keys(topics).join(", ")}, got ${unknown.join(", ")}`);
const sections = Object.entries(topics)
  .filter(([name]) => chosen.length === 0 || chosen.includes(name))
  .flatMap(([, topic]) => topic(options))
  .map(asMarkdown);
console.log(sections.join("\n"));
if (options.effort === 1) writeFileSync(path, chosen.length === 0 ? whole(sections) : mended(sections));

function whole(all: readonly string[]): string {
  return `# Calibration\n\nWhat the statistics promise, simulated: \`npm run test:calibration\`, seed ${options.seed}. Chance is seeded: the same command prints the same tables.\n\n${all.join("\n")}`;
}

/** The page as it is, with the sections of these titles in place of its own; what is new comes last. */
function mended(some: readonly string[]): string {
  const titleOf = (section: string) => section.slice(0, section.indexOf("\n"));
  const written = new Map(some.map((section) => [titleOf(section), section.trimEnd()]));
  const [head = "", ...old] = readFileSync(path, "utf8").split(/^(?=## )/m);
  const kept = old.map((section) => written.get(titleOf(section)) ?? section.trimEnd());
  const added = [...written].filter(([title]) => !old.some((section) => titleOf(section) === title));
  return `${head}${[...kept, ...added.map(([, section]) => section)].join("\n\n")}\n`;
}

function asMarkdown({ title, says, columns, rows }: CalibrationTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `## ${title}`,
    "",
    says,
    "",
    line(columns),
    line(columns.map(() => "---")),
    ...rows.map(line),
    "",
  ].join("\n");
}
