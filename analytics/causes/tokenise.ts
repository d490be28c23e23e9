/** What a stretch of text is folded to when its exact characters carry no cause. No word can begin with `#`. */
export const folded = {
  link: "#link",
  email: "#email",
  amount: "#amount",
  number: "#number",
  /** A redaction such as `XXXX`: evidence was there, and is gone. */
  mask: "#mask",
  /** Punctuation that ends a thought: no phrase crosses it. */
  break: "#break",
} as const;

const other = 0;
const letter = 1;
const digit = 2;
const apostrophe = 3;
const ending = 4;
/** A letter of a script that does not part words by spaces. */
const unspaced = 5;

const unspacedLetter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
/** Twenty times as slow as a look at each character, and so for these scripts alone. */
const segmenter = new Intl.Segmenter("ja", { granularity: "word" });

/** The class of each UTF-16 code unit, looked up once a character: 20 times as fast as `Intl.Segmenter`. */
const classOf = new Uint8Array(65536);
for (let unit = 0; unit < 65536; unit++) {
  const character = String.fromCharCode(unit);
  if (unspacedLetter.test(character)) classOf[unit] = unspaced;
  else if (/[\p{L}\p{M}]/u.test(character)) classOf[unit] = letter;
  else if (/\p{Nd}/u.test(character)) classOf[unit] = digit;
}
for (const character of "'’") classOf[character.charCodeAt(0)] = apostrophe;
for (const character of '.,;:!?()[]{}"“”\n|–—/') classOf[character.charCodeAt(0)] = ending;

/**
 * The words of a text in lower case, in order, with links, e-mail addresses, amounts of money, numbers, redactions
 * and sentence ends folded to the markers of {@link folded}. Words are runs of letters, or of a script without spaces
 * what Intl.Segmenter takes for a word; `n't` and `'s` lose their apostrophe. Stops after `limit` tokens, so that a pasted log file
 * cannot outweigh a letter. One pass over the characters.
 */
export function tokenise(text: string, limit = 400): string[] {
  const source = text.toLowerCase();
  const hasEmail = source.includes("@");
  const tokens: string[] = [];
  let at = 0;
  while (at < source.length && tokens.length < limit) {
    const kind = classAt(source, at);
    if (kind === other || kind === apostrophe) at++;
    else if (kind === ending) {
      if (tokens.length > 0 && tokens.at(-1) !== folded.break) tokens.push(folded.break);
      at++;
    } else if (kind === unspaced) {
      const end = unspacedEnd(source, at);
      for (const { segment, isWordLike } of segmenter.segment(source.slice(at, end)))
        if (isWordLike === true && tokens.length < limit) tokens.push(segment);
      at = end;
    } else {
      const [token, end] = readToken(source, at, hasEmail);
      tokens.push(token);
      at = end;
    }
  }
  return tokens;
}

/** Whether a word is of a script that does not part words by spaces: such words are short, and stand without one. */
export function isUnspaced(word: string): boolean {
  return classAt(word, 0) === unspaced;
}

/** The token that begins at a letter or digit, and where it ends. */
function readToken(source: string, start: number, hasEmail: boolean): [token: string, end: number] {
  if (hasEmail) {
    const end = emailEnd(source, start);
    if (end > start) return [folded.email, end];
  }
  if (source.startsWith("http", start) || source.startsWith("www.", start)) {
    const end = spaceAfter(source, start);
    if (/^(https?:\/\/|www\.)./.test(source.slice(start, end))) return [folded.link, end];
  }
  if (classAt(source, start) === digit) return readNumber(source, start);
  const end = wordEnd(source, start);
  const word = source.slice(start, end);
  if (/^x{2,}$/.test(word)) return [folded.mask, end];
  return [/['’]/.test(word) ? withoutApostrophe(word) : word, end];
}

/** `12,000.50`, `2nd`, `401k`: one number. With a currency sign before it, one amount. */
function readNumber(source: string, start: number): [token: string, end: number] {
  let end = start + 1;
  while (end < source.length) {
    const kind = classAt(source, end);
    const joins = (source[end] === "." || source[end] === ",") && classAt(source, end + 1) === digit;
    if (kind !== digit && kind !== letter && !joins) break;
    end++;
  }
  const isAmount =
    /\p{Sc}/u.test(source.slice(Math.max(0, start - 2), start)) ||
    /^\s?\p{Sc}/u.test(source.slice(end, end + 2));
  return [isAmount ? folded.amount : folded.number, end];
}

function wordEnd(source: string, start: number): number {
  let end = start + 1;
  while (end < source.length) {
    const kind = classAt(source, end);
    if (kind !== letter && kind !== digit && !(kind === apostrophe && classAt(source, end + 1) === letter))
      break;
    end++;
  }
  return end;
}

function unspacedEnd(source: string, start: number): number {
  let end = start + 1;
  while (classAt(source, end) === unspaced) end++;
  return end;
}

function withoutApostrophe(word: string): string {
  return word
    .replace(/n['’]t$/, "nt")
    .replace(/['’](s|d|m|ll|re|ve)$/, "")
    .replace(/['’]/g, "");
}

/** The end of the e-mail address that begins at `start`, or `start` where none does. */
function emailEnd(source: string, start: number): number {
  const sticky = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*/uy;
  sticky.lastIndex = start;
  return sticky.test(source) ? sticky.lastIndex : start;
}

function spaceAfter(source: string, start: number): number {
  let end = start;
  while (end < source.length && !/\s/.test(source[end] ?? "")) end++;
  return end;
}

function classAt(source: string, at: number): number {
  return classOf[source.charCodeAt(at)] ?? other; // charCodeAt is NaN past the end
}
