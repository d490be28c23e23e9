import { BadInput } from "../bad-input.ts";

/** Bytes that may be text in several encodings: a person must say which. */
export class EncodingUnsure extends BadInput {
  override readonly name = "EncodingUnsure";
  readonly candidates: readonly EncodingCandidate[];

  constructor(fileName: string, candidates: readonly EncodingCandidate[]) {
    super(
      `${fileName} is not UTF-8, and its bytes may be text in several encodings: ` +
        `${candidates.map(({ encoding, sample }) => `${encoding} (“${sample}”)`).join(", ")}. ` +
        "Say which one reads right: on the page, or with --encoding NAME.",
    );
    this.candidates = candidates;
  }
}

export interface EncodingCandidate {
  encoding: string;
  /** What the first affected line would say. */
  sample: string;
}

/** What the first bytes say of themselves; `null` where they have no byte order mark. */
export function encodingOfMark(head: Uint8Array): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return null;
}

/** UTF-16 of mostly Latin text has a NUL in every second byte. */
export function encodingOfNuls(head: Uint8Array): string | null {
  const nuls = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nuls[i % 2] = (nuls[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  const many = head.length / 6;
  if (odd > many && even < odd / 20) return "utf-16le";
  if (even > many && odd < even / 20) return "utf-16be";
  return null;
}

const others = [
  "windows-1252",
  "iso-8859-2",
  "windows-1250",
  "windows-1251",
  "shift_jis",
  "gb18030",
  "euc-kr",
  "big5",
];
const shownCharacters = 60;

/**
 * The encoding of bytes that are not UTF-8: Windows-1252, where they look like it beyond doubt. That is what Excel and
 * most Windows programs write in Western countries: single accented letters between plain ones, and curly quotes.
 * @param sample some lines with such bytes
 * @throws EncodingUnsure
 */
export function guessEncoding(sample: Uint8Array, fileName: string): string {
  if (isWestern(sample)) return "windows-1252";
  const texts = new Map(others.map((encoding) => [encoding, decoded(sample, encoding)]));
  const plausible = [...texts].filter(([, text]) => text !== null && !unusualCharacter.test(text));
  const candidates = (plausible.length > 0 ? plausible : [...texts]).flatMap(([encoding, text]) =>
    text === null ? [] : [{ encoding, sample: firstForeignText(text) }],
  );
  throw new EncodingUnsure(fileName, candidates);
}

/** Control characters, which no one writes: an encoding that finds them is another one. */
const unusualCharacter = /[\x80-\x9f\uE000-\uF8FF]/;

/** Bytes that Windows-1252 leaves undefined. */
const undefinedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** Letters that Western European languages use often. */
const westernLetter = /[ÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüŒœ]/;
/** Dashes, quotes, currency and degree signs: not between two letters, where other alphabets have letters of theirs. */
const westernSign = /[€£¥§°²³·«»¿¡“”‘’‚„–—…•™®©½¼ ]/;
const plainLetter = /[A-Za-z]/;

function isWestern(sample: Uint8Array): boolean {
  if (sample.some((byte) => undefinedBytes.has(byte))) return false;
  const text = new TextDecoder("windows-1252").decode(sample);
  let [foreign, usual, runs] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    if ((sample[i] ?? 0) < 0x80) continue;
    foreign++;
    if (isUsual(text, i)) usual++;
    if ((sample[i + 1] ?? 0) >= 0x80) runs++;
  }
  return foreign > 0 && usual > 0.95 * foreign && runs < 0.2 * foreign;
}

function isUsual(text: string, i: number): boolean {
  const character = text.charAt(i);
  if (westernLetter.test(character)) return true;
  const inWord = plainLetter.test(text.charAt(i - 1)) && plainLetter.test(text.charAt(i + 1));
  return westernSign.test(character) && (!inWord || character === "’");
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true }); // the sample may end inside a character
  } catch {
    return null;
  }
}

function firstForeignText(text: string): string {
  const at = Math.max(0, text.search(/\P{ASCII}/u));
  const start = Math.max(0, at - 20);
  return text
    .slice(start, start + shownCharacters)
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The name that TextDecoder gives an encoding. @throws BadInput for one that it doesn't know */
export function knownEncoding(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw new BadInput(
      `“${name}” is no encoding that is known here; expected a name such as windows-1252, iso-8859-2 or utf-16le.`,
    );
  }
}
