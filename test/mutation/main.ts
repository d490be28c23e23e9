import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "#app/settings.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";

// Breaks the verdict, the display rule and the chart chooser in every small way that is listed in mutants.ts, one at a
// time in a copy of the project, and counts what their own tests notice: `npm run test:mutation`. Wanted: 80 % of each.
const tests = "test/analytics";
const targets = [
  {
    file: "analytics/second-fix/verdict-of-change.ts",
    tests: [`${tests}/second-fix/verdict-of-change.test.ts`],
  },
  {
    file: "analytics/second-fix/judge-second-fix.ts",
    tests: [`${tests}/second-fix/judge-second-fix.test.ts`],
  },
  {
    file: "analytics/statistics/what-may-be-said.ts",
    tests: [`${tests}/statistics/what-may-be-said.test.ts`],
  },
  {
    file: "analytics/control-charts/choose-chart.ts",
    tests: [`${tests}/control-charts/choose-chart.test.ts`],
  },
  { file: "analytics/control-charts/signals.ts", tests: [`${tests}/control-charts/signals.test.ts`] },
];

const copy = mkdtempSync(join(tmpdir(), "fixtwice-mutants-"));
try {
  for (const folder of ["analytics", "test", ".config", "package.json"])
    cpSync(join(projectRoot, folder), join(copy, folder), { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(copy, "node_modules"));
  for (const target of targets) measure(target);
} finally {
  rmSync(copy, { recursive: true });
}

function measure({ file, tests: listed }: (typeof targets)[number]): void {
  const path = join(copy, file);
  const source = readFileSync(path, "utf8");
  if (!passes(listed))
    throw new Error(`${listed.join(", ")} fail without any change; expected them to pass.`);
  const survivors: Mutant[] = [];
  const mutants = mutantsOf(source);
  for (const mutant of mutants) {
    writeFileSync(path, mutant.source);
    if (passes(listed)) survivors.push(mutant);
  }
  writeFileSync(path, source);
  const killed = mutants.length - survivors.length;
  const share = Math.round((100 * killed) / mutants.length);
  console.log(
    `${file}: ${killed} of ${mutants.length} noticed (${share} %)${share < 80 ? ": UNDER 80 %" : ""}`,
  );
  for (const { line, change } of survivors) console.log(`  not noticed, line ${line}: ${change}`);
  if (share < 80) process.exitCode = 1;
}

/** A test that runs for a minute has lost its way, which is noticed too. */
function passes(files: readonly string[]): boolean {
  const run = ["run", "--config", ".config/vitest.ts", "--project", "unit", "--bail", "1", ...files];
  const vitest = join(projectRoot, "node_modules/vitest/vitest.mjs");
  return spawnSync(process.execPath, [vitest, ...run], { cwd: copy, timeout: 60_000 }).status === 0;
}
