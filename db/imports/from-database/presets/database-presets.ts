import { BadInput } from "../../bad-input.ts";
import { chatwoot } from "./chatwoot.ts";
import type { DatabasePreset } from "./database-preset.ts";
import { glpiLike } from "./glpi-like.ts";
import { zammad } from "./zammad.ts";

export const databasePresets: readonly DatabasePreset[] = [zammad, chatwoot, glpiLike];

/** @throws BadInput for a name that is none */
export function namedDatabasePreset(name: string): DatabasePreset {
  const preset = databasePresets.find((known) => known.name === name);
  if (preset !== undefined) return preset;
  throw new BadInput(
    `There is no preset “${name}” for a database; expected one of ${databasePresets.map((known) => known.name).join(", ")}, ` +
      "or --query FILE.sql.",
  );
}
