import type { Pooling } from "./sentence-vector.ts";

/** What the optional files of a model's folder say of it. */
export interface ModelSettings {
  pooling: Pooling;
  /** Pieces of a text that it reads, those at the ends counted in. */
  mostPieces: number;
  isLowerCase: boolean;
  isWithoutAccents: boolean;
  /** Pieces that the model has vectors of; `null`: not said. */
  pieces: number | null;
}

/** The texts of the optional files by their paths in the folder; those that are not there are left out. */
export type SettingFiles = Readonly<Partial<Record<(typeof settingFiles)[number], string>>>;

/** As the library sentence-transformers writes them. */
export const settingFiles = [
  "config.json",
  "tokenizer_config.json",
  "sentence_bert_config.json",
  "1_Pooling/config.json",
] as const;

/** Longer texts are cut: what a case is about stands at its beginning, and the time rises with the length. */
const mostPiecesRead = 256;

/**
 * What is said nowhere is as in most models for English: the mean of all pieces, lower case, 256 pieces at most.
 * @throws Error where the model asks for another way of pooling
 */
export function modelSettings(files: SettingFiles): ModelSettings {
  const [config, tokenizer, sentence, pooling] = settingFiles.map((file) => objectIn(file, files[file]));
  const limits = [
    config?.["max_position_embeddings"],
    tokenizer?.["model_max_length"],
    sentence?.["max_seq_length"],
  ];
  const isLowerCase = (tokenizer?.["do_lower_case"] ?? sentence?.["do_lower_case"]) !== false;
  const accents = tokenizer?.["strip_accents"];
  const pieces = config?.["vocab_size"];
  return {
    pooling: poolingOf(pooling),
    mostPieces: Math.min(
      mostPiecesRead,
      ...limits.filter((limit) => typeof limit === "number").filter((limit) => limit >= 3),
    ),
    isLowerCase,
    isWithoutAccents: typeof accents === "boolean" ? accents : isLowerCase,
    pieces: typeof pieces === "number" ? pieces : null,
  };
}

function poolingOf(config: Record<string, unknown> | undefined): Pooling {
  const wanted = Object.entries(config ?? {}).flatMap(([name, value]) =>
    name.startsWith("pooling_mode_") && value === true ? [name] : [],
  );
  if (wanted.length === 0 || wanted.join() === "pooling_mode_mean_tokens") return "mean";
  if (wanted.join() === "pooling_mode_cls_token") return "first";
  throw new Error(
    `1_Pooling/config.json asks for ${wanted.join(", ")}; expected pooling_mode_mean_tokens or pooling_mode_cls_token alone.`,
  );
}

function objectIn(file: string, text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === "object" && found !== null && !Array.isArray(found)) return { ...found };
  } catch {
    // said below
  }
  throw new Error(`${file} is not a JSON object.`);
}
