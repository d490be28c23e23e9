import { ArraySplitter, LineSplitter } from "../read/json-splitters.ts";

/** The text of one case of a request, and the line of the body that it begins in, from 1. */
export interface CaseText {
  text: string;
  line: number;
}

const lineFeed = 0x0a;

/**
 * The cases of a body as texts, so that each is read on its own: a broken line costs itself only, and long numbers keep
 * their digits. Blank lines are passed over.
 * @param body of `array` whole and valid JSON, an array
 */
export function splitElements(body: Buffer, format: "array" | "lines"): CaseText[] {
  const splitter = format === "array" ? new ArraySplitter() : new LineSplitter();
  const elements: CaseText[] = [];
  let [from, line, firstLine] = [-1, 1, 1];
  const finish = (end: number) => {
    const text = from === -1 ? "" : body.toString("utf8", from, end).trim();
    if (text !== "") elements.push({ text, line: firstLine });
    from = -1;
  };
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] ?? 0;
    if (splitter.endsBefore(byte)) finish(i);
    if (!splitter.takes(byte)) finish(i);
    else if (from === -1 && !isBlank(byte)) [from, firstLine] = [i, line];
    if (byte === lineFeed) line++;
  }
  finish(body.length);
  return elements;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === lineFeed || byte === 0x0d;
}
