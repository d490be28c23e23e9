import { writeFileSync } from "node:fs";
import { agreement } from "./agreement.ts";
import { burstCalibration } from "./bursts.ts";
import { coverage } from "./coverage.ts";
import { pageOfVerbs } from "./page-of-verbs.ts";
import { recurrenceCalibration } from "./recurrence.ts";
import { secondFix } from "./second-fix.ts";
import { staff } from "./staff.ts";
import type { CalibrationOptions, CalibrationTable } from "./table.ts";
import { whatWorked } from "./what-worked.ts";

// Simulates what the statistics promise and writes the tables of docs/calibration.md: `npm run test:calibration`.
const topics: ((options: CalibrationOptions) => CalibrationTable[])[] = [
  coverage,
  pageOfVerbs,
  secondFix,
  whatWorked,
  staff,
  agreement,
  recurrenceCalibration,
  burstCalibration,
];

const options: CalibrationOptions = {
  seed: Number(process.env["SEED"] ?? 1),
  effort: Number(process.env["EFFORT"] ?? 1),
};
const tables = topics.flatMap((topic) => topic(options));
const text = tables.map(asMarkdown).join("\n");
console.log(text);
if (options.effort === 1)
  writeFileSync(
    "docs/calibration.md",
    `# Calibration\n\nWhat the statistics promise, simulated: \`npm run test:calibration\`, seed ${options.seed}. Chance is seeded: the same command prints the same tables.\n\n${text}`,
  );

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
