import type { ParseArgsConfig } from "node:util";
import type { Settings } from "#app/settings.ts";

export interface CommandInput {
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
  settings: Settings;
}

export interface Command {
  summary: string;
  /** In order; one in brackets may be left out. */
  positionals: readonly string[];
  options: NonNullable<ParseArgsConfig["options"]>;
  optionTexts: Readonly<Record<string, string>>;
  examples: readonly string[];
  /** Resolves to the exit code. */
  run(input: CommandInput): Promise<number>;
}
