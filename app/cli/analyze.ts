import { counted, countText, shareText } from "#app/format.ts";
import { analyse } from "#app/server/analyse.ts";
import { SettingError } from "#app/settings.ts";
import { openDatabase } from "#db/open-database.ts";
import { findWorkspace } from "#db/workspaces.ts";
import type { Command } from "./command.ts";
import { terminalProgress } from "./terminal-progress.ts";

export const analyzeCommand: Command = {
  summary:
    "finds the causes of a workspace anew, without beginning from those that are there, as the run after a load does",
  positionals: [],
  options: { workspace: { type: "string", default: "main" }, json: { type: "boolean", default: false } },
  optionTexts: { "workspace NAME": "the workspace (main)", json: "print the result as one line of JSON" },
  examples: ["fixtwice analyze --workspace real"],
  async run({ values, settings }) {
    const database = await openDatabase(settings);
    try {
      const name = String(values.workspace);
      const workspace = await findWorkspace(database.db, name);
      if (workspace === undefined) throw new SettingError(`There is no workspace named "${name}".`);
      const progress = terminalProgress();
      const report = await analyse(database.db, workspace, {
        cold: true,
        onProgress: (stage, share) => progress.show(`${stage}, ${shareText(share)}`),
      });
      progress.end();
      console.log(
        values.json === true
          ? JSON.stringify(report)
          : `${counted(report.causes, "cause")} in ${counted(report.cases, "case")}, ${countText(report.unassigned)} without one (${Math.round(report.seconds)} s).`,
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};
