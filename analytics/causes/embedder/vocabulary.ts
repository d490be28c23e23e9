/** The words and pieces of words that a BERT model knows, and how a text is to be written before it is cut into them. */
export interface Vocabulary {
  /** By piece: its number. A piece that does not begin a word begins with {@link Vocabulary.continuation}. */
  idOf: ReadonlyMap<string, number>;
  /** What stands before a piece inside a word: `##`. */
  continuation: string;
  isLowerCase: boolean;
  /** Whether é is written e; as a rule where all is in lower case. */
  isWithoutAccents: boolean;
  /** Numbers of the pieces that begin a text, end it, and stand for a word that is not known. */
  begin: number;
  end: number;
  unknown: number;
}

interface Writing {
  isLowerCase: boolean;
  isWithoutAccents: boolean;
}

/**
 * `vocab.txt`: a piece a line, whose number is that of its line, from 0 on.
 * @throws Error where it is not a vocabulary of BERT
 */
export function parseVocabularyText(text: string, writing: Writing): Vocabulary {
  const pieces = text.split(/\r?\n/);
  while (pieces.at(-1) === "") pieces.pop();
  return vocabularyOf(new Map(pieces.map((piece, id) => [piece, id])), {
    ...writing,
    file: "vocab.txt",
    continuation: "##",
    unknown: "[UNK]",
  });
}

/**
 * `tokenizer.json` as the library tokenizers writes it; of the kind WordPiece.
 * @throws Error where it is of another kind, or lacks what is needed
 */
export function parseTokenizerJson(text: string): Vocabulary {
  const found: unknown = JSON.parse(text);
  const model = partOf(found, "model");
  const kind = model["type"];
  if (kind !== undefined && kind !== "WordPiece")
    throw new Error(
      `tokenizer.json is of the kind ${JSON.stringify(kind)}; expected "WordPiece" (a model of the BERT family).`,
    );
  const vocab = partOf(model, "vocab");
  const numbered = Object.entries(vocab).filter((entry): entry is [string, number] =>
    Number.isInteger(entry[1]),
  );
  const normalizer = partOf(found, "normalizer");
  const isLowerCase = normalizer["lowercase"] !== false;
  const accents = normalizer["strip_accents"];
  return vocabularyOf(new Map(numbered), {
    file: "tokenizer.json",
    continuation: textOr(model["continuing_subword_prefix"], "##"),
    unknown: textOr(model["unk_token"], "[UNK]"),
    isLowerCase,
    isWithoutAccents: typeof accents === "boolean" ? accents : isLowerCase,
  });
}

function vocabularyOf(
  idOf: ReadonlyMap<string, number>,
  {
    file,
    unknown,
    ...rest
  }: Pick<Vocabulary, "continuation" | "isLowerCase" | "isWithoutAccents"> & {
    file: string;
    unknown: string;
  },
): Vocabulary {
  const idOfSpecial = (piece: string): number => {
    const id = idOf.get(piece);
    if (id === undefined)
      throw new Error(
        `${file} has ${idOf.size} pieces and "${piece}" is none of them; expected the vocabulary of a BERT model (WordPiece).`,
      );
    return id;
  };
  return {
    idOf,
    ...rest,
    begin: idOfSpecial("[CLS]"),
    end: idOfSpecial("[SEP]"),
    unknown: idOfSpecial(unknown),
  };
}

/** A part of parsed JSON that should be an object; an empty one where it is none. */
function partOf(found: unknown, name: string): Record<string, unknown> {
  const part: unknown = isObject(found) ? found[name] : undefined;
  return isObject(part) ? part : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
