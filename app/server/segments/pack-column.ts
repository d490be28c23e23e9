import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompressSync } from "node:zlib";
import type { AttributePart } from "#analytics/facts/attribute-part.ts";
import { type CaseColumns, type ColumnName, columnTypes } from "#analytics/facts/case-columns.ts";

/**
 * How a column of a month is kept: a byte that tells the format, then a frame of zstd with its checksum. In it, a column has
 * its elements in this machine's order of bytes, ascending ones as differences to the one before, which take next to nothing.
 *
 * `attributes` is the one segment of all that the source says beside the fields of a case: a header as JSON behind its length
 * in four bytes, then of each attribute the rows that carry it, as differences, and their codes. It is one, because how many
 * there are is known only from the cases: so a missing one cannot go unnoticed.
 */
const format = 1;

/** Measured in docs/decisions/016: beyond it, time grows and bytes hardly shrink. */
const level = 1;

export type SegmentName = ColumnName | "attributes";

/** The bytes of a segment are not what was written, or of another format: it is to be made again from the cases. */
export class BadSegment extends Error {
  override readonly name = "BadSegment";
}

type Column = CaseColumns[ColumnName];
type Attributes = Pick<CaseColumns, "currencies" | "attributes">;

const compress = promisify(zstdCompress);

export async function packColumn(name: ColumnName, column: Column): Promise<Uint8Array> {
  return packed(bytesOf(name === "incidenceDay" ? differences(column as Int32Array) : column)); // the type of that column
}

export async function packAttributes({ currencies, attributes }: Attributes): Promise<Uint8Array> {
  const parts = [...attributes].map(([name, { values, cases, problem, rows }]) => ({
    name,
    values,
    cases,
    problem,
    carried: rows.length,
  }));
  const header = Buffer.from(JSON.stringify({ currencies, parts }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const columns = [...attributes.values()].flatMap(({ rows, codes }) => [
    bytesOf(differences(rows)),
    bytesOf(codes),
  ]);
  return packed(Buffer.concat([length, header, ...columns]));
}

/**
 * @param rows how many cases the month has
 * @throws BadSegment
 */
export function unpackColumn(name: ColumnName, rows: number, data: Uint8Array): Column {
  const [type, elements] = columnTypes[name];
  const bytes = unpacked(data, rows * elements * type.BYTES_PER_ELEMENT);
  const column = new type(bytes.buffer, bytes.byteOffset, rows * elements);
  if (name === "incidenceDay") addUp(column);
  return column;
}

/** @throws BadSegment */
export function unpackAttributes(data: Uint8Array): Attributes {
  const bytes = unpacked(data);
  const headerEnd = 4 + bytes.readUInt32LE(0);
  const { currencies, parts } = JSON.parse(bytes.toString("utf8", 4, headerEnd)) as {
    currencies: string[];
    parts: (Pick<AttributePart, "values" | "cases" | "problem"> & { name: string; carried: number })[];
  }; // as packAttributes wrote it: the checksum was right
  let at = headerEnd;
  const take = (size: number) => {
    at += size;
    return Uint8Array.from(bytes.subarray(at - size, at)).buffer; // aligned
  };
  const attributes = parts.map(({ name, carried, ...rest }): [string, AttributePart] => {
    const rows = new Uint32Array(take(4 * carried));
    addUp(rows);
    return [name, { ...rest, rows, codes: new Uint16Array(take(2 * carried)) }];
  });
  return { currencies, attributes: new Map(attributes) };
}

async function packed(bytes: Uint8Array): Promise<Uint8Array> {
  const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 };
  return Buffer.concat([Buffer.of(format), await compress(bytes, { params })]);
}

function unpacked(data: Uint8Array, size?: number): Buffer<ArrayBuffer> {
  if (data[0] !== format) throw new BadSegment(`Got the format ${data[0]}; expected ${format}.`);
  let bytes: Buffer<ArrayBuffer>;
  try {
    bytes = zstdDecompressSync(data.subarray(1));
  } catch (error) {
    throw new BadSegment(
      `Its bytes cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (size !== undefined && bytes.length !== size)
    throw new BadSegment(`Got ${bytes.length} bytes; expected ${size}.`);
  return bytes.byteOffset % 8 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function differences<T extends Int32Array | Uint32Array>(ascending: T): T {
  const result = ascending.slice() as T; // slice keeps the type
  for (let i = result.length - 1; i > 0; i--) result[i]! -= result[i - 1]!;
  return result;
}

function addUp(column: Column): void {
  for (let i = 1; i < column.length; i++) column[i]! += column[i - 1]!;
}
