import { loadDemo, simulateDemo } from "#app/demo/load-demo.ts";
import { openDatabase } from "#db/open-database.ts";
import type { Command } from "./command.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { todayIso } from "./today.ts";

export const demoCommand: Command = {
  summary: "loads the simulated company into the workspace demo (`serve` does it where nothing is loaded)",
  positionals: [],
  options: { "as-of": { type: "string" } },
  optionTexts: { "as-of DATE": "the day that the simulation takes for today" },
  examples: ["fixtwice demo"],
  async run({ values, settings }) {
    const simulation = simulateDemo(todayIso(values["as-of"]));
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
