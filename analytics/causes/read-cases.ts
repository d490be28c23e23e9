import type { CaseText } from "./cluster-cases.ts";
import { type Corpus, readCorpus } from "./corpus.ts";
import { type FoldedCases, foldCases } from "./fold-cases.ts";

/** The cases in order of their ids, as numbers. */
export interface ReadCases {
  cases: CaseText[];
  contactReasons: string[];
  /** Text i is that of case i; behind them stand the contact reasons, which share the dictionary. */
  corpus: Corpus;
  /** The fields that are compared, `null` for the contact reason, which is the first. */
  fieldNames: readonly (string | null)[];
  /** By field, then by case. */
  fields: (string | null)[][];
  folded: FoldedCases;
}

/**
 * @param fieldNames the fields to compare; left out: those of which some case has a value
 * @throws Error where a case id occurs twice
 */
export function readCases(
  unordered: readonly CaseText[],
  blankNames: readonly string[],
  fieldNames?: readonly (string | null)[],
): ReadCases {
  const cases = [...unordered].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  cases.forEach(({ caseId }, index) => {
    if (caseId === cases[index + 1]?.caseId) {
      throw new Error(`Case id "${caseId}" was given twice to clusterCases; each case must be given once.`);
    }
  });
  const contactReasons = [...new Set(cases.flatMap(({ contactReason }) => contactReason ?? []))].sort();
  const corpus = readCorpus([...cases.map(({ text }) => text ?? ""), ...contactReasons], blankNames);
  const names = fieldNames ?? fieldsWithValues(cases);
  const fields = names.map((name) => cases.map((item) => valueOf(item, name)));
  const keys = cases.map((_, index) => JSON.stringify(fields.map((values) => values[index])));
  return { cases, contactReasons, corpus, fieldNames: names, fields, folded: foldCases(corpus, keys) };
}

function fieldsWithValues(cases: readonly CaseText[]): (string | null)[] {
  const names = [...new Set(cases.flatMap((item) => Object.keys(item.fields)))].sort();
  return [null, ...names].filter((name) => cases.some((item) => valueOf(item, name) !== null));
}

function valueOf({ contactReason, fields }: CaseText, name: string | null): string | null {
  return name === null ? contactReason : (fields[name] ?? null);
}
