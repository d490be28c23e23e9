import { textField } from "#app/server/read-form.ts";
import type { ExamineWish } from "#db/imports/examine-file.ts";
import { delimiterChoices, encodingChoices } from "./describe-import.ts";
import type { FormatChoices } from "./format-view.ts";

const mostCharacters = 60;

/** What was typed is no answer. The message says why. */
export class FormatProblem extends Error {
  override readonly name = "FormatProblem";
}

/**
 * How a person wants a file to be read, from the form of its page; what was left as it stood is no wish. Another
 * encoding makes another text of it: then its delimiter and its header are found anew.
 * @throws FormatProblem
 */
export function readFormatForm(form: FormData, before: FormatChoices): ExamineWish {
  const field = (name: string) => rawField(form, name);
  const encoding = field("encoding");
  const known = [...encodingChoices, before.encoding];
  if (encoding !== "" && !known.includes(encoding))
    throw new FormatProblem(
      `The encoding “${encoding}” is not known. Expected one of ${encodingChoices.join(", ")}.`,
    );
  const wish: ExamineWish = {
    ...(encoding !== "" && encoding !== before.encoding && { encoding }),
    ...presetWish(field("preset"), before),
  };
  if (wish.encoding !== undefined) return wish;
  const delimiter = field("delimiter");
  const headerLine = field("headerLine").trim();
  if (delimiter !== "" && !delimiterChoices.includes(delimiter) && delimiter !== before.delimiter)
    throw new FormatProblem(
      `“${delimiter}” can’t separate columns here. Expected a comma, a semicolon, a tab or a vertical bar.`,
    );
  if (!/^\d{0,4}$/.test(headerLine) || Number(headerLine || 1) < 1)
    throw new FormatProblem(
      `“${headerLine}” is not a line. Expected the header’s line, a whole number from 1.`,
    );
  const newDelimiter = delimiter !== before.delimiter;
  const newHeader = headerLine !== before.headerLine;
  return {
    ...wish,
    ...(delimiter !== "" && { delimiter }),
    ...(headerLine !== "" && (newHeader || !newDelimiter) && { headerLine: Number(headerLine) }),
  };
}

/** A preset that is asked for goes before what a file with this header was mapped to earlier. */
function presetWish(preset: string, before: FormatChoices): ExamineWish {
  if (preset === "" || preset === before.preset) return {};
  if (!before.presets.some(({ name }) => name === preset))
    throw new FormatProblem(`There is no preset “${preset}”. Choose one from the list.`);
  return { preset, mappingOf: undefined };
}

/** Untrimmed: a tab is a delimiter. */
function rawField(form: FormData, name: string): string {
  const value = form.get(name);
  if (value === "\t") return value;
  return textField(form, name, mostCharacters) ?? "";
}
