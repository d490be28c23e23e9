import { loadDemo, simulateDemo } from "#app/demo/load-demo.ts";
import { openDatabase } from "#db/open-database.ts";
import type { Command } from "./command.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { todayIso } from "./today.ts";

export const demoCommand: Command = {
  summary: "loads the simulated company into the workspace demo (`serve` does it where nothing is loaded)",
  positionals: [],
  options: { "as-of": { type: "string" }, until: { type: "string" } },
  optionTexts: {
    "as-of DATE": "the day that the simulation takes for today",
    "until DATE": "leave out what came later: the company as it was known then",
  },
  examples: ["fixtwice demo", "fixtwice demo --as-of 2026-11-22 --until 2025-10-27"],
  async run({ values, settings }) {
    const { until } = values;
    const simulation = simulateDemo(
      todayIso(values["as-of"]),
      until === undefined ? undefined : todayIso(until),
    );
    const database = await openDatabase(settings);
    const progress = terminalProgress();
    try {
      await loadDemo(database, simulation, progress.show);
      progress.end("The simulated company is loaded into the workspace demo.");
      return 0;
    } finally {
      await database.close();
    }
  },
};
