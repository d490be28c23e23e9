import type { EmbeddingModel } from "./embedding-block.ts";
import type { FrozenAssigner, FrozenHalf } from "./frozen-assigner.ts";
import { embedderOf, methodWith } from "./method.ts";
import { lengthened, type ShortRows, shortened } from "./short-rows.ts";
import { modelOfTerms } from "./term-matrix.ts";

/** Rises with each change of the layout; bytes of another one are not read. */
const layout = 2;

/** All that is no row of numbers, as JSON. */
interface Header
  extends Pick<
    FrozenAssigner,
    "method" | "blankNames" | "fields" | "leastSimilarity" | "leastSimilarityOfWords" | "keyphrases"
  > {
  layout: number;
  clusterOfReason: [string, number][];
  halves: HalfHeader[];
}

interface HalfHeader {
  valueColumns: [string, number][][];
  meanLength: number;
  count: number;
  stride: number;
  caseIds: string[];
  /** Only where a sentence model was used; its numbers then stand behind those of the half. */
  embedding?: Pick<EmbeddingModel, "dimensions" | "kept">;
}

/**
 * An assigner as bytes: a JSON header and the columns, each behind its length and begun at a multiple of 8. Numbers are
 * as the machine has them, little-endian on all that Node runs on.
 */
export function assignerBytes(assigner: FrozenAssigner): Uint8Array {
  const header: Header = {
    layout,
    method: assigner.method,
    blankNames: assigner.blankNames,
    fields: assigner.fields,
    leastSimilarity: assigner.leastSimilarity,
    leastSimilarityOfWords: assigner.leastSimilarityOfWords,
    keyphrases: assigner.keyphrases,
    clusterOfReason: [...assigner.clusterOfReason],
    halves: assigner.halves.map(({ model, members }) => ({
      valueColumns: model.valueColumns.map((columns) => [...columns]),
      meanLength: model.terms.meanLength,
      count: model.count,
      stride: members.stride,
      caseIds: members.caseIds,
      ...(model.embedding && {
        embedding: { dimensions: model.embedding.dimensions, kept: model.embedding.kept },
      }),
    })),
  };
  return joined([
    new TextEncoder().encode(JSON.stringify(header)),
    ...assigner.halves.flatMap(({ model, members }) => {
      const directions = shortened(model.directions, model.count);
      return [
        model.terms.slotOfColumn,
        model.terms.inverseFrequency,
        directions.values,
        directions.scale,
        model.common.mean,
        model.common.axis,
        members.cellStart,
        members.vectors.values,
        members.vectors.scale,
        members.cluster,
        members.clusterAlone,
        ...(model.embedding === null ? [] : [model.embedding.mean, model.embedding.axes]),
      ];
    }),
  ]);
}

/**
 * @returns `null` where another version of the engine wrote them: what it learned is of no use to this one
 * @throws Error where they end too early
 */
export function parseAssigner(bytes: Uint8Array): FrozenAssigner | null {
  const nextPart = partsOf(bytes);
  const {
    clusterOfReason,
    halves,
    layout: found,
    ...rest
  } = JSON.parse(new TextDecoder().decode(nextPart())) as Header; // as it was written above
  if (found !== layout || rest.method !== methodWith(embedderOf(rest.method))) return null;
  const [one, two] = halves.map((header) => parseHalf(header, nextPart));
  if (one === undefined || two === undefined)
    throw new Error("The stored assigner has fewer than two halves.");
  return { ...rest, clusterOfReason: new Map(clusterOfReason), halves: [one, two] };
}

function parseHalf(header: HalfHeader, nextPart: () => ArrayBuffer): FrozenHalf {
  const terms = modelOfTerms({
    slotOfColumn: new Int32Array(nextPart()),
    inverseFrequency: new Float32Array(nextPart()),
    meanLength: header.meanLength,
  });
  const shortRows = (): ShortRows => ({
    values: new Int8Array(nextPart()),
    scale: new Float32Array(nextPart()),
  });
  const model = {
    terms,
    count: header.count,
    directions: lengthened(shortRows(), header.count),
    common: { mean: new Float64Array(nextPart()), axis: new Float64Array(nextPart()) },
    valueColumns: header.valueColumns.map((columns) => new Map(columns)),
  };
  const members = {
    stride: header.stride,
    caseIds: header.caseIds,
    cellStart: new Int32Array(nextPart()),
    vectors: shortRows(),
    cluster: new Int32Array(nextPart()),
    clusterAlone: new Int32Array(nextPart()),
  };
  const embedding = header.embedding && {
    ...header.embedding,
    mean: new Float32Array(nextPart()),
    axes: new Float32Array(nextPart()),
  };
  return { model: { ...model, embedding: embedding ?? null }, members };
}

const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8;

/** Each part behind its length (8 bytes), filled up to a multiple of 8. */
function joined(parts: readonly ArrayBufferView[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + 8 + aligned(part.byteLength), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.byteLength, true);
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at + 8);
    at += 8 + aligned(part.byteLength);
  }
  return bytes;
}

/** A function that gives one part after the other, each in a buffer of its own. */
function partsOf(bytes: Uint8Array): () => ArrayBuffer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return () => {
    if (at + 8 > bytes.length)
      throw new Error(`The stored assigner ends after ${bytes.length} bytes; expected more.`);
    const length = view.getUint32(at, true);
    const part = new Uint8Array(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + aligned(length);
    return part.buffer;
  };
}
