import type { CauseChange, RunComparison } from "#analytics/causes/compare-runs.ts";
import { changeTexts } from "#app/runs/describe-run.ts";
import type { TableData, TableRow } from "./table.ts";

/** Two runs compared, with what its tables need to name and link what they count. */
export interface ComparedRuns {
  comparison: RunComparison;
  /** The name that a cause has now; of a cause that is new, the machine's label. */
  nameOf: (causeId: number) => string;
  /** The machine's label in the later run, where it would be shown and is another than now. */
  newLabelOf: (causeId: number) => string | null;
  /** The page of a cause; `null` where it has none yet. */
  causeHref: (causeId: number) => string | null;
  /** Of the later run. */
  runHref: string;
}

/** The tables of a run by the names of their CSVs. */
export const runTables: Readonly<Record<string, (runs: ComparedRuns) => TableData>> = {
  changes: changesTable,
  moves: movesTable,
};

/** What becomes of each cause; the unchanged ones stand in the file only. */
export function changesTable(runs: ComparedRuns): TableData {
  const { changes } = runs.comparison;
  return {
    name: "run-changes",
    caption: "What becomes of each cause",
    csvHref: `${runs.runHref}/changes.csv`,
    note:
      "Split: 30 % or more of a cause goes to one that is new. Merged: it is gone, and half of it or more goes to one that " +
      "goes on. Other cases: as many as before, but not the same ones. Unchanged causes stand in the file only.",
    columns: [
      { key: "cause", label: "Cause", kind: "text" },
      { key: "cause_id", label: "Id", kind: "text", csvOnly: true },
      { key: "change", label: "What becomes of it", kind: "text" },
      { key: "before", label: "Cases before", kind: "count" },
      { key: "after", label: "Cases after", kind: "count" },
      { key: "stayed", label: "In both", kind: "count" },
      { key: "to_other", label: "Go to the other", kind: "count" },
      { key: "other", label: "The other cause", kind: "text" },
      { key: "other_id", label: "Its id", kind: "text", csvOnly: true },
      { key: "new_label", label: "New label", kind: "text" },
    ],
    rows: changes.map((change) => changeRow(change, runs)),
  };
}

function changeRow(change: CauseChange, runs: ComparedRuns): TableRow {
  const { cause, kind, before, after, stayed, other, toOther } = change;
  return {
    href: runs.causeHref(cause) ?? flowHref(runs, { to: cause }),
    ...(kind === "unchanged" && runs.newLabelOf(cause) === null && { csvOnly: true as const }),
    cells: {
      cause: runs.nameOf(cause),
      cause_id: String(cause),
      change: changeTexts[kind],
      before,
      after,
      stayed,
      to_other: other === null ? null : toOther,
      other: other === null ? "" : runs.nameOf(other),
      other_id: other === null ? null : String(other),
      new_label: runs.newLabelOf(cause) ?? "",
    },
  };
}

const movesShown = 25;

/** Cases that change their cause, by where from and where to; each row opens its cases. */
export function movesTable(runs: ComparedRuns): TableData {
  const nameOf = (cause: number | null) => (cause === null ? "no cause" : runs.nameOf(cause));
  return {
    name: "run-moves",
    caption: "Cases that change their cause",
    csvHref: `${runs.runHref}/moves.csv`,
    note: "The largest moves; the file has all of them.",
    columns: [
      { key: "from", label: "From", kind: "text" },
      { key: "from_id", label: "From, id", kind: "text", csvOnly: true },
      { key: "to", label: "To", kind: "text" },
      { key: "to_id", label: "To, id", kind: "text", csvOnly: true },
      { key: "cases", label: "Cases", kind: "count" },
    ],
    rows: runs.comparison.moves.map(({ from, to, cases }, index) => ({
      href: flowHref(runs, { from, to }),
      ...(index >= movesShown && { csvOnly: true as const }),
      cells: {
        from: nameOf(from),
        from_id: from === null ? null : String(from),
        to: nameOf(to),
        to_id: to === null ? null : String(to),
        cases,
      },
    })),
  };
}

/** The list of the cases of a flow; a side that is left out is any. */
function flowHref(
  { runHref }: ComparedRuns,
  { from, to }: { from?: number | null; to?: number | null },
): string {
  const sides = Object.entries({ from, to }).flatMap(([key, cause]) =>
    cause === undefined ? [] : [[key, cause === null ? "none" : String(cause)]],
  );
  return `${runHref}/cases?${new URLSearchParams(sides)}`;
}
