import fc from "fast-check";
import { expect, test } from "vitest";
import { type CaseText, clusterCases } from "#analytics/causes/cluster-cases.ts";
import type { WordVectors } from "#analytics/causes/word-vectors.ts";
import { identifyCauses } from "#app/server/identify-causes.ts";
import { plantedCases } from "#test/support/planted-cases.ts";

/** Words of no meaning but their own: a run then takes milliseconds. */
const wordVectors: WordVectors = {
  dimensions: 4,
  indexOf: new Map(),
  table: new Int8Array(),
  scale: new Float32Array(),
  weights: new Float32Array(),
};

/** Few cases of every kind: written ones, copies of them, and some without a text. */
const planted: CaseText[] = plantedCases(3);
const pool: CaseText[] = [
  ...planted,
  ...planted.slice(0, 4).map((one, i) => ({ ...one, caseId: `copy${i}` })),
  ...[0, 1, 2, 3].map((i) => ({ ...silent(`silent${i}`), contactReason: "Late delivery" })),
];

function silent(caseId: string): CaseText {
  return { caseId, text: null, contactReason: null, fields: {} };
}

const isWritten = (caseId: string) => !caseId.startsWith("silent");

interface State {
  cases: readonly CaseText[];
  /** What the machine's last run says, by case. */
  before: Map<string, number>;
  highest: number;
  /** Words of people that stand, by case: the later one holds. */
  words: Map<string, number>;
}

/** A copy of whose text people say two different things. */
function isContradicted({ cases, words }: State, caseId: string): boolean {
  const text = cases.find((one) => one.caseId === caseId)?.text;
  const said = cases.filter((one) => one.text === text).flatMap((one) => words.get(one.caseId) ?? []);
  return new Set(said).size > 1;
}

/** The next run, and what of people's words it breaks. */
function run(state: State, cold: boolean, seed: number): string[] {
  const clustering = clusterCases(state.cases, {
    seed,
    wordVectors,
    categoryWords: { product: [], process: [], staff_training: [] },
    before: state.before,
    anchors: state.words,
    cold,
  });
  const { clusters, assignments } = identifyCauses(clustering, state.before, state.highest);
  const broken: string[] = [];
  const ids = clusters.map(({ causeId }) => causeId);
  if (new Set(ids).size < ids.length) broken.push(`two clusters of one cause: ${ids.join()}`);
  for (const [caseId, said] of state.words) {
    if (!isWritten(caseId) || isContradicted(state, caseId)) continue;
    const found = ids[clustering.assignments.get(caseId)?.cluster ?? -1];
    if (found !== said) broken.push(`${caseId} belongs to ${said}, found in ${found}`);
  }
  state.before = new Map(assignments.map(({ caseId, causeId }) => [caseId, causeId]));
  state.highest = Math.max(state.highest, ...ids);
  return broken;
}

/** Where a case is, as every page sees it. */
const causeOf = ({ before, words }: State, caseId: string) => words.get(caseId) ?? before.get(caseId);

interface Edit {
  kind: "move" | "pin" | "undo" | "split";
  at: number;
  to: number;
}

function edit(state: State, { kind, at, to }: Edit): void {
  const { cases, words } = state;
  const caseId = cases[at % cases.length]?.caseId ?? "";
  const here = causeOf(state, caseId);
  if (kind === "undo") words.delete(caseId);
  if (kind === "move") words.set(caseId, 1 + (to % state.highest));
  if (kind === "pin" && here !== undefined) words.set(caseId, here);
  if (kind === "split" && here !== undefined) {
    const members = cases.filter((one) => causeOf(state, one.caseId) === here);
    state.highest++;
    members.forEach((one, i) => words.set(one.caseId, (to >> (i % 5)) % 2 === 1 ? state.highest : here));
  }
}

test("what people have said of cases holds in every later run, cold or warm: 1,000 random scripts", () => {
  const edits = fc.record({
    kind: fc.constantFrom("move", "pin", "undo", "split"),
    at: fc.nat(100),
    to: fc.nat(31),
  });
  const script = fc.record({
    cases: fc.uniqueArray(
      fc.record({ index: fc.nat(pool.length - 1), before: fc.integer({ min: 0, max: 4 }) }),
      {
        selector: ({ index }) => index,
        minLength: 3,
        maxLength: 11,
      },
    ),
    edits: fc.array(edits, { minLength: 1, maxLength: 6 }),
    cold: fc.boolean(),
    again: fc.constantFrom(false, false, false, true),
    seed: fc.nat(1_000),
  });
  const checked = fc.check(
    fc.property(script, ({ cases, cold, again, seed, ...said }) => {
      const chosen = cases.map(({ index, before }) => ({ item: pool[index] ?? silent("none"), before }));
      const state: State = {
        cases: chosen.map((one) => one.item),
        before: new Map(chosen.flatMap((one) => (one.before === 0 ? [] : [[one.item.caseId, one.before]]))),
        highest: 4,
        words: new Map(),
      };
      for (const one of said.edits) edit(state, one);
      const broken = run(state, cold, seed);
      if (again) broken.push(...run(state, !cold, seed + 1));
      if (broken.length > 0) throw new Error(broken.join("; "));
    }),
    { numRuns: 1_000, seed: 7 },
  );
  expect(checked.errorInstance ?? null).toBeNull();
  expect(checked).toMatchObject({ failed: false, numRuns: 1_000 });
}, 600_000);
