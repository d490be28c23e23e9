import type { CaseText } from "./cluster-cases.ts";
import { type Corpus, readCorpus } from "./corpus.ts";
import { type FoldedCases, foldCases } from "./fold-cases.ts";

/** The cases in order of their ids, as numbers. */
export interface ReadCases {
  cases: CaseText[];
  contactReasons: string[];
  /** Text i is that of case i; behind them stand the contact reasons, which share the dictionary. */
  corpus: Corpus;
  /** By field, the contact reason first, then by case. */
  fields: (string | null)[][];
  folded: FoldedCases;
}

/** @throws Error where a case id occurs twice */
export function readCases(unordered: readonly CaseText[], blankNames: readonly string[]): ReadCases {
  const cases = [...unordered].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  cases.forEach(({ caseId }, index) => {
    if (caseId === cases[index + 1]?.caseId) {
      throw new Error(`Case id "${caseId}" was given twice to clusterCases; each case must be given once.`);
    }
  });
  const contactReasons = [...new Set(cases.flatMap(({ contactReason }) => contactReason ?? []))].sort();
  const corpus = readCorpus([...cases.map(({ text }) => text ?? ""), ...contactReasons], blankNames);
  const names = [...new Set(cases.flatMap((item) => Object.keys(item.fields)))].sort();
  const fields = [
    cases.map(({ contactReason }) => contactReason),
    ...names.map((name) => cases.map((item) => item.fields[name] ?? null)),
  ].filter((values) => values.some((value) => value !== null));
  const keys = cases.map((_, index) => JSON.stringify(fields.map((values) => values[index])));
  return { cases, contactReasons, corpus, fields, folded: foldCases(corpus, keys) };
}
