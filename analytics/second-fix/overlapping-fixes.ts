import type { FixDates } from "./fix-windows.ts";

/** A second fix with its effectiveness check. */
export interface CheckedFix extends FixDates {
  fixId: number;
  causeId: number;
  /** The share of cases that it is meant to take away, 0 < cut < 1. */
  targetCut: number;
}

/** Fixes that can only be judged together, as if they were one; mostly it is one. */
export interface FixesTogether extends Omit<CheckedFix, "fixId"> {
  /** Ascending. */
  fixIds: number[];
}

/**
 * Fixes of one cause that overlap from the first day in place to the window's end, also by way of a third: no case can tell
 * which of them it is owed to. They are judged as one fix that was put in place from the first to the last of them, with
 * the latest dates and the greatest target. Order of the input does not matter. By cause, then by date.
 */
export function overlappingFixes(fixes: readonly CheckedFix[]): FixesTogether[] {
  const groups: FixesTogether[] = [];
  const inOrder = fixes.toSorted(
    (a, b) => a.causeId - b.causeId || a.implementedFrom - b.implementedFrom || a.fixId - b.fixId,
  );
  for (const { fixId, ...fix } of inOrder) {
    const last = groups.at(-1);
    if (last?.causeId === fix.causeId && fix.implementedFrom < last.windowEnd)
      groups[groups.length - 1] = joined(last, { ...fix, fixIds: [fixId] });
    else groups.push({ ...fix, fixIds: [fixId] });
  }
  return groups;
}

function joined(a: FixesTogether, b: FixesTogether): FixesTogether {
  const washedIn = Math.max(a.implementedTo + a.washInDays, b.implementedTo + b.washInDays);
  const implementedTo = Math.max(a.implementedTo, b.implementedTo);
  return {
    causeId: a.causeId,
    fixIds: [...a.fixIds, ...b.fixIds].toSorted((x, y) => x - y),
    decidedOn: Math.min(a.decidedOn, b.decidedOn),
    implementedFrom: Math.min(a.implementedFrom, b.implementedFrom),
    implementedTo,
    washInDays: washedIn - implementedTo,
    checkOn: Math.max(a.checkOn, b.checkOn, washedIn),
    windowEnd: Math.max(a.windowEnd, b.windowEnd, washedIn),
    targetCut: Math.max(a.targetCut, b.targetCut),
  };
}
