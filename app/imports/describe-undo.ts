import { counted, listText, openingText } from "#app/format.ts";
import type { UndoPlan } from "#db/imports/store/undo-import.ts";
import type { Touch } from "#db/imports/store/undone-cases.ts";

/** "Undoing cases.csv removes 120 cases and restores 3", as a claim. */
export function undoHeadline(plan: UndoPlan, fileName: string): string {
  const file = openingText(fileName, 60);
  const parts = changesOf(plan);
  return parts.length === 0 ? `Undoing ${file} changes no case` : `Undoing ${file} ${listText(parts)}`;
}

function changesOf({ removed, restored }: UndoPlan): string[] {
  return [
    ...(removed.count > 0 ? [`removes ${counted(removed.count, "case")}`] : []),
    ...(restored.count > 0 ? [`restores the earlier value of ${counted(restored.count, "case")}`] : []),
  ];
}

/** What the button does. */
export function undoButtonText({ removed, restored }: UndoPlan): string {
  const parts = [
    ...(removed.count > 0 ? [`remove ${counted(removed.count, "case")}`] : []),
    ...(restored.count > 0 ? [`restore ${counted(restored.count, "case")}`] : []),
  ];
  return parts.length === 0 ? "Undo this load" : `Undo it: ${listText(parts)}`;
}

const touches: Record<Touch, string> = {
  human_edit: "somebody has decided something about it",
  retrospective: "it has a retrospective",
};

/** Why a case is kept. */
export function touchText(why: Touch): string {
  return touches[why];
}
