import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ModelSettings, modelSettings, type SettingFiles, settingFiles } from "./model-settings.ts";
import { parseTokenizerJson, parseVocabularyText, type Vocabulary } from "./vocabulary.ts";

/** What lies in the folder of a sentence model. */
export interface ModelFolder {
  modelFile: string;
  vocabulary: Vocabulary;
  settings: ModelSettings;
}

const modelName = "model.onnx";

/**
 * Reads all but the model itself.
 * @throws Error with the folder and what is wrong with it
 */
export function readModelFolder(folder: string): ModelFolder {
  return withFolderSaid(folder, () => {
    if (!existsSync(folder)) throw new Error("there is no such folder.");
    const modelFile = join(folder, modelName);
    if (!existsSync(modelFile)) throw new Error(`it has no ${modelName}.`);
    const settings = modelSettings(optionalFiles(folder));
    const vocabulary = readVocabulary(folder, settings);
    const greatest = [...vocabulary.idOf.values()].reduce((most, id) => Math.max(most, id), 0);
    if (settings.pieces !== null && greatest >= settings.pieces)
      throw new Error(
        `its vocabulary goes up to number ${greatest}, and config.json says that the model knows ${settings.pieces} pieces; expected the vocabulary of this very model.`,
      );
    return { modelFile, vocabulary, settings };
  });
}

/**
 * Which model it is: 12 hexadecimal digits of a SHA-256 over all that decides what it gives, so over the model, numbers
 * that lie beside it (`model.onnx_data`), the vocabulary and the settings. Cost: reads the model once, some 3 ms a MB.
 * @throws Error with the folder and what is wrong with it
 */
export async function identifyModel(folder: string): Promise<string> {
  const { vocabulary, settings } = readModelFolder(folder);
  const hash = createHash("sha256");
  hash.update(JSON.stringify({ ...settings, ...vocabulary, idOf: [...vocabulary.idOf] }));
  const parts = readdirSync(folder).filter((name) => name.startsWith(modelName));
  for (const name of parts.sort())
    for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk as Buffer); // no encoding was asked for
  return hash.digest("hex").slice(0, 12);
}

function readVocabulary(folder: string, settings: ModelSettings): Vocabulary {
  const [json, text] = [join(folder, "tokenizer.json"), join(folder, "vocab.txt")];
  if (existsSync(json)) return parseTokenizerJson(readFileSync(json, "utf8"));
  if (existsSync(text)) return parseVocabularyText(readFileSync(text, "utf8"), settings);
  throw new Error("it has neither tokenizer.json nor vocab.txt.");
}

function optionalFiles(folder: string): SettingFiles {
  const found = settingFiles.filter((file) => existsSync(join(folder, file)));
  return Object.fromEntries(found.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

/** Adds to a failure which folder it is about. */
export function withFolderSaid<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** A failure with the folder that it is about. */
export function folderError(folder: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const error = new Error(`The sentence model in ${folder} cannot be used: ${reason}`, { cause });
  return Object.assign(error, { name: "EmbedderError" }); // as its own property: so it survives the way out of a thread
}
