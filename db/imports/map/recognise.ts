import { ColumnIndex, plainName } from "./column-names.ts";
import { attributePrefix, fixtwice } from "./presets/fixtwice.ts";
import { generic } from "./presets/generic.ts";
import type { Preset } from "./presets/preset.ts";
import { presets } from "./presets/presets.ts";

export interface Recognised {
  preset: Preset;
  /** Columns that the preset knows. */
  known: number;
  /** Its signature is there: it is this export, not just a table with some of its names. */
  certain: boolean;
}

/** Which export a header is: of those whose signature it has the one that knows most of it, else a table of cases. */
export function recognise(columns: readonly string[]): Recognised {
  const index = new ColumnIndex(columns);
  const [best] = presets
    .filter((preset) => hasSignature(preset, index))
    .map((preset) => ({ preset, known: knownColumns(preset, columns), certain: true }))
    .sort((a, b) => b.known - a.known);
  return best ?? { preset: generic, known: knownColumns(generic, columns), certain: false };
}

/** A header seen as the export that a person says it is. */
export function recogniseAs(preset: Preset, columns: readonly string[]): Recognised {
  return {
    preset,
    known: knownColumns(preset, columns),
    certain: hasSignature(preset, new ColumnIndex(columns)),
  };
}

function hasSignature({ signature }: Preset, index: ColumnIndex): boolean {
  return signature.length > 0 && signature.every((names) => index.hasOneOf(names));
}

const namesOf = new Map(
  presets.map((preset) => {
    const names = [
      ...preset.known,
      ...(preset.dropped ?? []),
      ...preset.rules.flatMap(({ columns }) => columns),
    ];
    return [preset, new Set(names.map(plainName))] as const;
  }),
);

/** How many of the columns a preset knows. */
function knownColumns(preset: Preset, columns: readonly string[]): number {
  return columns.filter((column) => isKnown(preset, column)).length;
}

/** Also the second “Labels”, and in our own export every attribute. */
export function isKnown(preset: Preset, column: string): boolean {
  const names = namesOf.get(preset);
  if (preset === fixtwice && column.startsWith(attributePrefix)) return true;
  return (
    names !== undefined && (names.has(plainName(column)) || names.has(plainName(column.replace(/ \d+$/, ""))))
  );
}

/**
 * How sure it is that a header was understood, 0 to 1: 1 where the preset knows every column, over .9 where it is surely
 * this export, and for other tables the share of the columns that are known.
 */
export function confidenceOf({ known, certain }: Recognised, columns: readonly string[]): number {
  const share = known / Math.max(1, columns.length);
  return certain ? 0.9 + share / 10 : share * 0.9;
}

/** How likely it is that these are the columns of a table of cases, 0 to 1: the line of a file that has most is its header. */
export function score(columns: readonly string[]): number {
  const recognised = recognise(columns);
  const isTable = recognised.certain || recognised.known >= 2;
  return isTable ? confidenceOf(recognised, columns) : 0;
}
