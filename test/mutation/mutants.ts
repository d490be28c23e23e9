/** A source with one small fault. */
export interface Mutant {
  source: string;
  line: number;
  change: string;
}

/** What is replaced by what: each place where one stands is a mutant. Comparisons stand between spaces in our format. */
const faults: readonly [found: string, put: string][] = [
  [" < ", " <= "],
  [" <= ", " < "],
  [" > ", " >= "],
  [" >= ", " > "],
  [" < ", " >= "],
  [" > ", " <= "],
  [" === ", " !== "],
  [" !== ", " === "],
  [" && ", " || "],
  [" || ", " && "],
  [" + ", " - "],
  [" - ", " + "],
  [" * ", " / "],
  ["return null;", "return undefined as never;"],
  ["!(", "("],
  [".some(", ".every("],
  [".every(", ".some("],
];

/** All mutants of the code, its comments, imports and types aside; and one for each text that an expression gives. */
export function mutantsOf(source: string): Mutant[] {
  const lines = source.split("\n");
  const code = codeLines(lines);
  return lines.flatMap((text, index) => {
    if (!code[index]) return [];
    const replaced = (at: number, found: string, put: string): Mutant => ({
      source: lines.with(index, text.slice(0, at) + put + text.slice(at + found.length)).join("\n"),
      line: index + 1,
      change: `${found.trim()} became ${put.trim()}`,
    });
    const operators = faults.flatMap(([found, put]) =>
      placesOf(text, found).map((at) => replaced(at, found, put)),
    );
    const literals = [...text.matchAll(/(?<=[?:] |return |, )"(\w+)"/g)].map((match) =>
      replaced(match.index, match[0], '"mutant" as never'),
    );
    return [...operators, ...literals];
  });
}

/** By line: whether it is code that runs. */
function codeLines(lines: readonly string[]): boolean[] {
  let [inComment, inType] = [false, false];
  return lines.map((text) => {
    const begins = text.trim();
    if (begins.startsWith("/*")) inComment = true;
    if (/^(export )?(interface|type) /.test(begins)) inType = true;
    const isCode = !inComment && !inType && !/^(import|\/\/|throw new|} from)/.test(begins);
    if (begins.endsWith("*/")) inComment = false;
    if (inType && !inComment && /(^}|;)$/.test(begins) && !text.startsWith("  ")) inType = false;
    if (inType && begins.endsWith(";") && text.startsWith("  |")) inType = false;
    return isCode;
  });
}

function placesOf(text: string, found: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(found); at >= 0; at = text.indexOf(found, at + 1)) places.push(at);
  return places;
}
