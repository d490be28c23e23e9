import type { CaseText } from "./cluster-cases.ts";
import { type Corpus, corpusReader } from "./corpus.ts";
import { type FoldedCases, foldCases } from "./fold-cases.ts";
import { signaturesOf } from "./signatures.ts";

/** What is kept of a case beside its text, which is in the corpus. */
export type ReadCase = Omit<CaseText, "text">;

/** The cases in order of their ids, as numbers. */
export interface ReadCases {
  /** Those with the same contact reason and the same fields share them. */
  cases: ReadCase[];
  contactReasons: string[];
  /** Text i is that of case i; behind them stand the contact reasons, which share the dictionary. */
  corpus: Corpus;
  /** The fields that are compared, `null` for the contact reason, which is the first. */
  fieldNames: readonly (string | null)[];
  /** By field, then by case. */
  fields: (string | null)[][];
  /** By case ({@link signaturesOf}). */
  signatures: Uint32Array;
  folded: FoldedCases;
}

/** Reads cases one by one, so that nobody holds all their texts at once. */
export interface CaseReader {
  /** @throws Error where the id does not come after that of the case before */
  add(item: CaseText): void;
  /** All that were added; no more may be. */
  finish(): ReadCases;
}

/** What a case has beside its text and its id, once for all cases that have the same. */
type Attributes = Omit<ReadCase, "caseId">;

/** @param fieldNames the fields to compare; left out: those of which some case has a value */
export function caseReader(
  blankNames: readonly string[],
  fieldNames?: readonly (string | null)[],
): CaseReader {
  const reader = corpusReader(blankNames);
  const cases: ReadCase[] = [];
  const known = new Map<string, Attributes>();
  return {
    add({ caseId, text, contactReason, fields }) {
      refuseDisorder(cases.at(-1)?.caseId, caseId);
      const key = JSON.stringify([contactReason, fields]);
      const attributes = known.get(key) ?? { contactReason, fields };
      known.set(key, attributes);
      cases.push({ caseId, contactReason: attributes.contactReason, fields: attributes.fields });
      reader.add(text ?? "");
    },
    finish() {
      const attributes = [...known.values()];
      const contactReasons = [
        ...new Set(attributes.flatMap(({ contactReason }) => contactReason ?? [])),
      ].sort();
      for (const reason of contactReasons) reader.add(reason);
      const corpus = reader.finish();
      const names = fieldNames ?? fieldsWithValues(attributes);
      const fields = names.map((name) => cases.map((item) => valueOf(item, name)));
      const signatures = signaturesOf(corpus, fields, cases.length);
      const folded = foldCases(corpus, fields, signatures);
      return { cases, contactReasons, corpus, fieldNames: names, fields, signatures, folded };
    },
  };
}

/**
 * The same of cases that are at hand, in whatever order.
 * @throws Error where a case id occurs twice
 */
export function readCases(
  cases: readonly CaseText[],
  blankNames: readonly string[],
  fieldNames?: readonly (string | null)[],
): ReadCases {
  const reader = caseReader(blankNames, fieldNames);
  for (const item of inOrder(cases)) reader.add(item);
  return reader.finish();
}

/** Cases in order of their ids, as a reader wants them. */
export function inOrder<Case extends { caseId: string }>(cases: readonly Case[]): Case[] {
  return cases.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1));
}

function refuseDisorder(before: string | undefined, caseId: string): void {
  if (before === undefined || before < caseId) return;
  throw new Error(
    before === caseId
      ? `Case id "${caseId}" was given twice; expected each case once.`
      : `Case id "${caseId}" was given after "${before}"; expected the cases in order of their ids.`,
  );
}

function fieldsWithValues(attributes: readonly Attributes[]): (string | null)[] {
  const names = [...new Set(attributes.flatMap(({ fields }) => Object.keys(fields)))].sort();
  return [null, ...names].filter((name) => attributes.some((item) => valueOf(item, name) !== null));
}

function valueOf({ contactReason, fields }: Attributes, name: string | null): string | null {
  return name === null ? contactReason : (fields[name] ?? null);
}
