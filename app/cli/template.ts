import { buildTemplate, defaultTemplate } from "#db/template.ts";
import type { Command } from "./command.ts";

export const templateCommand: Command = {
  summary: "makes the template that a new embedded database starts from (the build does it)",
  positionals: [],
  options: {},
  optionTexts: {},
  examples: ["fixtwice template"],
  async run() {
    await buildTemplate(defaultTemplate());
    return 0;
  },
};
