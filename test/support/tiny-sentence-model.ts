import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The vectors of the tiny model's pieces: words of one thing have one direction, so that a wrong mean shows. */
export const tinyPieces: readonly (readonly [
  piece: string,
  vector: readonly [number, number, number, number],
])[] = [
  ["[PAD]", [9, 9, 9, 9]],
  ["[UNK]", [0, 0, 0, 1]],
  ["[CLS]", [0, 0, 0, 2]],
  ["[SEP]", [0, 0, 0, 3]],
  ["kettle", [4, 0, 0, 0]],
  ["pot", [4, 0, 0, 0]],
  ["##s", [1, 0, 0, 1]],
  ["leak", [0, 4, 0, 0]],
  ["drip", [0, 4, 0, 0]],
  ["parcel", [0, 0, 4, 0]],
  [".", [0, 0, 0, 0]],
];

const [float, integer] = [1, 7];

/**
 * A sentence model of four dimensions as the bytes of an ONNX file: it looks each piece up in a table, and that is all.
 * Written by hand after onnx.proto (ONNX 1.12, IR version 8), so that no file of bytes nobody can read lies in the tree.
 */
export function tinyModelBytes({
  inputs = ["input_ids", "attention_mask", "token_type_ids"],
  output = "last_hidden_state",
}: {
  inputs?: readonly string[];
  output?: string;
} = {}): Uint8Array {
  const width = 4;
  const values = new Float32Array(tinyPieces.flatMap(([, vector]) => vector));
  const table = [
    number(1, tinyPieces.length),
    number(1, width),
    number(2, float),
    text(8, "table"),
    bytes(9, new Uint8Array(values.buffer)),
  ];
  const lookUp = [text(1, "table"), text(1, inputs[0] ?? ""), text(2, output), text(4, "Gather")];
  const graph = [
    message(1, lookUp),
    text(2, "tiny"),
    message(5, table),
    ...inputs.map((name) => message(11, tensor(name, integer, ["texts", "pieces"]))),
    message(12, tensor(output, float, ["texts", "pieces", width])),
  ];
  return joined([number(1, 8), text(2, "a test"), message(7, graph), message(8, [number(2, 13)])]);
}

/** A folder with the tiny model, as a user has one; `files` lie beside it or in place of it. */
export function tinyModelFolder(files: Readonly<Record<string, string | Uint8Array | null>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "tiny-model-"));
  const all: Record<string, string | Uint8Array | null> = {
    "model.onnx": tinyModelBytes(),
    "vocab.txt": tinyPieces.map(([piece]) => `${piece}\n`).join(""),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    if (content === null) continue;
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** What stands for an input or output: its name, the type of its numbers, and its shape. */
function tensor(name: string, type: number, shape: readonly (string | number)[]): Uint8Array[] {
  const dimensions = shape.map((size) =>
    message(1, [typeof size === "number" ? number(1, size) : text(2, size)]),
  );
  return [text(1, name), message(2, [message(1, [number(1, type), message(2, dimensions)])])];
}

// Fields of a protocol buffer: a key (number and kind), then the value.
function number(field: number, value: number): Uint8Array {
  return Uint8Array.from([...variable(field << 3), ...variable(value)]);
}

function bytes(field: number, content: Uint8Array): Uint8Array {
  return joined([Uint8Array.from([...variable((field << 3) | 2), ...variable(content.length)]), content]);
}

function text(field: number, content: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(content));
}

function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytes(field, joined(parts));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function variable(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...variable(value >> 7)];
}
