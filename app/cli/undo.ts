import { createInterface } from "node:readline/promises";
import { counted } from "#app/format.ts";
import type { UndoQuestion } from "#app/server/command-line/messages.ts";
import type { Command } from "./command.ts";
import { withDataPlace } from "./data-place.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { UsageError } from "./usage-error.ts";

export const undoCommand: Command = {
  summary: "takes what an import brought away again; tells first what that is",
  positionals: ["IMPORT"],
  options: {
    workspace: { type: "string" },
    "dry-run": { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
  },
  optionTexts: {
    "workspace NAME": "the workspace; it must be named",
    "dry-run": "tell what would be done, and change nothing",
    yes: "do it without asking",
  },
  examples: ["fixtwice imports --workspace real", "fixtwice undo 3 --workspace real"],
  async run({ values, positionals: [number = ""], settings }) {
    if (typeof values.workspace !== "string")
      throw new UsageError("Expected --workspace NAME: the numbers of imports are a workspace's own.");
    if (!/^[1-9]\d{0,8}$/.test(number))
      throw new UsageError(
        `The import is “${number}”; expected its number, as \`fixtwice imports\` lists it.`,
      );
    const question = { workspace: values.workspace, importId: Number(number) };
    return withDataPlace(settings, async (place) => {
      console.log(planInWords(number, await place.do("plan-undo", question)));
      if (values["dry-run"] === true) return 0;
      if (values.yes !== true && !(await isAgreed())) return 1;
      const progress = terminalProgress();
      const onProgress = ({ share }: { share: number }) =>
        progress.show(`Undoing: ${Math.round(share * 100)} %`);
      await place.do("undo", question, { onProgress }).finally(() => progress.end());
      await place.settle(question.workspace);
      console.log(`Import ${number} is undone.`);
      return 0;
    });
  },
};

/** @throws UsageError where nobody can be asked */
async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError("Nothing was undone: there is no terminal to ask at. Expected --yes, or --dry-run.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question("Undo it? [y/N] ").finally(() => terminal.close());
  return /^y(es)?$/i.test(answer.trim());
}

const casesShown = 10;

export function planInWords(number: string, { fileName, plan }: UndoQuestion): string {
  const { removed, restored, spliced, kept, unchangedLater } = plan;
  const lines = [
    ...(removed.count > 0
      ? [`  ${counted(removed.count, "case")} that it alone brought would be taken away.`]
      : []),
    ...(restored.count > 0
      ? [`  ${counted(restored.count, "case")} would get the value back that they had before it.`]
      : []),
    ...(spliced.count > 0
      ? [`  ${counted(spliced.count, "case")} would keep the value that a later import gave them.`]
      : []),
    ...(kept.count > 0
      ? [
          `  ${counted(kept.count, "case")} would stay, since a person has worked with them:`,
          ...kept.cases.slice(0, casesShown).map(({ sourceCaseId }) => `    ${sourceCaseId}`),
          ...(kept.count > casesShown ? [`    and ${counted(kept.count - casesShown, "more", "more")}`] : []),
        ]
      : []),
  ];
  return [
    `Undoing import ${number} (${fileName}):`,
    ...(lines.length > 0 ? lines : ["  It has no value in any case: nothing would change."]),
    ...(unchangedLater > 0
      ? [
          `  Later imports found ${counted(unchangedLater, "row")} unchanged; what this one brought of them goes too.`,
        ]
      : []),
  ].join("\n");
}
