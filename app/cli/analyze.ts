import { counted, countText } from "#app/format.ts";
import { analyse } from "#app/server/analyse.ts";
import { SettingError } from "#app/settings.ts";
import { openDatabase } from "#db/open-database.ts";
import { findWorkspace } from "#db/workspaces.ts";
import type { Command } from "./command.ts";

export const analyzeCommand: Command = {
  summary: "finds the recurring causes of a workspace anew (a load does it by itself)",
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
      const report = await analyse(database.db, workspace);
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
