import { instantText } from "#app/format.ts";
import type { ImportSummary } from "#app/server/command-line/messages.ts";
import { rowsRead } from "#db/imports/store/import-counts.ts";
import type { Command } from "./command.ts";
import { withDataPlace } from "./data-place.ts";
import { countsInWords } from "./import-sentences.ts";

export const importsCommand: Command = {
  summary: "lists the imports of a workspace, newest first",
  positionals: [],
  options: { workspace: { type: "string", default: "main" }, json: { type: "boolean", default: false } },
  optionTexts: { "workspace NAME": "the workspace (main)", json: "print them as one line of JSON" },
  examples: ["fixtwice imports --workspace real"],
  async run({ values, settings }) {
    const workspace = String(values.workspace);
    const imports = await withDataPlace(settings, (place) => place.do("imports", { workspace }));
    if (values.json === true) console.log(JSON.stringify(imports.map(asJson)));
    else if (imports.length === 0) console.log(`Nothing was loaded into the workspace ${workspace} yet.`);
    else for (const line of imports.flatMap(linesOf)) console.log(line);
    return 0;
  },
};

/** A contract with scripts. */
export function asJson({ importId, name, kind, state, startedAt, counts }: ImportSummary): object {
  const { new: fresh, updated, unchanged, rejected, open, folded } = counts;
  return {
    import: importId,
    name,
    kind,
    state,
    started_at: startedAt,
    read: rowsRead(counts),
    new: fresh,
    updated,
    unchanged,
    rejected,
    open,
    folded,
  };
}

export function linesOf({ importId, name, stateText, startedAt, counts }: ImportSummary): string[] {
  return [
    `${importId}  ${name}: ${stateText}; begun ${instantText(startedAt, "UTC")}`,
    `   ${countsInWords(counts)}`,
  ];
}
