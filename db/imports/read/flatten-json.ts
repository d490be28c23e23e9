import { maxJsonDepth } from "./limits.ts";

/** The members of an object by their paths, `statistics.count_reopens`, as a table's cells hold them. */
export type FlatObject = Map<string, string>;

/** Why an element is no row; a sentence. */
export class NoRow extends Error {
  override readonly name = "NoRow";
}

/**
 * Reads an element: objects in objects by dots, a list of single values joined by “|”, other lists as their JSON text.
 * `null` is an absent member. @throws NoRow
 */
export function flattenJson(text: string): FlatObject {
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new NoRow("The element is no object; expected { and the members of a case.");
  const flat: FlatObject = new Map();
  addMembers(flat, "", value, 1);
  return flat;
}

/** Numbers that would not come back as they were written: ids of more than 15 digits, exponents. */
const delicateNumber = /[:,[]\s*-?[\d.]*(?:[\d.]{16}|\d[eE])/;

function parsed(text: string): unknown {
  try {
    return delicateNumber.test(text) ? JSON.parse(text, asWritten) : JSON.parse(text);
  } catch (error) {
    throw new NoRow(
      `The element is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/** Keeps a number's own digits. */
function asWritten(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? value) : value;
}

function addMembers(flat: FlatObject, prefix: string, members: object, depth: number): void {
  refuseDepth(depth);
  for (const [key, value] of Object.entries(members) as [string, unknown][]) {
    refuseKey(key);
    if (value === null) continue;
    const path = prefix + (key.trim() || "(no name)");
    if (typeof value === "object" && !Array.isArray(value)) addMembers(flat, `${path}.`, value, depth + 1);
    else addMember(flat, path, Array.isArray(value) ? listText(value, depth + 1) : singleText(value));
  }
}

function addMember(flat: FlatObject, path: string, text: string): void {
  if (flat.has(path)) throw new NoRow(`Two members are named “${path}”; rename one in the source.`);
  flat.set(path, text);
}

/** Of what JSON has that is no object. */
function singleText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function listText(values: readonly unknown[], depth: number): string {
  const single = values.every((value) => value === null || typeof value !== "object");
  if (single)
    return values
      .filter((value) => value !== null)
      .map(singleText)
      .join("|");
  refuseInside(values, depth);
  return JSON.stringify(values);
}

/** What no object may hold, may none in a list. */
function refuseInside(value: unknown, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  refuseDepth(depth);
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    refuseKey(key);
    refuseInside(member, depth + 1);
  }
}

function refuseDepth(depth: number): void {
  if (depth > maxJsonDepth)
    throw new NoRow(`The element has objects in objects more than ${maxJsonDepth} deep; expected fewer.`);
}

function refuseKey(key: string): void {
  if (key === "__proto__")
    throw new NoRow("A member is named “__proto__”, which no column may be; rename it in the source.");
}
