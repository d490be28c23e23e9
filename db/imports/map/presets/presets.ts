import { BadInput } from "../../bad-input.ts";
import { cfpb } from "./cfpb.ts";
import { fixtwice } from "./fixtwice.ts";
import type { Preset } from "./preset.ts";

/** Every preset; a header is shown to them in this order. */
export const presets: readonly Preset[] = [cfpb, fixtwice];

export function presetByName(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}

/** The presets that a file is tried with: the named one, else all. Throws `BadInput` for a name that is none. */
export function presetsToTry(name: string | undefined): readonly Preset[] {
  if (name === undefined) return presets;
  const preset = presetByName(name);
  if (preset) return [preset];
  throw new BadInput(
    `There is no preset “${name}”; expected one of ${presets.map((known) => known.name).join(", ")}. ` +
      "Leave it out to have the header recognised.",
  );
}
