import { loadRuntime, type OnnxRuntime, type OnnxSession, type OnnxTensor } from "./onnx-runtime.ts";
import { folderError, identifyModel, readModelFolder } from "./read-model-folder.ts";
import { sentenceVector } from "./sentence-vector.ts";
import { wordPieces } from "./word-pieces.ts";

/** A sentence model that is ready. */
export interface Embedder {
  /** {@link identifyModel} */
  id: string;
  dimensions: number;
  /** The vector of a text, of length 1. It hangs on the text alone, not on what else is asked. */
  embed(text: string): Promise<Float32Array>;
  close(): Promise<void>;
}

const knownInputs = ["input_ids", "attention_mask", "token_type_ids"];
/** The first of these that a model has is taken. */
const knownOutputs = ["sentence_embedding", "last_hidden_state", "token_embeddings"];

/**
 * Opens the model in a folder: `model.onnx`, its vocabulary (`tokenizer.json` or `vocab.txt`) and, if they are there, the
 * settings of {@link modelSettings}. Texts go through it one by one, on one thread: in a batch the numbers of a text would
 * hang on the others (padding, and the scale of 8-bit models), and a run would not repeat.
 *
 * @throws Error with the folder and what is wrong with it
 */
export async function openEmbedder(folder: string): Promise<Embedder> {
  const { modelFile, vocabulary, settings } = readModelFolder(folder);
  const id = await identifyModel(folder);
  try {
    const runtime = loadRuntime(folder);
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
    const session = await runtime.InferenceSession.create(modelFile, options);
    const model = modelIn(runtime, session);
    const embed = async (text: string) => {
      const pieces = wordPieces(text, vocabulary, settings.mostPieces);
      return sentenceVector(await model(pieces), settings.pooling);
    };
    const { length: dimensions } = await embed("A text to begin with.");
    return { id, dimensions, embed, close: () => session.release() };
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** A function that runs the model on the pieces of one text. */
function modelIn(runtime: OnnxRuntime, session: OnnxSession) {
  const { inputNames, outputNames } = session;
  if (!inputNames.includes("input_ids") || inputNames.some((name) => !knownInputs.includes(name)))
    throw new Error(
      `model.onnx asks for ${inputNames.join(", ")}; expected input_ids, and at most ${knownInputs.join(", ")}.`,
    );
  const output =
    knownOutputs.find((name) => outputNames.includes(name)) ??
    (outputNames.length === 1 ? outputNames[0] : undefined);
  if (output === undefined)
    throw new Error(
      `model.onnx gives ${outputNames.join(", ")}; expected one of ${knownOutputs.join(", ")}, or a single output.`,
    );
  const tensorOf = (name: string, pieces: readonly number[]) => {
    const values = name === "input_ids" ? pieces : pieces.map(() => (name === "attention_mask" ? 1 : 0));
    const isShort = session.inputMetadata?.find((input) => input.name === name)?.type === "int32";
    return isShort
      ? new runtime.Tensor("int32", Int32Array.from(values), [1, values.length])
      : new runtime.Tensor("int64", BigInt64Array.from(values, BigInt), [1, values.length]);
  };
  return async (pieces: readonly number[]) => {
    const inputs = Object.fromEntries(inputNames.map((name) => [name, tensorOf(name, pieces)]));
    const { [output]: found } = await session.run(inputs).catch(refuseVocabulary);
    return numbersOf(found, output);
  };
}

function refuseVocabulary(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(
    `model.onnx does not run on the pieces of a text: ${reason}. Is the vocabulary that of this very model?`,
    { cause: error },
  );
}

function numbersOf(
  found: OnnxTensor | undefined,
  output: string,
): { dims: readonly number[]; data: Float32Array } {
  if (!(found?.data instanceof Float32Array))
    throw new Error(`model.onnx gives ${output} not as 32-bit numbers; expected float32.`);
  return { dims: found.dims, data: found.data };
}
