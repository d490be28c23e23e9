import { expect, test } from "vitest";
import { copyInResponse, FrontendReader, withoutCopyInResponse } from "#db/engine/frames.ts";

const sync = frame("S");
const copyFailAtTheEnd = /f....[^]*COPY FROM STDIN[^]*$/;

test("asks for encryption, startup and cancel are told apart, before there are types", () => {
  expect(new FrontendReader().push(head(80877103))).toEqual([{ kind: "encryption" }]);
  expect(new FrontendReader().push(head(80877102, 8))).toEqual([{ kind: "cancel" }]);
  expect(new FrontendReader().push(head(196608, 4))[0]?.kind).toBe("startup");
});

test("messages are gathered up to a Sync, with a CopyFail before it", () => {
  const reader = started();
  expect(reader.push(frame("P", "\0select 1\0"))).toEqual([]);
  expect(reader.push(frame("B", "\0\0"))).toEqual([]);
  const text = onlyBatch(reader.push(sync)).toString("latin1");
  expect(text.startsWith("P")).toBe(true);
  expect(text.slice(0, -5)).toMatch(copyFailAtTheEnd);
  expect(text.endsWith(sync.toString("latin1"))).toBe(true);
});

test("chunks cut anywhere give the same batches", () => {
  const stream = Buffer.concat([frame("Q", "select 1\0"), frame("P", "\0select 2\0"), sync]);
  const whole = started().push(stream);
  const reader = started();
  const single = [...stream].flatMap((byte) => reader.push(Uint8Array.of(byte)));
  expect(whole).toHaveLength(2);
  expect(single).toEqual(whole);
});

test.each([
  "copy t from stdin",
  "  COPY t (a, b)\n FROM  STDIN with (format csv)",
  "-- load\n/* all */ copy t from stdin",
])("%j is gathered with its data", (statement) => {
  const reader = started();
  expect(reader.push(frame("Q", `${statement}\0`))).toEqual([{ kind: "copyBegins" }]);
  expect(reader.push(frame("d", "1\n"))).toEqual([]);
  expect(reader.push(sync)).toEqual([]);
  const [batch] = reader.push(frame("c"));
  expect(batch).toMatchObject({ kind: "batch", copy: true });
});

test.each([
  "copy t to stdout",
  "select 'copy t from stdin'",
  "select 1; copy t from stdin",
  "copyright from stdin",
])("%j is not taken for a COPY with data, but cannot wait for any either", (statement) => {
  const [batch] = started().push(frame("Q", `${statement}\0`));
  expect(batch).toMatchObject({ kind: "batch", copy: false });
  expect(onlyBatch([batch]).toString("latin1")).toMatch(copyFailAtTheEnd);
});

test("COPY data that comes too late is dropped", () => {
  const reader = started();
  expect(reader.push(Buffer.concat([frame("d", "1\n"), frame("c"), frame("f", "no\0")]))).toEqual([]);
  expect(onlyBatch(reader.push(sync)).toString("latin1").startsWith("f")).toBe(true);
});

test("the engine's own CopyInResponse is dropped, once, wherever it stands", () => {
  const notice = frame("N", "M hello\0\0");
  const done = frame("C", "COPY 1\0");
  const output = Buffer.concat([notice, copyInResponse, done]);
  expect(Buffer.from(withoutCopyInResponse(output))).toEqual(Buffer.concat([notice, done]));
  expect(Buffer.from(withoutCopyInResponse(done))).toEqual(done);
});

test("a length that cannot be is refused with what was got", () => {
  expect(() => started().push(Buffer.from([0x51, 0, 0, 0, 1]))).toThrow("message length of 1");
});

function started(): FrontendReader {
  const reader = new FrontendReader();
  reader.push(head(196608));
  return reader;
}

function onlyBatch(units: (ReturnType<FrontendReader["push"]>[number] | undefined)[]): Buffer {
  const [unit] = units;
  if (units.length !== 1 || unit?.kind !== "batch")
    throw new Error(`expected one batch, got ${units.length} units`);
  return Buffer.from(unit.bytes);
}

function frame(type: string, body = ""): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + Buffer.byteLength(body));
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)]);
}

function head(code: number, more = 0): Buffer {
  const packet = Buffer.alloc(8 + more);
  packet.writeInt32BE(packet.length);
  packet.writeInt32BE(code, 4);
  return packet;
}
